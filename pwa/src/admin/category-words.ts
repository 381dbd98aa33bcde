/** How a category's members are said. */
import { known } from "../review/desk-state";
import { ta } from "../text/admin";
import { tk } from "../text/category";
import { named } from "../text/engine";
import type { MemberWords } from "./words";

const PROTECTION: Readonly<Record<string, () => string>> = {
  0: () => tk("protection_0"),
  1: () => tk("protection_1"),
  2: () => tk("protection_2"),
  3: () => tk("protection_3"),
};

export const protectionWord = (protection: number): string =>
  PROTECTION[String(protection)]?.() ?? String(protection);

export const photosWord = (photos: boolean): string => tk(photos ? "photos_yes" : "photos_no");

function groupWord(code: string): string {
  const found = known.value?.vocabulary.groups.find((one) => one.code === code);
  return found ? named(found) : code;
}

export const CATEGORY_WORDS: MemberWords = {
  code: { name: () => tk("code") },
  group: { name: () => tk("group"), value: (said) => groupWord(String(said)) },
  sv: { name: () => tk("name_sv") },
  en: { name: () => tk("name_en") },
  protection: { name: () => tk("protection"), value: (said) => protectionWord(Number(said)) },
  photos: { name: () => tk("photos"), value: (said) => ta(said === true ? "yes" : "no") },
  active: { name: () => tk("state"), value: (said) => tk(said === true ? "on" : "off") },
};
