/** The ops table: writing one sealed op in one strict transaction, reading, counting. What becomes of it: `marks.ts`. */
import type { IDBPTransaction } from "idb";
import { attempt } from "../parse";
import { type Core, type CoreSchema, heard, whole, withCore } from "./db";
import { idAt } from "./idtime";
import { install as installParser } from "./meta";
import { withRoom } from "./room";
import { kept, newRow, type OpRow, opened, opRow, type SealedOp } from "./rows";

const WATCHDOG_MS = 5_000;

export class CountMoved extends Error {
  override name = "CountMoved";
}

export interface Storing {
  op: SealedOp;
  /** The number that `shift.end` states: the transaction is given up if it no longer holds. */
  opsInShift?: number;
  /** Writes over the row of the same id, keeping its number: only for a row never told to be saved. */
  over?: { install: string; seq: number };
  lastId: string;
}

/**
 * Stores `op`, allots its client seq and removes its draft in one transaction, `durability: "strict"`.
 * Resolves on `complete` with the row as stored; an id already there is left as it is and returned.
 * Raises CountMoved, DOMException (abort, time-out).
 */
export async function storeOp(storing: Storing): Promise<OpRow> {
  const op = await kept(storing.op);
  return writing((tx) => storeSteps(tx, { ...storing, op }));
}

/** One strict transaction over all that saving touches, with a watchdog: it is whole, or it is raised. */
export function writing<T>(steps: (tx: StoringTx) => Promise<T>): Promise<T> {
  return withRoom(() => withCore((db) => writeOnce(db, steps)));
}

async function writeOnce<T>(db: Core, work: (tx: StoringTx) => Promise<T>): Promise<T> {
  const tx = db.transaction(["ops", "meta", "drafts"], "readwrite", { durability: "strict" });
  const finished = withWatchdog(tx.done, () => tx.abort());
  const steps = work(tx).then(async (result) => {
    await finished;
    return result;
  });
  try {
    // A hung database answers neither the requests nor the abort: the watchdog ends the wait all the same.
    return await Promise.race([steps, finished.then(() => steps)]);
  } catch (error) {
    quietly(() => tx.abort());
    steps.catch(() => undefined);
    await finished.catch(() => undefined);
    throw error;
  }
}

export type StoringTx = IDBPTransaction<CoreSchema, ("ops" | "meta" | "drafts")[], "readwrite">;

export async function storeSteps(tx: StoringTx, { op, opsInShift, over, lastId }: Storing): Promise<OpRow> {
  const ops = tx.objectStore("ops");
  const meta = tx.objectStore("meta");
  const there = attempt(opRow, await ops.get(op.id));
  const install = attempt(installParser, await meta.get("install")) ?? freshInstall();
  await tx.objectStore("drafts").delete(op.id);
  if (there && !over) return there;
  if (opsInShift !== undefined && op.shift !== null) {
    const counted = await countIn(ops, install.id, op.shift);
    if (counted + (there ? 0 : 1) !== opsInShift) throw new CountMoved();
  }
  const row = newRow(op, over ?? { install: install.id, seq: install.next_seq });
  await ops.put(row);
  if (!over) await meta.put({ ...install, next_seq: install.next_seq + 1 }, "install");
  await meta.put(lastId, "last_id");
  return row;
}

interface Countable {
  get(key: string): Promise<unknown>;
  index(name: "install_shift"): { count(key: [string, string]): Promise<number> };
}

/** Ops of this install in a shift; the shift's own start belongs to it even where it names no shift. */
async function countIn(ops: Countable, install: string, shift: string): Promise<number> {
  const named = await ops.index("install_shift").count([install, shift]);
  const start = attempt(opRow, await ops.get(shift));
  return named + (start?.install === install && start.shift === null ? 1 : 0);
}

export function countInShift(shift: string): Promise<number> {
  return withCore(async (db) => {
    const tx = heard(db.transaction(["ops", "meta"]));
    const install = attempt(installParser, await tx.objectStore("meta").get("install"));
    return install ? countIn(tx.objectStore("ops"), install.id, shift) : 0;
  });
}

export const freshInstall = () => ({ id: crypto.randomUUID(), next_seq: 1 });

/** The install of this profile, made on first use. */
export function ensureInstall(): Promise<{ id: string; next_seq: number }> {
  return withCore(async (db) => {
    const tx = heard(db.transaction("meta", "readwrite", { durability: "strict" }));
    const held = attempt(installParser, await tx.store.get("install"));
    const install = held ?? freshInstall();
    if (!held) await tx.store.put(install, "install");
    await tx.done;
    return install;
  });
}

/** A new install for what follows; ops already sealed keep theirs. Does nothing if `old` is no longer current. */
export function mintInstall(old: string): Promise<string> {
  return withCore(async (db) => {
    const tx = heard(db.transaction("meta", "readwrite", { durability: "strict" }));
    const held = attempt(installParser, await tx.store.get("install"));
    const next = held && held.id !== old ? held : freshInstall();
    if (next !== held) {
      await tx.store.put(next, "install");
      await tx.store.put(next.id, "minted");
    }
    await tx.done;
    return next.id;
  });
}

/** Puts rows back as they were, where they are missing: the page had them in memory when the store was emptied. */
export async function restoreRows(rows: readonly OpRow[]): Promise<void> {
  const sealed = await Promise.all(rows.map(kept));
  return withCore(async (db) => {
    const tx = db.transaction("ops", "readwrite", { durability: "strict" });
    await whole(tx, async () => {
      for (const row of sealed) if ((await tx.store.get(row.id)) === undefined) await tx.store.put(row);
    });
  });
}

export async function readOp(id: string): Promise<OpRow | null> {
  const row = attempt(opRow, await withCore((db) => db.get("ops", id)));
  return row && opened(row);
}

const rowsOf = (stored: readonly unknown[]): Promise<OpRow[]> =>
  Promise.all(stored.flatMap((value) => attempt(opRow, value) ?? []).map(opened));

/** Rows that can be read, in the order asked; missing and damaged ones are left out. */
export async function readOps(ids: readonly string[]): Promise<OpRow[]> {
  const stored = await withCore((db) => {
    const { store } = heard(db.transaction("ops"));
    return Promise.all(ids.map((id) => store.get(id)));
  });
  return rowsOf(stored);
}

export async function readAllOps(): Promise<OpRow[]> {
  const stored = await withCore((db) => db.getAll("ops"));
  return rowsOf(stored);
}

/** Ops made since then, by the time in their ids, and all without a receipt, however old. */
export async function readOpsSince(since_ms: number): Promise<OpRow[]> {
  const stored = await withCore((db) => {
    const { store } = heard(db.transaction("ops"));
    return store.getAll(IDBKeyRange.lowerBound(idAt(since_ms)));
  });
  const [recent, unsent] = await Promise.all([rowsOf(stored), readUnsent()]);
  const byId = new Map([...unsent, ...recent].map((row) => [row.id, row]));
  return [...byId.values()];
}

/** The ids of everything that lies here, readable or not, and which of them have a receipt. */
export function readHeld(): Promise<{ ids: string[]; answered: ReadonlySet<string> }> {
  return withCore(async (db) => {
    const { store } = heard(db.transaction("ops"));
    const [ids, answered] = await Promise.all([
      store.getAllKeys(),
      store.index("state_author").getAllKeys(inState("acked")),
    ]);
    return { ids, answered: new Set(answered) };
  });
}

/** Ops without a receipt: pending and stuck. */
export async function readUnsent(): Promise<OpRow[]> {
  const stored = await withCore((db) => {
    const index = heard(db.transaction("ops")).store.index("state_author");
    return Promise.all([index.getAll(inState("pending")), index.getAll(inState("stuck"))]);
  });
  return rowsOf(stored.flat());
}

export function countUnsent(author: string | null): Promise<{ all: number; others: number }> {
  return withCore(async (db) => {
    const index = heard(db.transaction("ops")).store.index("state_author");
    const counts = ["pending", "stuck"].map(async (state) => ({
      all: await index.count(inState(state)),
      own: author === null ? 0 : await index.count([state, author]),
    }));
    const [pending, stuck] = await Promise.all(counts);
    const all = (pending?.all ?? 0) + (stuck?.all ?? 0);
    return { all, others: all - (pending?.own ?? 0) - (stuck?.own ?? 0) };
  });
}

export const inState = (state: string) => IDBKeyRange.bound([state], [state, []]);

function withWatchdog(done: Promise<void>, abort: () => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const watchdog = setTimeout(() => {
      quietly(abort);
      reject(new DOMException("the write did not complete in time", "TimeoutError"));
    }, WATCHDOG_MS);
    done.then(resolve, reject).finally(() => clearTimeout(watchdog));
  });
}

function quietly(work: () => void): void {
  try {
    work();
  } catch {
    // Aborting a transaction that is already over.
  }
}
