/**
 * Saves an op. "Saved" means: a strict transaction completed and the row was read back with the same hash (I2),
 * or, while the database cannot be written, a copy in localStorage was read back and the screen is told so.
 */
import { inTime } from "../store/db";
import { forgetJournaled, journalOp, readJournal } from "../store/journal";
import { CountMoved, countInShift, readOp, storeOp } from "../store/ops";
import { newRow, type OpRow, ownOp, type SealedOp } from "../store/rows";
import { health, me } from "../store/state";
import type { OpData, OpType, OwnOp, Position } from "../store/types";
import { journaledChanged, opsChanged, refreshCounts } from "../store/view";
import { draftsChanged } from "./drafts";
import { newId } from "./ids";
import { type At, hashOf, now, seal } from "./seal";

/** The op is not saved: the form must stay as it is, and say so. Its `message` is for the log, not the screen. */
export class SaveError extends Error {
  override name = "SaveError";
}

export interface NewOp<T extends OpType> {
  id: string;
  type: T;
  shift: string | null;
  position: Position | null;
  data: OpData[T];
}

const RECOUNTS_MAX = 5;
const LOOK_MS_MAX = 3_000;
const SAVE_MS_MAX = 8_000;

/** Saves under way in this tab, by id: a double tap waits for the first. */
const underWay = new Map<string, Promise<OwnOp>>();
/** Ids whose save was told to have failed: only their rows may be written over. */
const toldNotSaved = new Set<string>();

/** True while a form still holds this op's text: its copy in the journal must not go out behind its back. */
export const isWithForm = (id: string): boolean => toldNotSaved.has(id) || underWay.has(id);

/** Raises SaveError. The author is who is signed in now (I17); a second op of the same id resolves as the first. */
export function add<T extends OpType>(op: NewOp<T>): Promise<OwnOp> {
  const running = underWay.get(op.id);
  if (running) return running;
  const author = me.value?.id;
  if (author === undefined) return Promise.reject(new SaveError("nobody is signed in"));
  const saving = save({ ...op, author, at: now() }).finally(() => underWay.delete(op.id));
  underWay.set(op.id, saving);
  return saving;
}

type Captured<T extends OpType> = NewOp<T> & { author: string; at: At };

async function save<T extends OpType>(op: Captured<T>): Promise<OwnOp> {
  const first = await alreadySaved(op.id);
  if (first) return first;
  let sealed: SealedOp | null = null;
  try {
    const storing = sealAndStore(op, (made) => {
      sealed = made;
    });
    const stored = await inTime(storing, SAVE_MS_MAX);
    if (stored === null) throw new NotReadBack();
    toldNotSaved.delete(op.id);
    forgetJournaled([op.id]);
    return await told(stored);
  } catch (error) {
    return await rescue(op, sealed, error);
  }
}

class NotReadBack extends Error {}

async function alreadySaved(id: string): Promise<OwnOp | null> {
  if (toldNotSaved.has(id)) return null;
  const row = await inTime(readOp(id), LOOK_MS_MAX).catch(() => null);
  if (row && (await hashOf(row.body)) === row.hash) return ownOp(row);
  const journaled = readJournal().find((op) => op.id === id);
  return journaled ? ownOp(newRow(journaled, { install: "", seq: 0 })) : null;
}

/** Null when the row did not come back as it was written, twice. */
async function sealAndStore<T extends OpType>(
  op: Captured<T>,
  onSealed: (made: SealedOp) => void,
): Promise<OpRow | null> {
  for (let tries = 1; ; tries++) {
    const counted = await counting(op);
    const sealed = await seal(counted.op);
    onSealed(sealed);
    try {
      return await storeAndRead(sealed, counted.opsInShift);
    } catch (error) {
      // Another op of the shift was saved between counting and writing: count and seal again.
      if (!(error instanceof CountMoved) || tries >= RECOUNTS_MAX) throw error;
    }
  }
}

async function counting<T extends OpType>(
  op: Captured<T>,
): Promise<{ op: Captured<T>; opsInShift?: number }> {
  if (op.type !== "shift.end" || op.shift === null) return { op };
  const before = await countInShift(op.shift);
  const itself = (await readOp(op.id)) ? 0 : 1;
  const opsInShift = before + itself;
  return { op: { ...op, data: { ...op.data, ops: opsInShift } }, opsInShift };
}

async function storeAndRead(sealed: SealedOp, opsInShift: number | undefined): Promise<OpRow | null> {
  const stale = toldNotSaved.has(sealed.id) ? await readOp(sealed.id) : null;
  const count = opsInShift === undefined ? {} : { opsInShift };
  let over = stale && stale.state === "pending" ? { install: stale.install, seq: stale.seq } : null;
  for (let tries = 1; tries <= 2; tries++) {
    const written = await storeOp({ op: sealed, lastId: newId(), ...count, ...(over ? { over } : {}) });
    const read = await readOp(sealed.id);
    if (read && read.hash === written.hash && (await hashOf(read.body)) === read.hash) return read;
    // Written but not there, or other bytes: once more in the same place, so that the sequence keeps no hole.
    over = { install: written.install, seq: written.seq };
  }
  return null;
}

async function told(row: OpRow): Promise<OwnOp> {
  const saved = ownOp(row);
  if (!saved) throw new NotReadBack();
  await Promise.all([opsChanged([row.id]), draftsChanged()]).catch(() => undefined);
  return saved;
}

/** The database failed. What can be kept beside it is kept; only a copy that was read back counts as saved. */
async function rescue<T extends OpType>(
  op: Captured<T>,
  made: SealedOp | null,
  error: unknown,
): Promise<OwnOp> {
  health({ problem: "write-failed" });
  const sealed = made ?? (await seal(op));
  const kept = journalOp(sealed);
  const shown = ownOp(newRow(sealed, { install: "", seq: 0 }));
  if (kept && shown && !(error instanceof NotReadBack)) {
    journaledChanged();
    await refreshCounts().catch(() => undefined);
    return shown;
  }
  // A row that reads back wrongly is a promise that cannot be made, even with a copy beside it.
  toldNotSaved.add(op.id);
  throw new SaveError(error instanceof Error ? error.message : "not saved");
}
