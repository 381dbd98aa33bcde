/** What becomes of a saved op: answered, stuck, offered again, and dropped when it is old. Its sealed bytes stay. */
import { attempt } from "../parse";
import { type Core, whole, withCore } from "./db";
import { inState } from "./ops";
import { type OpRow, opRow, type Receipt } from "./rows";

const KEEP_ACKED_MS = 14 * 24 * 3_600_000;

/** Changes rows in one strict transaction; `change` returns null to leave a row. Gives the ids that changed. */
async function change(
  pick: (db: Core) => Promise<readonly string[]>,
  turn: (row: OpRow) => OpRow | null,
): Promise<string[]> {
  return withCore(async (db) => {
    const ids = await pick(db);
    if (ids.length === 0) return [];
    const tx = db.transaction("ops", "readwrite", { durability: "strict" });
    return whole(tx, async () => {
      const changed: string[] = [];
      for (const id of ids) {
        const row = attempt(opRow, await tx.store.get(id));
        const turned = row && turn(row);
        if (!turned) continue;
        await tx.store.put(turned);
        changed.push(id);
      }
      return changed;
    });
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

/** Every retained op whose receipt is of another incarnation of the server's database goes out again. */
export function reofferEpoch(epoch: string): Promise<string[]> {
  return change(
    (db) => db.getAllKeysFromIndex("ops", "state_author", inState("acked")),
    (row) => (row.receipt?.epoch === epoch ? null : { ...row, state: "pending" }),
  );
}

/** What the server lacks goes out again; all else that has a receipt is known to be there in `epoch`. */
export function markChecked(epoch: string, lost: readonly string[]): Promise<string[]> {
  const isLost = new Set(lost);
  return change(
    async (db) => {
      const rows = await db.getAllFromIndex("ops", "state_author", inState("acked"));
      const held = rows.flatMap((value) => attempt(opRow, value) ?? []);
      return held.filter(({ id, receipt }) => isLost.has(id) || receipt?.epoch !== epoch).map(({ id }) => id);
    },
    (row) => {
      if (row.state !== "acked") return null;
      if (isLost.has(row.id)) return { ...row, state: "pending" };
      return row.receipt && { ...row, receipt: { ...row.receipt, epoch } };
    },
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

/**
 * I11: an answered op stays 14 days by the server's own clock, and until a verified backup covers it. What was answered
 * in another epoch stays until it is known to be in this one: the numbers of this one say nothing of it.
 */
export async function dropOld({
  epoch,
  server_time,
  durable_seq,
}: {
  epoch: string;
  server_time: string;
  durable_seq: number | null;
}) {
  const now_ms = Date.parse(server_time);
  const isOld = ({ state, receipt }: OpRow) =>
    state === "acked" &&
    receipt !== null &&
    receipt.epoch === epoch &&
    now_ms - Date.parse(receipt.received_at) > KEEP_ACKED_MS &&
    (durable_seq === null || receipt.seq <= durable_seq);
  return withCore(async (db) => {
    const tx = db.transaction("ops", "readwrite");
    return whole(tx, async () => {
      const rows = await tx.store.index("state_author").getAll(inState("acked"));
      const old = rows.flatMap((value) => attempt(opRow, value) ?? []).filter(isOld);
      for (const { id } of old) await tx.store.delete(id);
      return old.map(({ id }) => id);
    });
  });
}
