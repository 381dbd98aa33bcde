/** A list that is longer than what is asked for at once: page after page, as many as the reader wants. */
import { useRef, useState } from "preact/hooks";
import type { Resource } from "./load";
import type { Change } from "./types";
import { useResource } from "./use-resource";

interface Page<T> {
  items: T[];
  total: number;
}

/** Until `isEnough`, or to the end. What is met twice, since the list has moved meanwhile, is shown once. */
export async function pagesOf<T extends { id: string }>(
  ask: (page: number) => Promise<Page<T>>,
  limit: number,
  isEnough: (page: number, items: readonly T[]) => boolean,
): Promise<Page<T>> {
  const all = new Map<string, T>();
  for (let page = 1; ; page++) {
    const { items, total } = await ask(page);
    for (const one of items) all.set(one.id, one);
    if (page * limit >= total || isEnough(page, items)) return { items: [...all.values()], total };
  }
}

/** One page at first, and one more at each wish; asked again, all that are shown are. */
export function usePages<T>(
  question: (pages: number, stop: AbortSignal) => Promise<T>,
  concerns: (change: Change) => boolean,
): { found: Resource<T>; busy: boolean; more: () => void } {
  const pages = useRef(1);
  const [busy, setBusy] = useState(false);
  const found = useResource(
    "pages",
    (stop) => question(pages.current, stop).finally(() => setBusy(false)),
    concerns,
  );
  const more = () => {
    pages.current++;
    setBusy(true);
    found.refresh();
  };
  return { found, busy, more };
}
