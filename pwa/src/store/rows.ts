/** Stored ops: the row as it lies in `lykta-core/ops`, how it is read back, and how it becomes an OwnOp. */
import { attempt, isObject, maybe, number, object, oneOf, or, type Parser, text, unknown } from "../parse";
import type { OpState, OpType, OwnOp } from "./types";
import { escrowed, isSealed, openText, sealText } from "./vault";

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
  /** The sealed bytes, as the string they are the UTF-8 of. With a lock they lie encrypted, and are never altered either. */
  body: text,
  state: oneOf("pending", "acked", "stuck"),
  why: or(maybe(text), null),
  /** Device clock, and the build that gave up: a stuck op is tried again after a day or by another build. */
  stuck_ms: or(maybe(number), null),
  stuck_build: or(maybe(text), null),
  receipt: or(maybe(receiptRow), null),
  /** With a lock: the body once more, for the organisation alone, so that it can be sent while the phone is locked. */
  escrow: or(maybe(text), null),
});
export type OpRow = ReturnType<typeof opRow>;

/** An op without its place in the install's sequence: what is sealed, before the database gives it a number. */
export type SealedOp = Pick<OpRow, "id" | "type" | "v" | "author" | "shift" | "hash" | "body"> & {
  escrow?: string | null;
};

export const sealedOp: Parser<SealedOp> = object({
  id: text,
  type: text,
  v: number,
  author: text,
  shift: maybe(text),
  hash: text,
  body: text,
  escrow: or(maybe(text), null),
});

/** Saved, and not yet numbered: for so long the form that it was made of can be had back. */
export const heldMark = object({
  op: sealedOp,
  /** By the phone's clock. */
  until_ms: number,
});
export type HeldMark = ReturnType<typeof heldMark>;

export const draftRow = object({
  id: text,
  form: oneOf("observation", "checkin", "escalation", "shift", "shift-end", "attempt", "dial", "desk"),
  author: text,
  shift: maybe(text),
  at: text,
  updatedAt: text,
  fields: unknown,
  /** A mark that cannot be read leaves the form as one begun: nothing of it is lost. */
  held: or(maybe(heldMark), null),
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
  "briefing.acknowledge",
  "followup.answer",
  "alert.raise",
  "alert.acknowledge",
  "alert.clear",
  "clock.step",
] satisfies OpType[];

export function newRow(op: SealedOp, place: { install: string; seq: number }): OpRow {
  const fresh = { state: "pending", why: null, stuck_ms: null, stuck_build: null, receipt: null } as const;
  return { ...op, ...place, ...fresh, escrow: op.escrow ?? null };
}

/** How an op is shown that has no number yet. */
export const unnumbered = (op: SealedOp): OpRow => newRow(op, { install: "", seq: 0 });
const nameOf = ({ id, hash }: Pick<OpRow, "id" | "hash">) => `op ${id} ${hash}`;

/** As it may lie in the phone: with a lock encrypted, once for whoever unlocks and once for the organisation. */
export async function kept<T extends SealedOp>(op: T): Promise<T> {
  if (isSealed(op.body)) return op;
  const [body, escrow] = await Promise.all([sealText(op.body, nameOf(op)), escrowed(op.body)]);
  return body === op.body ? op : { ...op, body, escrow: op.escrow ?? escrow };
}

/** As it was saved; one that cannot be opened now keeps its sealed text. */
export async function opened<T extends SealedOp>(op: T): Promise<T> {
  return isSealed(op.body) ? { ...op, body: await openText(op.body, nameOf(op)) } : op;
}

/** It lies here, and its words cannot be read now. */
export const isShut = ({ body }: Pick<OpRow, "body">): boolean => isSealed(body);

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
