import { computed } from "@preact/signals";
import { areas, me, ownOps, people, records } from "../store/state";
import { now_ms } from "../ui/now";
import { currentShift, joinable, shiftViews } from "./view";

/** Newest first. */
export const shifts = computed(() => shiftViews(ownOps.value, records.value.shifts));

export const current = computed(() => (me.value ? currentShift(shifts.value, me.value.id) : null));

export const toJoin = computed(() => (me.value ? joinable(shifts.value, me.value.id, now_ms.value) : []));

const peopleById = computed(() => new Map(people.value.map((person) => [person.id, person.name])));

/** A colleague's name; empty while the list of colleagues has not come. */
export function personName(id: string): string {
  if (me.value?.id === id) return me.value.name;
  return peopleById.value.get(id) ?? "";
}

export function areaName(id: string | null): string {
  return areas.value.find((area) => area.id === id)?.name ?? "";
}
