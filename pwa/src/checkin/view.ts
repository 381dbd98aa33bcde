/** Check-ins as the host sees them, and what has been promised. */
import { isUnsent, type Stated, sendState } from "../shift/send";
import type { CheckinValue, Iso, OwnOp } from "../store/types";

export interface CheckinView extends Stated {
  kind: string;
  placeId: string | null;
  note: string | null;
  nextDue: Iso | null;
  hasPosition: boolean;
}

type CheckinOp = Extract<OwnOp, { type: "checkin.create" }>;

function ofPhone(op: CheckinOp): CheckinView {
  return {
    id: op.id,
    shiftId: op.shift,
    authorId: op.author,
    statedAt: op.wall,
    kind: op.data.kind,
    placeId: op.data.place_id,
    note: op.data.note,
    nextDue: op.data.next_due,
    hasPosition: op.position !== null,
    send: sendState([op]),
  };
}

function ofServer(value: CheckinValue): CheckinView {
  return {
    id: value.id,
    shiftId: value.shift_id,
    authorId: value.author_id,
    statedAt: value.stated_at,
    kind: value.kind,
    placeId: value.place_id,
    note: value.note,
    nextDue: value.next_due,
    hasPosition: value.position !== null,
    send: { state: "other" },
  };
}

/** Newest first; what this phone made is shown as this phone has it. */
export function checkinViews(ops: readonly OwnOp[], known: ReadonlyMap<string, CheckinValue>): CheckinView[] {
  const views = new Map<string, CheckinView>();
  for (const value of known.values()) views.set(value.id, ofServer(value));
  for (const op of ops) if (op.type === "checkin.create") views.set(op.id, ofPhone(op));
  return [...views.values()].sort((a, b) => Date.parse(b.statedAt) - Date.parse(a.statedAt));
}

/** The latest own promise of a shift, null when the latest check-in promised nothing. */
export function promise(
  checkins: readonly CheckinView[],
  shiftId: string,
  userId: string,
): CheckinView | null {
  const last = checkins.find((checkin) => checkin.shiftId === shiftId && checkin.authorId === userId);
  return last?.nextDue ? last : null;
}

export interface Unheard {
  /** When the host said what the server lacks. */
  since: Iso;
  /** What the server has been promised meanwhile; null: nothing, so that it waits for nobody. */
  due: Iso | null;
}

/** Null when the server has the newest own check-in of a shift: only then does it count as the phone does. */
export function unheard(checkins: readonly CheckinView[], shiftId: string, userId: string): Unheard | null {
  const own = checkins.filter((checkin) => checkin.shiftId === shiftId && checkin.authorId === userId);
  const newest = own[0];
  if (!newest || !isUnsent(newest.send)) return null;
  return { since: newest.statedAt, due: own.find(({ send }) => !isUnsent(send))?.nextDue ?? null };
}

/** Where the host last said to have arrived in this shift and not to have left since. */
export function lastArrived(checkins: readonly CheckinView[], shiftId: string | null): string | null {
  const last = checkins.find(
    (checkin) => checkin.shiftId === shiftId && (checkin.kind === "arrived" || checkin.kind === "left"),
  );
  return last?.kind === "arrived" ? last.placeId : null;
}
