/** A disclosure in words. */
import { whenWords } from "../find/words";
import type { Names } from "../review/names";
import { date, time } from "../text";
import { wallOf } from "../text/clock";
import { td } from "../text/disclosure";
import type { Head } from "./answers";
import { type FieldName, TO } from "./rules";

/** The register goes back over years. */
const dayWords = (iso: string) => `${date(iso)} ${wallOf(Date.parse(iso)).date.slice(0, 4)}`;

export const statedWords = (iso: string) => `${dayWords(iso)} ${time(iso)}`;

export const numberWords = ({ year, number }: Pick<Head, "year" | "number">) => `${year}:${number}`;

export function toWords(code: string): string {
  const known = TO.find((to) => to === code);
  return known ? td(`to_${known}`) : td("to_unknown", { code });
}

export const fieldWords = (name: FieldName) => td(`field_${name}`);

interface Happening {
  category: string;
  happened: { kind: string; from: string; to: string | null };
  place: string | null;
}

export function happeningWords({ category, happened, place }: Happening, names: Names): string {
  const when = `${dayWords(happened.from)} ${whenWords({ happened })}`;
  return [when, names.category(category), place].filter(Boolean).join(" · ");
}

export const wordingWords = (n: number, stated_at: string) =>
  td(n === 0 ? "wording_first" : "wording_later", { time: statedWords(stated_at) });
