/** Which shift a person on this phone is in, as far as the phone knows. Pure. */
import type { OwnOp, ShiftValue } from "../store/types";

const ENTERS = new Set(["shift.start", "shift.join"]);
const LEAVES = new Set(["shift.leave", "shift.end"]);

export function currentShift(
  ops: readonly OwnOp[],
  shifts: ReadonlyMap<string, ShiftValue>,
  author: string,
): string | null {
  const own = ops.filter((op) => op.author === author);
  const last = own.findLast(({ type }) => ENTERS.has(type) || LEAVES.has(type));
  if (last) {
    const shift = last.type === "shift.start" ? last.id : last.shift;
    if (LEAVES.has(last.type) || shift === null) return null;
    return shifts.get(shift)?.status === "ended" ? null : shift;
  }
  const open = [...shifts.values()].filter(
    ({ status, members }) =>
      status === "open" && members.some(({ user_id, left_at }) => user_id === author && left_at === null),
  );
  return open.at(-1)?.id ?? null;
}
