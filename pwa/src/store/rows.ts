/** Stored ops: the row as it lies in `lykta-core/ops`, how it is read back, and how it becomes an OwnOp. */
import { attempt, isObject, maybe, number, object, oneOf, or, type Parser, text, unknown } from "../parse";
import type { OpState, OpType, OwnOp } from "./types";

export const receiptRow = object({
  seq: number,
  received_at: text,
  status: oneOf("applied", "duplicate", "quarantined"),
  why: maybe(text),
  /** Which incarnation of the server's database answered. */
  epoch: text,
});
export type Receipt = ReturnType<typeof receiptRow>;

export const opRow = object({
  id: text,
  install: text,
  seq: number,
  type: text,
  v: number,
  author: text,
  shift: maybe(text),
  hash: text,
  /** The sealed bytes, as the string they are the UTF-8 of. Never written again once saved. */
  body: text,
  state: oneOf("pending", "acked", "stuck"),
  why: or(maybe(text), null),
  /** Device clock, and the build that gave up: a stuck op is tried again after a day or by another build. */
  stuck_ms: or(maybe(number), null),
  stuck_build: or(maybe(text), null),
  receipt: or(maybe(receiptRow), null),
});
export type OpRow = ReturnType<typeof opRow>;

/** An op without its place in the install's sequence: what is sealed, before the database gives it a number. */
export type SealedOp = Pick<OpRow, "id" | "type" | "v" | "author" | "shift" | "hash" | "body">;

export const sealedOp: Parser<SealedOp> = object({
  id: text,
  type: text,
  v: number,
  author: text,
  shift: maybe(text),
  hash: text,
  body: text,
});

export const draftRow = object({
  id: text,
  form: oneOf("observation", "checkin", "escalation", "shift", "shift-end", "attempt", "dial"),
  author: text,
  shift: maybe(text),
  at: text,
  updatedAt: text,
  fields: unknown,
});

const position = object({
  lat: number,
  lon: number,
  accuracy_m: maybe(number),
  age_ms: or(number, 0),
  source: or(oneOf("gnss", "map", "place"), "gnss"),
});

const body = object({ at: object({ wall: text }), position: or(maybe(position), null), data: unknown });

const TYPES: readonly string[] = [
  "shift.start",
  "shift.join",
  "shift.leave",
  "shift.end",
  "checkin.create",
  "observation.create",
  "observation.amend",
  "observation.retract",
  "escalation.create",
  "escalation.attempt",
  "escalation.close",
  "photo.attach",
  "comment.add",
  "handover.acknowledge",
  "followup.answer",
  "alert.raise",
  "alert.acknowledge",
  "alert.clear",
  "clock.step",
] satisfies OpType[];

export function newRow(op: SealedOp, place: { install: string; seq: number }): OpRow {
  return { ...op, ...place, state: "pending", why: null, stuck_ms: null, stuck_build: null, receipt: null };
}

/** Null for a row whose body cannot be shown (damaged, or of a type of a newer build); it is still sent. */
export function ownOp(row: OpRow): OwnOp | null {
  if (!TYPES.includes(row.type)) return null;
  const sealed = attempt(body, json(row.body));
  if (sealed === null || !isObject(sealed.data)) return null;
  // This app sealed the body itself from typed data, so the parts need no second check here.
  return {
    id: row.id,
    seq: row.seq,
    type: row.type,
    author: row.author,
    shift: row.shift,
    hash: row.hash,
    wall: sealed.at.wall,
    position: sealed.position,
    data: sealed.data,
    sync: stateOf(row),
  } as OwnOp;
}

function stateOf(row: OpRow): OpState {
  if (row.state === "stuck") return { state: "stuck", why: row.why ?? "refused" };
  if (row.state === "pending" || row.receipt === null) return { state: "pending" };
  const { seq, received_at, status, why } = row.receipt;
  const quarantined = status === "quarantined" ? (why ?? "unknown") : null;
  return { state: "acked", seq, receivedAt: received_at, quarantined };
}

function json(source: string): unknown {
  try {
    return JSON.parse(source);
  } catch {
    return null;
  }
}
