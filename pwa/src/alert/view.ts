/** Alarms as the host sees them. Delivered is only what has a receipt, seen only what the server told. Pure. */
import { laidOver, type Stated } from "../shift/send";
import type { AlertStep, AlertValue, Iso, OwnOp, Position } from "../store/types";

export interface Answer {
  id: string;
  authorId: string;
  statedAt: Iso;
}

export interface AlertView extends Stated {
  kind: string;
  /** Whom it is about. */
  hostId: string | null;
  note: string | null;
  position: Position | null;
  dueAt: Iso | null;
  acknowledged: readonly Answer[];
  cleared: { authorId: string | null; statedAt: Iso; cause: string; note: string | null } | null;
  steps: readonly AlertStep[];
}

type RaiseOp = Extract<OwnOp, { type: "alert.raise" }>;

function ofPhone(op: RaiseOp): AlertView {
  return {
    id: op.id,
    shiftId: op.shift,
    authorId: op.author,
    statedAt: op.wall,
    kind: op.data.kind,
    hostId: op.author,
    note: op.data.note,
    position: op.position,
    dueAt: null,
    acknowledged: [],
    cleared: null,
    steps: [],
    send: { state: "other" },
  };
}

export function ofServer(value: AlertValue): AlertView {
  const { cleared } = value;
  return {
    id: value.id,
    shiftId: value.shift_id,
    authorId: value.author_id ?? "",
    statedAt: value.stated_at,
    kind: value.kind,
    hostId: value.host_id,
    note: value.note,
    position: value.position,
    dueAt: value.due_at,
    acknowledged: value.acknowledged.map(({ id, author_id, stated_at }) => ({
      id,
      authorId: author_id,
      statedAt: stated_at,
    })),
    cleared: cleared
      ? { authorId: cleared.author_id, statedAt: cleared.stated_at, cause: cleared.cause, note: cleared.note }
      : null,
    steps: value.steps,
    send: { state: "other" },
  };
}

function apply(view: AlertView, op: OwnOp): AlertView {
  if (op.type === "alert.clear") {
    const cleared = { authorId: op.author, statedAt: op.wall, cause: "person", note: op.data.note };
    return { ...view, cleared: view.cleared ?? cleared };
  }
  if (op.type !== "alert.acknowledge" || view.acknowledged.some((known) => known.id === op.id)) return view;
  const answer = { id: op.id, authorId: op.author, statedAt: op.wall };
  return { ...view, acknowledged: [...view.acknowledged, answer] };
}

const target = (op: OwnOp) =>
  op.type === "alert.acknowledge" || op.type === "alert.clear" ? op.data.target : null;

/** Newest first. */
export function alertViews(ops: readonly OwnOp[], known: ReadonlyMap<string, AlertValue>): AlertView[] {
  const made = ops.flatMap((op) => (op.type === "alert.raise" ? [ofPhone(op)] : []));
  return laidOver(ops, [...made, ...[...known.values()].map(ofServer)], { target, apply });
}

/** How far an alarm has come; `held`: the server has it and could not make sense of it. */
export type Stage =
  | { is: "queued" }
  | { is: "stuck" }
  | { is: "held"; at: Iso }
  | { is: "delivered"; at: Iso }
  | { is: "seen"; by: readonly Answer[]; at: Iso | null };

/** Of an own alarm. `raise`: the op that made it, null once the phone has dropped it. */
export function stageOf(view: AlertView, raise: OwnOp | null): Stage {
  if (view.acknowledged.length > 0) {
    const at = raise?.sync.state === "acked" ? raise.sync.receivedAt : null;
    return { is: "seen", by: view.acknowledged, at };
  }
  if (raise === null) return { is: "delivered", at: view.statedAt };
  if (raise.sync.state === "pending") return { is: "queued" };
  if (raise.sync.state === "stuck") return { is: "stuck" };
  const { receivedAt: at, quarantined } = raise.sync;
  return quarantined === null ? { is: "delivered", at } : { is: "held", at };
}
