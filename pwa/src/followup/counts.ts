/** How many are overdue: told on the tab, wherever on the desk one is. */
import { computed, signal } from "@preact/signals";
import { shown, watch } from "../review/desk-state";
import type { Resource } from "../review/load";
import { ask } from "./ask";

type Counts = { open: number; overdue: number; mine: number };
const held = signal<Resource<Counts> | null>(null);

/** Null while nobody knows. */
export const overdue = computed(() => {
  const loaded = held.value?.loaded.value;
  return loaded?.state === "ready" || loaded?.state === "stale" ? loaded.data.overdue : null;
});

export function followCounts(): () => void {
  const asked = shown((stop) => ask.counts(stop));
  held.value = asked;
  const stop = watch((change) => {
    if (change === null || change.kinds.includes("followup")) asked.refresh();
  });
  return () => {
    stop();
    asked.close();
    held.value = null;
  };
}
