/** What of the desk is for whom: those who lead the evening have all of it, others read what their role may. */
import { computed } from "@preact/signals";
import { me } from "../store/state";
import {
  DISCLOSURES,
  FIND,
  FOCUS,
  FOLLOW,
  MAP,
  PLANNING,
  SETTINGS,
  SHIFTS,
  shiftHref,
  TONIGHT,
  WEEK,
} from "./routes";

export const PAGES = [
  [TONIGHT, "tonight"],
  [SHIFTS, "shifts"],
  [FIND, "find"],
  [FOLLOW, "follow"],
  [MAP, "map"],
  [WEEK, "week"],
  [FOCUS, "focus"],
  [PLANNING, "planning"],
  [DISCLOSURES, "disclosures"],
  [SETTINGS, "settings"],
] as const;
type Page = (typeof PAGES)[number];

const READ: Readonly<Record<string, readonly string[]>> = {
  analyst: [WEEK, FIND, SETTINGS],
};
/** Archivists, and those who look after personal data. */
const LOOK_UP: readonly string[] = [FIND, DISCLOSURES, SETTINGS];

/** They follow the evening as it goes on, and answer its alarms. */
export const oversees = (role: string | undefined): boolean => role === "supervisor" || role === "admin";
export const isOverseer = computed(() => oversees(me.value?.role));

export const readsRestricted = computed(() => isOverseer.value || me.value?.role === "dataprotection");

/** What waits where no shift shows it. */
export const readsWaiting = readsRestricted;

/** Whether they hand out extracts of what a search finds. */
export const mayDisclose = computed(
  () => isOverseer.value || me.value?.role === "archivist" || me.value?.role === "dataprotection",
);

/** What is decided to be erased, and what was. */
export const readsRetention = mayDisclose;

/** The first is where they begin. */
export const pages = computed((): readonly Page[] => {
  if (isOverseer.value) return PAGES;
  const own = READ[me.value?.role ?? ""] ?? LOOK_UP;
  return own.flatMap((href) => PAGES.filter((page) => page[0] === href));
});

/** Null for those who may not open a shift. */
export const recordHref = (shift: string | null, entry?: string): string | null =>
  shift !== null && isOverseer.value ? shiftHref(shift, entry) : null;
