import { createContext } from "preact";
import type { Entry } from "./types";

/** The log around an entry: what others of it a row speaks of, and where words about it are sent. */
export interface ShownLog {
  shift: string;
  entries: readonly Entry[];
  /** Something was said of it: it is to be read again. */
  onSaid: () => void;
}

export const ShownLog = createContext<ShownLog | null>(null);

/** The row is brought to the reader, and takes the focus. */
export function showRow(id: string): void {
  for (const button of document.querySelectorAll<HTMLElement>("[data-entry]"))
    if (button.dataset.entry === id) button.focus();
}
