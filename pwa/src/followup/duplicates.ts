/** What may be one event, and what was said to be, of the shift that is being read. */
import { computed } from "@preact/signals";
import { useResource } from "../review/use-resource";
import type { Fact, Hint, Pair } from "./answers";
import { ask } from "./ask";
import { held } from "./held";

interface Found {
  hints: readonly Hint[];
  pairs: readonly Pair[];
}

export const duplicates = held<Found>();

/** Another report beside this one: a hint, or a word on the two. */
export interface Beside {
  other: Fact;
  hint: Hint | null;
  pair: Pair | null;
}

const besides = computed(() => {
  const all = new Map<string, Beside[]>();
  const found = duplicates.data.value;
  if (found === null) return all;
  const add = (own: Fact, beside: Beside) => all.set(own.id, [...(all.get(own.id) ?? []), beside]);
  for (const hint of found.hints) {
    add(hint.one, { other: hint.other, hint, pair: null });
    add(hint.other, { other: hint.one, hint, pair: null });
  }
  for (const pair of found.pairs) {
    add(pair.one, { other: pair.other, hint: null, pair });
    add(pair.other, { other: pair.one, hint: null, pair });
  }
  return all;
});

export const besideOf = (id: string): readonly Beside[] => besides.value.get(id) ?? [];

export function useDuplicates(shift: string): void {
  const found = useResource(
    `duplicates-${shift}`,
    (stop) => ask.duplicates(shift, stop),
    (change) => change.kinds.some((kind) => kind === "duplicate" || kind === "observation"),
  );
  duplicates.useHeld(found);
}
