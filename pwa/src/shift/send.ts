/** How far a record has come, from the ops on this phone that made it. */
import type { Iso, OwnOp } from "../store/types";
import type { SendState } from "../ui";

const WORST_FIRST = ["stuck", "pending", "quarantined", "sent", "other"] as const;

function stateOf(op: OwnOp): SendState {
  if (op.sync.state !== "acked") return op.sync;
  const { receivedAt: at, quarantined: why } = op.sync;
  return why === null ? { state: "sent", at } : { state: "quarantined", at, why };
}

/** The worst of them: a record whose correction is unsent is not yet sent. No ops: a colleague's. */
export function sendState(ops: readonly OwnOp[]): SendState {
  const states = ops.map(stateOf);
  for (const word of WORST_FIRST) {
    const found = states.findLast((send) => send.state === word);
    if (found) return found;
  }
  return { state: "other" };
}

export function isUnsent(send: SendState): boolean {
  return send.state === "pending" || send.state === "stuck";
}

/** A record's own words about itself: what every kind has. */
export interface Stated {
  id: string;
  shiftId: string | null;
  authorId: string;
  statedAt: Iso;
  send: SendState;
}

/** Own ops by the record that each is about: the one it made, or the one that `target` names. In the order given. */
function byRecord(ops: readonly OwnOp[], target: (op: OwnOp) => string | null): Map<string, OwnOp[]> {
  const found = new Map<string, OwnOp[]>();
  for (const op of ops)
    for (const id of new Set([op.id, target(op) ?? op.id])) {
      const held = found.get(id);
      if (held) held.push(op);
      else found.set(id, [op]);
    }
  return found;
}

/**
 * What this phone made, under what the server has of the same ids, with the own ops of each laid over it.
 * Newest first. `target`: which record an op is about, beside the one that it made.
 */
export function laidOver<V extends Stated>(
  ops: readonly OwnOp[],
  views: Iterable<V>,
  over: { target: (op: OwnOp) => string | null; apply: (view: V, op: OwnOp) => V },
): V[] {
  const byId = new Map([...views].map((view) => [view.id, view]));
  const about = byRecord(ops, over.target);
  return [...byId.values()]
    .map((view) => {
      const own = about.get(view.id) ?? [];
      return { ...own.reduce(over.apply, view), send: sendState(own) };
    })
    .sort((a, b) => Date.parse(b.statedAt) - Date.parse(a.statedAt));
}
