/** What is told beside the log that is being read: its rows find theirs without the page handing it down. */
import { computed, signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Resource } from "../review/load";

export function held<T>() {
  const current = signal<Resource<T> | null>(null);
  const loaded = computed(() => current.value?.loaded.value ?? { state: "loading" as const });
  return {
    /** Null while nobody knows. */
    data: computed(() => ("data" in loaded.value ? loaded.value.data : null)),
    /** Nothing came, or nothing newer. */
    hasFailed: computed(() => loaded.value.state === "error" || loaded.value.state === "stale"),
    refresh: () => current.peek()?.refresh(),
    useHeld(found: Resource<T>): void {
      useEffect(() => {
        current.value = found;
        return () => {
          if (current.peek() === found) current.value = null;
        };
      }, [found]);
    },
  };
}
