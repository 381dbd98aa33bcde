/** The ops table: writing one sealed op in one strict transaction, reading, counting, marking, dropping. */
import type { IDBPTransaction } from "idb";
import { attempt } from "../parse";
import { type Core, type CoreSchema, withCore } from "./db";
import { install as installParser } from "./meta";
import { newRow, type OpRow, opRow, type Receipt, type SealedOp } from "./rows";

const WATCHDOG_MS = 5_000;
const KEEP_ACKED_MS = 14 * 24 * 3_600_000;

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
export function storeOp(storing: Storing): Promise<OpRow> {
  return withCore((db) => storeOnce(db, storing));
}

async function storeOnce(db: Core, storing: Storing): Promise<OpRow> {
  const tx = db.transaction(["ops", "meta", "drafts"], "readwrite", { durability: "strict" });
  const finished = withWatchdog(tx.done, () => tx.abort());
  const steps = storeSteps(tx, storing).then(async (row) => {
    await finished;
    return row;
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

type StoringTx = IDBPTransaction<CoreSchema, ("ops" | "meta" | "drafts")[], "readwrite">;

async function storeSteps(tx: StoringTx, { op, opsInShift, over, lastId }: Storing): Promise<OpRow> {
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
    const tx = db.transaction(["ops", "meta"]);
    const install = attempt(installParser, await tx.objectStore("meta").get("install"));
    return install ? countIn(tx.objectStore("ops"), install.id, shift) : 0;
  });
}

const freshInstall = () => ({ id: crypto.randomUUID(), next_seq: 1 });

/** The install of this profile, made on first use. */
export function ensureInstall(): Promise<{ id: string; next_seq: number }> {
  return withCore(async (db) => {
    const tx = db.transaction("meta", "readwrite", { durability: "strict" });
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
    const tx = db.transaction("meta", "readwrite", { durability: "strict" });
    const held = attempt(installParser, await tx.store.get("install"));
    const next = held && held.id !== old ? held : freshInstall();
    if (next !== held) await tx.store.put(next, "install");
    await tx.done;
    return next.id;
  });
}

export async function readOp(id: string): Promise<OpRow | null> {
  return attempt(opRow, await withCore((db) => db.get("ops", id)));
}

/** Rows that can be read, in the order asked; missing and damaged ones are left out. */
export async function readOps(ids: readonly string[]): Promise<OpRow[]> {
  const stored = await withCore((db) => {
    const { store } = db.transaction("ops");
    return Promise.all(ids.map((id) => store.get(id)));
  });
  return stored.flatMap((value) => attempt(opRow, value) ?? []);
}

export async function readAllOps(): Promise<OpRow[]> {
  const stored = await withCore((db) => db.getAll("ops"));
  return stored.flatMap((value) => attempt(opRow, value) ?? []);
}

/** Ops without a receipt: pending and stuck. */
export async function readUnsent(): Promise<OpRow[]> {
  const stored = await withCore((db) => {
    const index = db.transaction("ops").store.index("state_author");
    return Promise.all([index.getAll(inState("pending")), index.getAll(inState("stuck"))]);
  });
  return stored.flat().flatMap((value) => attempt(opRow, value) ?? []);
}

export function countUnsent(author: string | null): Promise<{ all: number; others: number }> {
  return withCore(async (db) => {
    const index = db.transaction("ops").store.index("state_author");
    const counts = ["pending", "stuck"].map(async (state) => ({
      all: await index.count(inState(state)),
      own: author === null ? 0 : await index.count([state, author]),
    }));
    const [pending, stuck] = await Promise.all(counts);
    const all = (pending?.all ?? 0) + (stuck?.all ?? 0);
    return { all, others: all - (pending?.own ?? 0) - (stuck?.own ?? 0) };
  });
}

const inState = (state: string) => IDBKeyRange.bound([state], [state, []]);

/** Changes rows in one strict transaction; `change` returns null to leave a row. Gives the ids that changed. */
async function change(
  pick: (db: Core) => Promise<readonly string[]>,
  turn: (row: OpRow) => OpRow | null,
): Promise<string[]> {
  return withCore(async (db) => {
    const ids = await pick(db);
    if (ids.length === 0) return [];
    const tx = db.transaction("ops", "readwrite", { durability: "strict" });
    const changed: string[] = [];
    for (const id of ids) {
      const row = attempt(opRow, await tx.store.get(id));
      const turned = row && turn(row);
      if (turned) {
        await tx.store.put(turned);
        changed.push(id);
      }
    }
    await tx.done;
    return changed;
  });
}

export interface Answered {
  id: string;
  hash: string;
  receipt: Receipt;
}

/** I1: a row leaves the outbox only on a receipt for its very id and hash. */
export function markAnswered(answers: readonly Answered[]): Promise<string[]> {
  const byId = new Map(answers.map((answer) => [answer.id, answer]));
  return change(
    async () => [...byId.keys()],
    (row) => {
      const answer = byId.get(row.id);
      if (!answer || answer.hash !== row.hash) return null;
      return {
        ...row,
        state: "acked",
        receipt: answer.receipt,
        why: null,
        stuck_ms: null,
        stuck_build: null,
      };
    },
  );
}

export function markStuck(id: string, why: string, at_ms: number, build: string): Promise<string[]> {
  return change(
    async () => [id],
    (row) =>
      row.state === "acked" ? null : { ...row, state: "stuck", why, stuck_ms: at_ms, stuck_build: build },
  );
}

export function markPending(ids: readonly string[]): Promise<string[]> {
  return change(
    async () => ids,
    (row) => (row.state === "pending" ? null : { ...row, state: "pending" }),
  );
}

/** Every retained op whose receipt is of another incarnation of the server's database goes out again. */
export function reofferEpoch(epoch: string): Promise<string[]> {
  return change(
    (db) => db.getAllKeysFromIndex("ops", "state_author", inState("acked")),
    (row) => (row.receipt?.epoch === epoch ? null : { ...row, state: "pending" }),
  );
}

/** Ops of `install` that the server says it never saw, where they are still held. */
export function reofferSeqs(
  install: string,
  ranges: readonly (readonly [number, number])[],
): Promise<string[]> {
  return change(
    async (db) => {
      const keys = ranges.map(([from, to]) =>
        db.getAllKeysFromIndex("ops", "install_seq", IDBKeyRange.bound([install, from], [install, to])),
      );
      return (await Promise.all(keys)).flat();
    },
    (row) => (row.state === "acked" ? { ...row, state: "pending" } : null),
  );
}

/** An op once set aside shows up among what was pulled: it has been applied after all. */
export function markReleased(ids: readonly string[]): Promise<string[]> {
  return change(
    async () => ids,
    (row) => {
      const { receipt } = row;
      // A conflict stays: what was pulled under this id is the other one.
      if (receipt?.status !== "quarantined" || receipt.why === "conflict") return null;
      return { ...row, receipt: { ...receipt, status: "applied", why: null } };
    },
  );
}

/** I11: an answered op stays 14 days by the server's own clock, and until a verified backup covers it. */
export async function dropOld({
  server_time,
  durable_seq,
}: {
  server_time: string;
  durable_seq: number | null;
}) {
  const now_ms = Date.parse(server_time);
  const isOld = ({ state, receipt }: OpRow) =>
    state === "acked" &&
    receipt !== null &&
    now_ms - Date.parse(receipt.received_at) > KEEP_ACKED_MS &&
    (durable_seq === null || receipt.seq <= durable_seq);
  return withCore(async (db) => {
    const tx = db.transaction("ops", "readwrite");
    const dropped: string[] = [];
    for (const value of await tx.store.index("state_author").getAll(inState("acked"))) {
      const row = attempt(opRow, value);
      if (!row || !isOld(row)) continue;
      await tx.store.delete(row.id);
      dropped.push(row.id);
    }
    await tx.done;
    return dropped;
  });
}

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
