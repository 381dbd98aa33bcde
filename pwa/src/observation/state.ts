import { computed } from "@preact/signals";
import { current } from "../shift/state";
import { me, ownOps, records, vocabulary } from "../store/state";
import type { Category, Code } from "../store/types";
import { named } from "../text";
import { RESTRICTED } from "./fields";
import { observationViews } from "./view";

/** Newest first. */
export const observations = computed(() => observationViews(ownOps.value, records.value.observations));

const categories = computed(() => new Map(vocabulary.value?.categories.map((one) => [one.code, one]) ?? []));

export function category(code: string | null): Category | undefined {
  return code === null ? undefined : categories.value.get(code);
}

/** An unknown code is shown as itself: it is a newer word than this phone's list. */
export function categoryName(code: string): string {
  const known = category(code);
  return known ? named(known) : code;
}

export function nameIn(codes: readonly Code[] | undefined, code: string | null): string {
  if (code === null) return "";
  const known = codes?.find((one) => one.code === code);
  return known ? named(known) : code;
}

const isOffered = ({ retired, protection }: Category) => retired === null && protection < RESTRICTED;

/** What this person wrote last in this shift, to be repeated: neither what is restricted nor what is switched off. */
export const lastObservation = computed(() => {
  const shift = current.value?.id;
  const last = observations.value.find(
    (one) => one.authorId === me.value?.id && one.shiftId === shift && !one.isRetracted,
  );
  const known = category(last?.content.category ?? null);
  return shift && last && known && isOffered(known) ? last.content : null;
});

const RECENT_MAX = 6;

/** What this person used last, newest first: neither what is restricted, as others see the screen, nor what is off. */
export const recentCategories = computed(() => {
  const own = observations.value.filter((one) => one.authorId === me.value?.id);
  const codes = new Set(own.map((one) => one.content.category));
  const known = [...codes].flatMap((code) => category(code) ?? []);
  return known.filter(isOffered).slice(0, RECENT_MAX);
});
