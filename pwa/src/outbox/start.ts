/** Brings the outbox up at start: ids go on where they left off, and the journal goes back into the database. */
import { effect } from "@preact/signals";
import { whileSeen } from "../device/seen";
import { forgetJournaled, readJournal } from "../store/journal";
import { readMeta, writeMeta } from "../store/meta";
import { readOp, storeOp } from "../store/ops";
import { isShut, opened, type SealedOp } from "../store/rows";
import { keepShift } from "../store/spare";
import { health, me, ownOps, records, storageHealth } from "../store/state";
import { lockState } from "../store/vault";
import { opsChanged, refreshHeld } from "../store/view";
import { watchClock } from "./clock";
import { draftsChanged } from "./drafts";
import { watchHeld } from "./held";
import { continueAfter, newId } from "./ids";
import { keepInMind } from "./mind";
import { hashOf } from "./seal";
import { currentShift } from "./shift";
import { isWithForm } from "./told";

const MERGE_EVERY_MS = 30_000;

export async function startOutbox(): Promise<() => void> {
  const last = await readMeta("last_id").catch(() => null);
  if (last) continueAfter(last);
  await mergeJournal().catch(() => undefined);
  // First what may fail: the start is tried again then, and nothing may go on twice.
  const forget = await keepInMind();
  const merging = whileSeen(() => {
    void mergeJournal().catch(() => undefined);
    // What another tab held, died with, and was not heard of.
    void refreshHeld().catch(() => undefined);
  }, MERGE_EVERY_MS);
  const ends = [forget, merging, watchClock(), watchHeld(), effect(keepCurrentShift)];
  return () => {
    for (const end of ends) end();
  };
}

function keepCurrentShift(): void {
  const author = me.value?.id;
  // What is locked says nothing of a shift: the last one known holds.
  if (author === undefined || lockState.value === "locked") return;
  keepShift({ author, shift: currentShift(ownOps.value, records.value.shifts, author) });
}

/** Sealed by this phone and locked: moved as it is, or left until somebody unlocks. False where it did not read back. */
async function moveShut(op: SealedOp): Promise<boolean> {
  if (isWithForm(op.id) || (await readOp(op.id)) !== null) return true;
  await storeOp({ op, lastId: newId() });
  const read = await readOp(op.id);
  if (read?.body !== op.body || read.hash !== op.hash) return false;
  forgetJournaled([op.id]);
  await opsChanged([op.id]);
  return true;
}

/** Moves what was kept beside the database into it, by op id. Raises what the database raises. */
export async function mergeJournal(): Promise<void> {
  for (const stored of readJournal()) {
    const op = await opened(stored);
    if (isShut(op)) {
      if (!(await moveShut(op))) return;
      continue;
    }
    if (isWithForm(op.id) || (await hashOf(op.body)) !== op.hash) continue;
    const there = await readOp(op.id);
    // A row that reads back damaged is written over by the copy, in its own place.
    const damaged = there !== null && (await hashOf(there.body)) !== there.hash;
    const over =
      damaged && there.state === "pending" ? { over: { install: there.install, seq: there.seq } } : {};
    await storeOp({ op, lastId: newId(), ...over });
    const read = await readOp(op.id);
    if (!read || (await hashOf(read.body)) !== read.hash) return;
    forgetJournaled([op.id]);
    await Promise.all([opsChanged([op.id]), draftsChanged()]);
  }
  if (readJournal().length > 0 || storageHealth.value.problem !== "write-failed") return;
  // Well again only when a write has gone through.
  await writeMeta("last_id", newId());
  health({ problem: null });
}
