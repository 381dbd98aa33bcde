/** Shifts as the host sees them: what the server has told, and over it what this phone has made. */
import type { Iso, OwnOp, ShiftValue } from "../store/types";
import { type Stated, sendState } from "./send";

export interface ShiftView extends Stated {
  startedAt: Iso;
  endedAt: Iso | null;
  /** In crew order, whoever has left too. */
  hosts: readonly string[];
  /** Who is on it now. */
  crew: readonly string[];
  areaId: string | null;
  transport: string | null;
  plannedEnd: Iso | null;
  summary: string | null;
}

type StartOp = Extract<OwnOp, { type: "shift.start" }>;

function ofServer(value: ShiftValue): ShiftView {
  const present = value.members.filter((member) => member.left_at === null).map((m) => m.user_id);
  return {
    id: value.id,
    shiftId: value.id,
    authorId: value.author_id,
    statedAt: value.stated_at,
    startedAt: value.started_at,
    endedAt: value.status === "ended" ? (value.ended_at ?? value.stated_at) : null,
    hosts: value.hosts,
    crew: value.members.length > 0 ? present : value.hosts,
    areaId: value.area_id,
    transport: value.transport,
    plannedEnd: value.planned_end,
    summary: value.summary,
    send: { state: "other" },
  };
}

function ofPhone(op: StartOp): ShiftView {
  return {
    id: op.id,
    shiftId: op.id,
    authorId: op.author,
    statedAt: op.wall,
    startedAt: op.wall,
    endedAt: null,
    hosts: op.data.hosts,
    crew: op.data.hosts,
    areaId: op.data.area_id,
    transport: op.data.transport,
    plannedEnd: op.data.planned_end,
    summary: null,
    send: { state: "other" },
  };
}

/** One op of this phone on top of what is known. */
function apply(shift: ShiftView, op: OwnOp): ShiftView {
  const others = shift.crew.filter((id) => id !== op.author);
  if (op.type === "shift.join")
    return {
      ...shift,
      crew: [...others, op.author],
      hosts: shift.hosts.includes(op.author) ? shift.hosts : [...shift.hosts, op.author],
    };
  if (op.type === "shift.leave") return { ...shift, crew: others };
  if (op.type === "shift.end")
    return { ...shift, endedAt: shift.endedAt ?? op.wall, summary: op.data.summary ?? shift.summary };
  return shift;
}

const OF_SHIFT = new Set(["shift.start", "shift.join", "shift.leave", "shift.end"]);

/** Newest first. */
export function shiftViews(ops: readonly OwnOp[], known: ReadonlyMap<string, ShiftValue>): ShiftView[] {
  const views = new Map<string, ShiftView>();
  for (const value of known.values()) views.set(value.id, ofServer(value));
  const own = ops.filter((op) => OF_SHIFT.has(op.type));
  for (const op of own) {
    if (op.type === "shift.start" && !views.has(op.id)) views.set(op.id, ofPhone(op));
    const shift = op.shift === null ? undefined : views.get(op.shift);
    if (shift) views.set(shift.id, apply(shift, op));
  }
  return [...views.values()]
    .map((view) => ({
      ...view,
      send: sendState(own.filter((op) => op.id === view.id || op.shift === view.id)),
    }))
    .sort((a, b) => Date.parse(b.startedAt) - Date.parse(a.startedAt));
}

/** The shift that this person is on now. */
export function currentShift(shifts: readonly ShiftView[], userId: string): ShiftView | null {
  return shifts.find((shift) => shift.endedAt === null && shift.crew.includes(userId)) ?? null;
}

/** Shifts going on that this person could step into: a colleague's, or one that was left. */
export function joinable(shifts: readonly ShiftView[], userId: string, now_ms: number): ShiftView[] {
  return shifts.filter(
    (shift) =>
      shift.endedAt === null &&
      !shift.crew.includes(userId) &&
      now_ms - Date.parse(shift.startedAt) < JOINABLE_MS_MAX,
  );
}

/** An old shift that nobody ended is not one to step into. */
const JOINABLE_MS_MAX = 20 * 3_600_000;
