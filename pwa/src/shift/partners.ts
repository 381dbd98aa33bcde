/** Colleagues: whom one could be out with, and what they are called. */
import type { Person } from "../store/types";
import type { ShiftView } from "./view";

const GO_OUT: ReadonlySet<string> = new Set(["host", "supervisor", "admin"]);
const PARTNERS_MAX = 40;

/** With the host's app. */
export const goesOut = (role: string): boolean => GO_OUT.has(role);

/** Those one has been out with lately first. */
export function partnerChoices(
  people: readonly Person[],
  shifts: readonly ShiftView[],
  ownId: string,
): Person[] {
  const recent = shifts.flatMap((shift) => shift.hosts);
  const rank = (id: string) => {
    const at = recent.indexOf(id);
    return at < 0 ? recent.length : at;
  };
  return people
    .filter((person) => person.active && person.id !== ownId && goesOut(person.role))
    .sort(
      (a, b) =>
        Number(a.role !== "host") - Number(b.role !== "host") ||
        rank(a.id) - rank(b.id) ||
        a.name.localeCompare(b.name, "sv"),
    )
    .slice(0, PARTNERS_MAX);
}

/** First names, as hosts call each other, unless two share one. */
export function shortNames(names: readonly string[]): string[] {
  const firsts = names.map((name) => name.split(" ")[0] ?? name);
  return names.map((name, n) => {
    const first = firsts[n] ?? name;
    return firsts.filter((other) => other === first).length > 1 ? name : first;
  });
}
