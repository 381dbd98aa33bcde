/** The sync protocol's answers and requests, as they go over the wire (sync protocol §4). */
import {
  flag,
  list,
  listOfGood,
  maybe,
  number,
  object,
  oneOf,
  or,
  type Parser,
  text,
  unknown,
} from "../parse";

export interface WireOp {
  id: string;
  seq: number;
  type: string;
  v: number;
  author: string;
  shift: string | null;
  hash: string;
  body: string;
}

/** From a phone that is locked: the body encrypted to the organisation in place of the body. */
export type SentOp = WireOp | (Omit<WireOp, "body"> & { sealed: string });

export interface PushRequest<Op = WireOp> {
  nonce: string;
  install: string;
  epoch: string | null;
  seen: { seq: number; chain: string } | null;
  sent: { wall: string; mono: number; page: string };
  pending: { count: number; max_seq: number };
  /** What the phone says of itself, for whoever watches over the evening; a server may ignore it. */
  phone: { build: string; persisted: boolean | null; oldest: string | null; battery: number | null };
  ops: Op[];
}

const head = object({ seq: number, chain: text });

const range: Parser<[number, number]> = (value, at) => {
  const [from, to] = list(number)(value, at);
  return [number(from, at), number(to, at)];
};

export const opResult = object({
  id: text,
  hash: text,
  status: oneOf("applied", "duplicate", "quarantined", "retry"),
  seq: maybe(number),
  received_at: maybe(text),
  why: maybe(text),
});
export type OpResult = ReturnType<typeof opResult>;

export const pushAnswer = object({
  nonce: text,
  epoch: text,
  server_time: text,
  durable_seq: maybe(number),
  // A result that cannot be read is as if it were not there: that op is kept and sent again.
  results: listOfGood(opResult),
  head: maybe(head),
  gaps: or(list(range), []),
  fork: or(flag, false),
  want_blobs: or(listOfGood(text), []),
});
export type PushAnswer = ReturnType<typeof pushAnswer>;

export const helloAnswer = object({
  protocol: list(number),
  epoch: text,
  server_time: text,
  durable_seq: maybe(number),
  min_ui_build: or(maybe(number), null),
  limits: object({ ops: number, bytes: number, blob_chunk: or(number, 524_288) }),
  // On P-256: no other kind is encrypted to here.
  copy_key: or(maybe(object({ kid: text, crv: oneOf("P-256"), x: text, y: text })), null),
  copy_proof: or(maybe(object({ device: text, proof: text })), null),
  organisation: or(maybe(text), null),
});
export type HelloAnswer = ReturnType<typeof helloAnswer>;

export const reconcileAnswer = object({
  epoch: text,
  missing: list(text),
  missing_blobs: or(listOfGood(text), []),
  /** Said to a phone that was revoked, and to no other. */
  revoked: or(flag, false),
});
export type ReconcileAnswer = ReturnType<typeof reconcileAnswer>;

export const pullAnswer = object({
  epoch: text,
  changes: listOfGood(object({ kind: text, id: text, deleted: or(flag, false), value: unknown })),
  cursor: text,
  more: or(flag, false),
});
export type PullAnswer = ReturnType<typeof pullAnswer>;

const emptied = object({ install: text, pending: or(maybe(number), null), seen_at: text });

export const sessionAnswer = object({
  user: object({ id: text, username: text, name: text, role: text }),
  device: or(maybe(object({ id: text, emptied: or(maybe(emptied), null) })), null),
});
