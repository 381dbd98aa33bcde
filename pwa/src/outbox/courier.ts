/** What a colleague's phone is to carry: the unsent ops, encrypted, as sequences of codes that can be shown. */
import { readAllOps } from "../store/ops";
import type { OpRow, SealedOp } from "../store/rows";
import { besideOps, keyToSeal, sealOps, size } from "./copy";
import { toFrames } from "./frames";

/** Before compression, which leaves about a third: some sixty codes, shown in twelve seconds. */
const PART_BYTES = 64 * 1024;
const RECENT_MS = 24 * 3_600_000;

export interface Part {
  ops: number;
  frames: string[];
}

export interface Load {
  unsent: OpRow[];
  journaled: SealedOp[];
  /** Sent within a day: for somebody who doubts. */
  recent: OpRow[];
}

export async function readLoad(now: Date = new Date()): Promise<Load> {
  const journaled = await besideOps();
  const rows = await readAllOps().catch((error: unknown) => {
    if (journaled.length === 0) throw error;
    return [];
  });
  const since = now.getTime() - RECENT_MS;
  const isRecent = ({ receipt }: OpRow) => receipt !== null && Date.parse(receipt.received_at) >= since;
  const unsent = rows.filter(({ state }) => state !== "acked");
  const held = new Set(unsent.map(({ id }) => id));
  return {
    unsent: urgentFirst(unsent),
    journaled: journaled.filter(({ id }) => !held.has(id)),
    recent: rows.filter((row) => row.state === "acked" && isRecent(row)),
  };
}

/** Calls for help go before all else, here as in sending. */
function urgentFirst(rows: readonly OpRow[]): OpRow[] {
  const rank = ({ type }: OpRow) => (/^(alert|escalation)\./.test(type) ? 0 : 1);
  return [...rows].sort((a, b) => rank(a) - rank(b) || a.seq - b.seq);
}

/** In loads small enough to be shown; an op that is larger than that by itself is one alone. */
export function inParts<T extends SealedOp>(ops: readonly T[], bytes_max = PART_BYTES): T[][] {
  const parts: T[][] = [];
  let room = 0;
  for (const op of ops) {
    room -= size(op);
    const last = parts.at(-1);
    if (last === undefined || room < 0) {
      parts.push([op]);
      room = bytes_max - size(op);
    } else last.push(op);
  }
  return parts;
}

/** Raises CannotSeal; RangeError where even this one op is too much for codes. */
export async function packPart(ops: readonly (OpRow | SealedOp)[], now: Date = new Date()): Promise<Part> {
  const key = await keyToSeal();
  const jwe = await sealOps(
    ops.filter(isRow),
    ops.filter((op) => !isRow(op)),
    key,
    now,
  );
  const { toBytes } = await import("./sealed");
  return { ops: ops.length, frames: await toFrames(toBytes(jwe)) };
}

const isRow = (op: OpRow | SealedOp): op is OpRow => "install" in op;
