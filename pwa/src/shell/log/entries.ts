/** The own log as one list: everything that this phone knows was stated, newest first. */
import type { CheckinView } from "../../checkin/view";
import type { EscalationView } from "../../escalation/view";
import type { ObservationView } from "../../observation/view";
import { isUnsent, type Stated, sendState } from "../../shift/send";
import type { ShiftView } from "../../shift/view";
import type { OwnOp } from "../../store/types";

export type ShiftStep = "shift.start" | "shift.join" | "shift.leave" | "shift.end";

export type Entry =
  | { kind: "observation"; view: ObservationView }
  | { kind: "checkin"; view: CheckinView }
  | { kind: "escalation"; view: EscalationView }
  | { kind: "shift"; view: Stated & { step: ShiftStep } };

interface Known {
  observations: readonly ObservationView[];
  checkins: readonly CheckinView[];
  escalations: readonly EscalationView[];
  shifts: readonly ShiftView[];
  ops: readonly OwnOp[];
}

const STEPS: ReadonlySet<string> = new Set<ShiftStep>([
  "shift.start",
  "shift.join",
  "shift.leave",
  "shift.end",
]);
const isStep = (type: string): type is ShiftStep => STEPS.has(type);

function ownSteps(ops: readonly OwnOp[]): Entry[] {
  return ops.flatMap((op) =>
    isStep(op.type) ? [{ kind: "shift", view: { ...stated(op), step: op.type } }] : [],
  );
}

function stated(op: OwnOp): Stated {
  const shiftId = op.type === "shift.start" ? op.id : op.shift;
  return { id: op.id, shiftId, authorId: op.author, statedAt: op.wall, send: sendState([op]) };
}

/** A colleague's start, which no op of this phone tells. */
function othersStarts(shifts: readonly ShiftView[], ops: readonly OwnOp[]): Entry[] {
  const own = new Set(ops.map((op) => op.id));
  return shifts
    .filter((shift) => !own.has(shift.id))
    .map((shift) => ({
      kind: "shift",
      view: {
        id: shift.id,
        shiftId: shift.id,
        authorId: shift.authorId,
        statedAt: shift.startedAt,
        send: { state: "other" },
        step: "shift.start",
      },
    }));
}

export function allEntries({ observations, checkins, escalations, shifts, ops }: Known): Entry[] {
  const entries: Entry[] = [
    ...observations.map((view): Entry => ({ kind: "observation", view })),
    ...checkins.map((view): Entry => ({ kind: "checkin", view })),
    ...escalations.map((view): Entry => ({ kind: "escalation", view })),
    ...ownSteps(ops),
    ...othersStarts(shifts, ops),
  ];
  return entries.sort((a, b) => Date.parse(b.view.statedAt) - Date.parse(a.view.statedAt));
}

const DAY_MS = 24 * 3_600_000;

/** The shift that is on, else the last 24 hours; what is unsent is always there, however old. */
export function shownEntries(entries: readonly Entry[], shift: ShiftView | null, now_ms: number): Entry[] {
  const isOfNow = ({ view }: Entry) =>
    shift
      ? view.shiftId === shift.id || Date.parse(view.statedAt) >= Date.parse(shift.startedAt)
      : now_ms - Date.parse(view.statedAt) < DAY_MS;
  return entries.filter((entry) => isOfNow(entry) || isUnsent(entry.view.send));
}
