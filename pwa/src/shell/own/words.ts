/** What is stored, in words: names instead of codes and ids, for the page and the file alike. */
import { areas, places, vocabulary } from "../../store/state";
import { dayAndTime, named } from "../../text";
import { wallOf } from "../../text/clock";
import { isOwnKey, type OwnKey, to } from "../../text/own";
import { now_ms } from "../../ui/now";
import { roleName } from "../roles";
import type { Item, OwnData, Section } from "./ask";

/** Members that hold a code of ours. */
const CODED = new Set([
  "status",
  "transport",
  "kind",
  "verdict",
  "channel",
  "answer",
  "position_source",
  "cls",
]);

const WHEN = /^\d{4}-\d\d-\d\dT\d\d:\d\d/;

type Plain = (key: OwnKey) => string;
const plain = to as Plain;

/** A word that this version does not know is shown as the server calls it. */
const word = (key: string, fallback: string) => (isOwnKey(key) ? plain(key) : fallback);

export const kindTitle = (kind: string) => word(`k_${kind}`, kind);
const fieldTitle = (field: string) => word(`f_${field}`, field);

const TERMS: Readonly<Record<string, OwnKey>> = {
  shift: "term_shift",
  plan: "term_plan",
  account: "term_account",
  reading: "term_reading",
};

/** By what the organisation has decided; and the first day on which something of it may go. */
function termWords({ cls, earliest }: Section, terms: OwnData["terms"]): string {
  const months = cls === null ? undefined : terms[cls];
  if (cls === null || TERMS[cls] === undefined) return to("kept_on");
  if (months === undefined) return to("undecided");
  const term = (to as (key: OwnKey, values: { n: number }) => string)(TERMS[cls], { n: months });
  if (earliest === null) return term;
  const isDue = earliest <= wallOf(now_ms.value).date;
  return `${term} ${isDue ? to("earliest_now") : to("earliest", { day: earliest })}`;
}

export function keptWords(section: Section, { limits, terms }: Pick<OwnData, "limits" | "terms">): string {
  const term = termWords(section, terms);
  if (section.kind === "session") return to("kept_session", { n: limits.session_hours });
  if (section.kind === "device") return `${to("kept_device", { n: limits.device_days })} ${term}`;
  return section.kind === "push_subscription" ? `${to("kept_push")} ${term}` : term;
}

/** The name that a code or an id stands for; null where there is none. */
function nameOf(field: string, value: string): string | null {
  const words = vocabulary.value;
  const coded: Record<string, readonly { code: string; sv: string; en: string }[] | undefined> = {
    category: words?.categories,
    service: words?.services,
    outcome: words?.outcomes,
    count: words?.count_bands,
    ages: words?.age_bands,
    certainty: words?.certainties,
    actions: words?.actions,
  };
  const found = coded[field]?.find(({ code }) => code === value);
  if (found) return named(found);
  if (field === "place_id") return places.value.find(({ id }) => id === value)?.name ?? null;
  if (field === "area_id") return areas.value.find(({ id }) => id === value)?.name ?? null;
  return field === "role" ? roleName(value) : null;
}

function isNothing(value: unknown): boolean {
  return (
    value === null || value === undefined || value === "" || (Array.isArray(value) && value.length === 0)
  );
}

/** One value as a person reads it. */
export function valueWords(field: string, value: unknown): string {
  if (typeof value === "boolean") return to(value ? "yes" : "no");
  if (Array.isArray(value)) return value.map((one) => valueWords(field, one)).join("; ");
  if (typeof value === "object" && value !== null)
    return rows(value as Item)
      .map(([name, said]) => `${name}: ${said}`)
      .join(", ");
  const said = String(value);
  if (WHEN.test(said)) return dayAndTime(said);
  return nameOf(field, said) ?? (CODED.has(field) ? word(`v_${said}`, said) : said);
}

/** What is said of it; what is not has no row. */
export function rows(item: Item): [string, string][] {
  return Object.entries(item)
    .filter(([, value]) => !isNothing(value))
    .map(([field, value]) => [fieldTitle(field), valueWords(field, value)]);
}

/** Two members of one name (an id and a number) are both kept. */
export function readable(item: Item): Record<string, string> {
  const said: Record<string, string> = {};
  for (const [name, value] of rows(item)) said[name in said ? `${name} (2)` : name] = value;
  return said;
}
