/**
 * Saves an op. "Saved" means: a strict transaction completed and the row was read back with the same hash (I2),
 * or, while the database cannot be written, a copy in localStorage was read back and the screen is told so.
 */
import { inTime } from "../store/db";
import { putHeld, readHeldRow } from "../store/held";
import { forgetJournaled, journalOp, readJournal } from "../store/journal";
import { CountMoved, countInShift, readOp, storeOp } from "../store/ops";
import { type OpRow, opened, ownOp, type SealedOp, kept as sealedAtRest, unnumbered } from "../store/rows";
import { health, heldRows, me } from "../store/state";
import type { Draft, OpData, OpType, OwnOp, Position } from "../store/types";
import { heldChanged, journaledChanged, opsChanged, refreshCounts } from "../store/view";
import { draftsChanged } from "./drafts";
import { HOLD_MS, letOutHeld } from "./held";
import { newId } from "./ids";
import { type At, hashOf, now, seal } from "./seal";
import { toldNotSaved, underWay } from "./told";

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

/**
 * Raises SaveError. The author is who is signed in now (I17); a second op of the same id resolves as the first.
 * @param form it was made of: then it is held from sending for a while, in which the form can be had back.
 */
export function add<T extends OpType>(op: NewOp<T>, form?: Draft): Promise<OwnOp> {
  const running = underWay.get(op.id);
  if (running) return running as Promise<OwnOp>;
  const author = me.value?.id;
  if (author === undefined) return Promise.reject(new SaveError("nobody is signed in"));
  const saving = save({ ...op, author, at: now() }, form).finally(() => underWay.delete(op.id));
  underWay.set(op.id, saving);
  return saving;
}

type Captured<T extends OpType> = NewOp<T> & { author: string; at: At };

async function save<T extends OpType>(op: Captured<T>, form: Draft | undefined): Promise<OwnOp> {
  const first = await alreadySaved(op.id);
  if (first) return first;
  let sealed: SealedOp | null = null;
  const onSealed = (made: SealedOp) => {
    sealed = made;
  };
  try {
    if (form === undefined) await letOutBefore(op);
    // A save that failed once has had its time to be thought over; and its row may have to be written over.
    const isHeld = form !== undefined && !toldNotSaved.has(op.id);
    const storing = isHeld ? sealAndHold(op, form, onSealed) : sealAndStore(op, onSealed);
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
  const held = await inTime(readHeldRow(id), LOOK_MS_MAX).catch(() => null);
  if (held && (await hashOf(held.held.op.body)) === held.held.op.hash) return ownOp(unnumbered(held.held.op));
  const journaled = readJournal().find((op) => op.id === id);
  return journaled ? ownOp(unnumbered(await opened(journaled))) : null;
}

/** Sealed like any other and as safely kept, but without a number yet. Null when it did not read back. */
async function sealAndHold<T extends OpType>(
  op: Captured<T>,
  form: Draft,
  onSealed: (made: SealedOp) => void,
): Promise<OpRow | null> {
  const sealed = await seal(op);
  onSealed(sealed);
  const held = { op: sealed, until_ms: Date.now() + HOLD_MS };
  const written = await putHeld({ ...form, held }, newId());
  if ("state" in written) return written;
  const { op: kept } = (await readHeldRow(op.id))?.held ?? {};
  const isWhole = kept?.hash === written.held.op.hash && (await hashOf(kept.body)) === kept.hash;
  if (!isWhole) return null;
  await heldChanged().catch(() => undefined);
  return unnumbered(kept);
}

/** Numbers follow the order of saving, and a shift ends with all that was written in it; but help never waits. */
async function letOutBefore(op: NewOp<OpType>): Promise<void> {
  if (heldRows.peek().length === 0) return;
  const isCall = /^(alert|escalation)\./.test(op.type);
  if (!isCall) await inTime(letOutHeld(), LOOK_MS_MAX).catch(() => undefined);
  else if (heldRows.peek().some(({ id }) => Object.values(op.data).includes(id))) void letOutHeld();
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
  // What cannot be sealed is kept all the same, and sealed when it goes into the database.
  const kept = journalOp(await sealedAtRest(sealed).catch(() => sealed));
  const shown = ownOp(unnumbered(sealed));
  if (kept && shown && !(error instanceof NotReadBack)) {
    journaledChanged();
    await refreshCounts().catch(() => undefined);
    return shown;
  }
  // A row that reads back wrongly is a promise that cannot be made, even with a copy beside it.
  toldNotSaved.add(op.id);
  throw new SaveError(error instanceof Error ? error.message : "not saved");
}
