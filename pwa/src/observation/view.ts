/** Observations as the host sees them: the server's, and over them what this phone has made since. */
import { laidOver, type Stated } from "../shift/send";
import type { Iso, ObservationContent, ObservationValue, OwnOp, Position } from "../store/types";

/** A change after the fact: the words before it stay readable. */
export interface Correction {
  id: string;
  authorId: string;
  statedAt: Iso;
  reason: string;
  retracts: boolean;
  /** What it said until then; null where this phone does not know. */
  before: ObservationContent | null;
}

export interface ObservationView extends Stated {
  content: ObservationContent;
  position: Position | null;
  /** Oldest first. */
  corrections: readonly Correction[];
  isRetracted: boolean;
}

type CreateOp = Extract<OwnOp, { type: "observation.create" }>;

function ofPhone(op: CreateOp): ObservationView {
  return {
    id: op.id,
    shiftId: op.shift,
    authorId: op.author,
    statedAt: op.wall,
    content: op.data,
    position: op.position,
    corrections: [],
    isRetracted: false,
    send: { state: "other" },
  };
}

/** The server lists every version, the original first and under the observation's own id. */
function correctionsOf(value: ObservationValue): Correction[] {
  const amended = value.revisions.map((one, n) => ({
    id: one.id,
    authorId: one.author_id,
    statedAt: one.stated_at,
    reason: one.reason ?? "",
    retracts: false,
    before: value.revisions[n - 1]?.observation ?? null,
  }));
  const made = amended.filter((one) => one.id !== value.id);
  if (value.retracted === null) return made;
  const { id, author_id: authorId, stated_at: statedAt, reason } = value.retracted;
  return [...made, { id, authorId, statedAt, reason, retracts: true, before: null }];
}

function ofServer(value: ObservationValue): ObservationView {
  return {
    id: value.id,
    shiftId: value.shift_id,
    authorId: value.author_id,
    statedAt: value.stated_at,
    content: value,
    position: value.position,
    corrections: correctionsOf(value),
    isRetracted: value.status === "retracted",
    send: { state: "other" },
  };
}

/** What a correction says of where it happened, not of where the phone was when it was written. */
function moved(position: Position | null): Position | null {
  return position?.source === "map" || position?.source === "place" ? position : null;
}

/** An own correction that the server's copy does not hold yet. */
function apply(view: ObservationView, op: OwnOp): ObservationView {
  if (op.type !== "observation.amend" && op.type !== "observation.retract") return view;
  if (view.corrections.some((known) => known.id === op.id)) return view;
  const said = { id: op.id, authorId: op.author, statedAt: op.wall, reason: op.data.reason };
  if (op.type === "observation.retract") {
    const correction = { ...said, retracts: true, before: null };
    return { ...view, corrections: [...view.corrections, correction], isRetracted: true };
  }
  const correction = { ...said, retracts: false, before: view.content };
  const position = moved(op.position) ?? view.position;
  return { ...view, position, corrections: [...view.corrections, correction], content: op.data.observation };
}

function target(op: OwnOp): string | null {
  const isAbout =
    op.type === "observation.amend" || op.type === "observation.retract" || op.type === "photo.attach";
  return isAbout ? op.data.target : null;
}

/** Newest first. */
export function observationViews(
  ops: readonly OwnOp[],
  known: ReadonlyMap<string, ObservationValue>,
): ObservationView[] {
  const made = ops.flatMap((op) => (op.type === "observation.create" ? [ofPhone(op)] : []));
  const stored = [...known.values()].map(ofServer);
  return laidOver(ops, [...made, ...stored], { target, apply });
}
