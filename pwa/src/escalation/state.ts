import { computed } from "@preact/signals";
import { ownOps, records, vocabulary } from "../store/state";
import { named } from "../text";
import { now_ms } from "../ui/now";
import { escalationViews } from "./view";

/** Newest first. */
export const escalations = computed(() => escalationViews(ownOps.value, records.value.escalations));

/** One that nobody closed is not pressed upon the host for ever. */
const OPEN_MS_MAX = 24 * 3_600_000;

export const isOfNow = ({ statedAt }: { statedAt: string }) =>
  now_ms.value - Date.parse(statedAt) < OPEN_MS_MAX;

export const openEscalations = computed(() =>
  escalations.value.filter((one) => one.closed === null && isOfNow(one)),
);

export function serviceName(code: string): string {
  const known = vocabulary.value?.services.find((service) => service.code === code);
  return known ? named(known) : code;
}

export function outcomeName(code: string): string {
  const known = vocabulary.value?.outcomes.find((outcome) => outcome.code === code);
  return known ? named(known) : code;
}
