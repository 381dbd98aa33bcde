/** Calls for help as the host sees them. Nothing here claims a call: only an attempt that a host stated does. */
import { laidOver, type Stated } from "../shift/send";
import type { AboutTime, AttemptValue, EscalationValue, Iso, OwnOp, Position } from "../store/types";

export interface AttemptView {
  id: string;
  authorId: string;
  statedAt: Iso;
  attempted: AboutTime | null;
  answered: AboutTime | null;
  arrived: AboutTime | null;
  left: AboutTime | null;
  outcome: string;
  reference: string | null;
  note: string | null;
}

export interface EscalationView extends Stated {
  service: string;
  channel: string | null;
  observationId: string | null;
  cause: string | null;
  position: Position | null;
  /** Oldest first. */
  attempts: readonly AttemptView[];
  closed: { statedAt: Iso; outcome: string; note: string | null } | null;
}

type CreateOp = Extract<OwnOp, { type: "escalation.create" }>;

function ofPhone(op: CreateOp): EscalationView {
  return {
    id: op.id,
    shiftId: op.shift,
    authorId: op.author,
    statedAt: op.wall,
    service: op.data.service,
    channel: op.data.channel,
    observationId: op.data.observation_id,
    cause: op.data.cause,
    position: op.position,
    attempts: [],
    closed: null,
    send: { state: "other" },
  };
}

export function attemptView({ author_id, stated_at, ...said }: AttemptValue): AttemptView {
  return { ...said, authorId: author_id, statedAt: stated_at };
}

function ofServer(value: EscalationValue): EscalationView {
  return {
    id: value.id,
    shiftId: value.shift_id,
    authorId: value.author_id,
    statedAt: value.stated_at,
    service: value.service,
    channel: value.channel,
    observationId: value.observation_id,
    cause: value.cause,
    position: value.position,
    attempts: value.attempts.map(attemptView),
    closed: value.closed
      ? { statedAt: value.closed.stated_at, outcome: value.closed.outcome, note: value.closed.note }
      : null,
    send: { state: "other" },
  };
}

function apply(view: EscalationView, op: OwnOp): EscalationView {
  if (op.type === "escalation.close")
    return { ...view, closed: view.closed ?? { statedAt: op.wall, ...op.data } };
  if (op.type !== "escalation.attempt" || view.attempts.some((known) => known.id === op.id)) return view;
  const { target: _, ...said } = op.data;
  return {
    ...view,
    attempts: [...view.attempts, { id: op.id, authorId: op.author, statedAt: op.wall, ...said }],
  };
}

const target = (op: OwnOp) =>
  op.type === "escalation.attempt" || op.type === "escalation.close" ? op.data.target : null;

/** Newest first. */
export function escalationViews(
  ops: readonly OwnOp[],
  known: ReadonlyMap<string, EscalationValue>,
): EscalationView[] {
  const made = ops.flatMap((op) => (op.type === "escalation.create" ? [ofPhone(op)] : []));
  const stored = [...known.values()].map(ofServer);
  return laidOver(ops, [...made, ...stored], { target, apply });
}
