/** Whom one could be out with: those one has been out with lately first. */
import type { Person } from "../store/types";
import type { ShiftView } from "./view";

const GO_OUT = new Set(["host", "supervisor", "admin"]);
const PARTNERS_MAX = 40;

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
    .filter((person) => person.active && person.id !== ownId && GO_OUT.has(person.role))
    .sort(
      (a, b) =>
        Number(a.role !== "host") - Number(b.role !== "host") ||
        rank(a.id) - rank(b.id) ||
        a.name.localeCompare(b.name, "sv"),
    )
    .slice(0, PARTNERS_MAX);
}
