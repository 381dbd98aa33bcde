/** A file of everything that this phone holds, sealed bytes as they are: what `lykta import` takes in. */
import { readJournal } from "../store/journal";
import { readAllOps } from "../store/ops";
import type { OpRow, SealedOp } from "../store/rows";

export interface CopyOp extends SealedOp {
  install: string | null;
  seq: number | null;
}

/** `count` stands before the ops: a file cut short cannot pass for a whole one. */
export function copyText(
  rows: readonly OpRow[],
  journaled: readonly SealedOp[],
  made: { at: string; build: string },
): string {
  const held = new Set(rows.map(({ id }) => id));
  const ops = [
    ...rows.map((row) => copied(row, row)),
    // Without a number: only the database gives one.
    ...journaled.filter(({ id }) => !held.has(id)).map((op) => copied(op, { install: null, seq: null })),
  ];
  return JSON.stringify({
    format: "lykta-ops",
    v: 1,
    made_at: made.at,
    build: made.build,
    count: ops.length,
    ops,
  });
}

function copied(
  { id, type, v, author, shift, hash, body }: SealedOp,
  { install, seq }: Pick<CopyOp, "install" | "seq">,
): CopyOp {
  return { install, id, seq, type, v, author, shift, hash, body };
}

/** Named by the phone's day and hour, so that two copies do not write over each other. */
export async function makeCopy(now: Date = new Date()): Promise<File> {
  const journaled = readJournal();
  const rows = await readAllOps().catch((error: unknown) => {
    if (journaled.length === 0) throw error;
    return [];
  });
  const at = now.toISOString();
  const name = `lykta-${at.slice(0, 19).replace(/[T:]/g, "-")}.json`;
  return new File([copyText(rows, journaled, { at, build: __BUILD__ })], name, { type: "application/json" });
}
