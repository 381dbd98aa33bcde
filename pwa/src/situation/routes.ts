/** Addresses of the week. */
import type { Asked } from "./rules";

export const WEEK = "#/vecka";
export const weekHref = (week: string) => `${WEEK}/${week}`;
export const editionHref = (week: string, id: string) => `${WEEK}/${week}/utgava/${id}`;

/** The records behind a figure. */
export function recordsHref(week: string, asked: Asked): string {
  const query = new URLSearchParams(Object.entries(asked).map(([name, value]) => [name, String(value)]));
  return `${WEEK}/${week}/poster?${query}`;
}
