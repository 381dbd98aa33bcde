import type { RefObject } from "preact";
import { useLayoutEffect } from "preact/hooks";

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement && target.matches("input, textarea, select, [contenteditable]");

/** / to the field, arrows between the results, Escape back to the field. Enter is the link's own. */
export function useFindKeys(page: RefObject<HTMLElement | null>): void {
  useLayoutEffect(() => {
    const field = () => page.current?.querySelector<HTMLElement>("input[type=search]");
    const hits = () => [...(page.current?.querySelectorAll<HTMLElement>("[data-hit]") ?? [])];
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      const all = hits();
      const at = all.findIndex((hit) => hit.matches(":focus"));
      const next = wanted(event, { all, at, field: field() ?? null });
      if (!next) return;
      event.preventDefault();
      next.focus();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);
}

interface Where {
  all: readonly HTMLElement[];
  /** Of the result that has the focus; -1 for none. */
  at: number;
  field: HTMLElement | null;
}

function wanted({ key, target }: KeyboardEvent, { all, at, field }: Where): HTMLElement | null {
  if (key === "/" && !isTyping(target)) return field;
  if (key === "ArrowDown" && (at >= 0 || target === field)) return all[at + 1] ?? null;
  if (key === "ArrowUp" && at >= 0) return all[at - 1] ?? field;
  if (key === "Escape" && at >= 0) return field;
  return null;
}
