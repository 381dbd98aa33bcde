/** Words of restricted records lie open only while somebody asks for them: others may see the phone. */
import { useEffect, useState } from "preact/hooks";
import { t } from "../text";
import { RESTRICTED } from "./fields";
import { category, categoryName } from "./state";
import type { ObservationView } from "./view";

export const isRestricted = (code: string) => (category(code)?.protection ?? 0) >= RESTRICTED;

/** Correcting the category does not open a record: what once was restricted stays so. */
export function isCovered({ content, corrections }: ObservationView): boolean {
  return [content, ...corrections.map(({ before }) => before)].some(
    (one) => one !== null && isRestricted(one.category),
  );
}

/** On the start view, which lies open the longest, not even what it was about is said. */
export const coverName = (view: ObservationView) =>
  isCovered(view) ? t("observation.covered") : categoryName(view.content.category);

/** Closed again when the screen is left, and when the phone is put away. */
export function useReveal(): [isOpen: boolean, setOpen: (isOpen: boolean) => void] {
  const [isOpen, setOpen] = useState(false);
  useEffect(() => {
    if (!isOpen) return;
    const close = () => {
      if (document.hidden) setOpen(false);
    };
    document.addEventListener("visibilitychange", close);
    return () => document.removeEventListener("visibilitychange", close);
  }, [isOpen]);
  return [isOpen, setOpen];
}
