/** A file of everything that this phone holds, sealed bytes as they are: what `lykta import` takes in. */
import { readJournal } from "../store/journal";
import { type CopyKey, readMeta } from "../store/meta";
import { readAllOps } from "../store/ops";
import { isShut, type OpRow, opened, type SealedOp } from "../store/rows";
import { heldRows } from "../store/state";
import { letOutHeld } from "./held";

export interface CopyOp extends Omit<SealedOp, "body" | "escrow"> {
  install: string | null;
  seq: number | null;
  body?: string;
  /** In place of the body, from a phone that is locked: only the organisation can read it. */
  sealed?: string;
}

interface Made {
  at: string;
  build: string;
  /** What proves that this phone made it; goes only into what is encrypted. */
  device?: string | null;
  proof?: string | null;
}

/** What the server takes by HTTP, with room for the encryption. */
const BYTES_MAX = 20 * 1024 * 1024;

/** `count` stands before the ops: a file cut short cannot pass for a whole one. */
export function copyText(rows: readonly OpRow[], journaled: readonly SealedOp[], made: Made): string {
  const held = new Set(rows.map(({ id }) => id));
  const ops = [
    ...rows.map((row) => copied(row, row)),
    // Without a number: only the database gives one.
    ...journaled.filter(({ id }) => !held.has(id)).map((op) => copied(op, { install: null, seq: null })),
  ];
  const { at: made_at, ...rest } = made;
  return JSON.stringify({ format: "lykta-ops", v: 1, made_at, ...rest, count: ops.length, ops });
}

function copied(op: SealedOp, { install, seq }: Pick<CopyOp, "install" | "seq">): CopyOp {
  const { id, type, v, author, shift, hash, body, escrow = null } = op;
  const envelope = { install, id, seq, type, v, author, shift, hash };
  return isShut(op) && escrow !== null ? { ...envelope, sealed: escrow } : { ...envelope, body };
}

/** All that is unsent, and of the sent the newest that there is room for: a phone may have kept years of them. */
export function bounded(rows: readonly OpRow[], bytes_max = BYTES_MAX): OpRow[] {
  const newestFirst = [...rows].sort((a, b) => rank(a) - rank(b) || (a.id < b.id ? 1 : -1));
  let bytes = 0;
  const kept = newestFirst.filter((row) => {
    bytes += size(row);
    return row.state !== "acked" || bytes <= bytes_max;
  });
  const ids = new Set(kept.map(({ id }) => id));
  return rows.filter(({ id }) => ids.has(id));
}

const rank = ({ state }: OpRow) => (state === "acked" ? 1 : 0);
const ENVELOPE_BYTES = 400;
/** As JSON at most: quotes are escaped, and a letter may be three bytes. */
export const size = ({ body, escrow }: SealedOp) =>
  ENVELOPE_BYTES + Math.max(body.length * 2, escrow?.length ?? 0);

/** Why a copy cannot be encrypted: the key has never come, or the browser has no cryptography to use it with. */
export type Unsealable = "no-key" | "no-crypto";
export class CannotSeal extends Error {
  override name = "CannotSeal";
  constructor(readonly why: Unsealable) {
    super(why);
  }
}

export async function keyToSeal(): Promise<CopyKey> {
  const key = await readMeta("copy_key").catch(() => null);
  if (key === null) throw new CannotSeal("no-key");
  return key;
}

/** JWE of these ops. Raises CannotSeal. */
export async function sealOps(
  rows: readonly OpRow[],
  journaled: readonly SealedOp[],
  key: CopyKey,
  now: Date,
): Promise<string> {
  const { device, proof } = key;
  const plain = copyText(rows, journaled, { at: now.toISOString(), build: __BUILD__, device, proof });
  const { sealCopy } = await import("./sealed");
  const ids = new Set([...rows, ...journaled].map(({ id }) => id));
  return sealCopy(plain, ids.size, key).catch(() => {
    throw new CannotSeal("no-crypto");
  });
}

/** Encrypted to the organisation. Raises CannotSeal; only a person may choose the plain one instead. */
export async function makeSealedCopy(now: Date = new Date()): Promise<File> {
  const key = await keyToSeal();
  const { rows, journaled } = await everything();
  const jwe = await sealOps(bounded(rows), journaled, key, now);
  // Text, which it is: phones share no file whose ending they do not know.
  return new File([jwe], `${nameAt(now)}.jwe.txt`, { type: "text/plain" });
}

/** As it is, for everybody to read who gets hold of it. */
export async function makeCopy(now: Date = new Date()): Promise<File> {
  const { rows, journaled } = await everything();
  const text = copyText(bounded(rows), journaled, { at: now.toISOString(), build: __BUILD__ });
  return new File([text], `${nameAt(now)}.json`, { type: "application/json" });
}

async function everything(): Promise<{ rows: OpRow[]; journaled: SealedOp[] }> {
  const journaled = await besideOps();
  const rows = await readAllOps().catch((error: unknown) => {
    if (journaled.length === 0) throw error;
    return [];
  });
  return { rows, journaled };
}

/**
 * What has no number yet. A record that leaves the phone cannot be had back, so what is held is let out first; what
 * could not be, since the database takes no write, cannot be had back either.
 */
export async function besideOps(): Promise<SealedOp[]> {
  await letOutHeld().catch(() => undefined);
  const journaled = await Promise.all(readJournal().map(opened));
  return [...journaled, ...heldRows.peek().map(({ held }) => held.op)];
}

/** By the phone's day and hour, so that two copies do not write over each other. */
const nameAt = (now: Date) => `lykta-${now.toISOString().slice(0, 19).replace(/[T:]/g, "-")}`;
