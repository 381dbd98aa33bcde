/** Addresses of the planning. */
export const FOCUS = "#/fokus";
type From = { copy: string } | { note: string };

/** @param from whose words, or whose time, a new one begins with. */
export function editHref(id: string, from?: From): string {
  const asked = from ? `?${"copy" in from ? `av=${from.copy}` : `till=${from.note}`}` : "";
  return `${FOCUS}/skriv/${id}${asked}`;
}
