/** Brings the outbox up at start: ids go on where they left off, and the journal goes back into the database. */
import { effect } from "@preact/signals";
import { forgetJournaled, readJournal } from "../store/journal";
import { readMeta, writeMeta } from "../store/meta";
import { readOp, storeOp } from "../store/ops";
import { keepShift } from "../store/spare";
import { health, me, ownOps, records, storageHealth } from "../store/state";
import { opsChanged } from "../store/view";
import { isWithForm } from "./add";
import { watchClock } from "./clock";
import { draftsChanged } from "./drafts";
import { continueAfter, newId } from "./ids";
import { keepInMind } from "./mind";
import { hashOf } from "./seal";
import { currentShift } from "./shift";

const MERGE_EVERY_MS = 30_000;

export async function startOutbox(): Promise<() => void> {
  const last = await readMeta("last_id").catch(() => null);
  if (last) continueAfter(last);
  await mergeJournal().catch(() => undefined);
  const timer = setInterval(() => void mergeJournal().catch(() => undefined), MERGE_EVERY_MS);
  const ends = [watchClock(), await keepInMind(), effect(keepCurrentShift)];
  return () => {
    clearInterval(timer);
    for (const end of ends) end();
  };
}

function keepCurrentShift(): void {
  const author = me.value?.id;
  if (author === undefined) return;
  keepShift({ author, shift: currentShift(ownOps.value, records.value.shifts, author) });
}

/** Moves what was kept beside the database into it, by op id. Raises what the database raises. */
export async function mergeJournal(): Promise<void> {
  for (const op of readJournal()) {
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
