/**
 * Seals what lies open, or opens what lies sealed, row by row: after a lock was put on, while it is taken away, and
 * after every unlocking, for what an older page left. A row is replaced in one transaction by a form that was opened
 * and compared first, so that there is no moment at which it lies in neither; one that has changed meanwhile is left
 * for the next round. Cut short anywhere, it goes on where it was.
 */
import { attempt } from "../parse";
import { chunkName } from "./blobs";
import { keptRecord, openedRecord, type RecordRow, recordRow } from "./cache";
import { whole, withBlobs, withCache, withCore } from "./db";
import { keptDraft, openedDraft } from "./drafts";
import { keptHeld } from "./held";
import { readJournal, rewriteJournaled } from "./journal";
import { draftRow, isShut, kept, type OpRow, opened, opRow } from "./rows";
import { isSealed, isSealedBytes, openPhoto, sealPhoto } from "./vault";

/** A form could not be turned, or did not read back: it lies as it lay. */
export class NotTurned extends Error {
  override name = "NotTurned";
}

type Way = "seal" | "open";
const BATCH = 50;
const STRICT = { durability: "strict" } as const;

/** True when nothing is left to turn. Raises what the databases raise, and NotTurned. */
export async function sweep(way: Way): Promise<boolean> {
  const left = [await sweepOps(way), await sweepDrafts(way), await sweepRecords(way), await sweepPhotos(way)];
  return (await sweepJournal(way)) + left.reduce((sum, n) => sum + n, 0) === 0;
}

const inBatches = <T>(all: readonly T[]): T[][] =>
  Array.from({ length: Math.ceil(all.length / BATCH) }, (_, n) => all.slice(n * BATCH, (n + 1) * BATCH));

async function sweepOps(way: Way): Promise<number> {
  const rows = (await withCore((db) => db.getAll("ops"))).flatMap((value) => attempt(opRow, value) ?? []);
  const due = rows.filter((row) => isShut(row) === (way === "open"));
  for (const batch of inBatches(due)) await replaceOps(await Promise.all(batch.map(turnedOp(way))));
  const after = (await withCore((db) => db.getAll("ops"))).flatMap((value) => attempt(opRow, value) ?? []);
  return after.filter((row) => isShut(row) === (way === "open")).length;
}

const turnedOp =
  (way: Way) =>
  async (row: OpRow): Promise<{ from: OpRow; to: OpRow }> => {
    const to = way === "seal" ? await kept(row) : { ...(await opened(row)), escrow: null };
    const back = way === "seal" ? await opened(to) : to;
    if (isShut(to) === (way === "open") || isShut(back) || (way === "seal" && back.body !== row.body))
      throw new NotTurned(row.id);
    return { from: row, to };
  };

/** The state and receipt that a row has by then stay; only its body is turned. */
async function replaceOps(pairs: readonly { from: OpRow; to: OpRow }[]): Promise<void> {
  await withCore(async (db) => {
    const tx = db.transaction("ops", "readwrite", STRICT);
    await whole(tx, async () => {
      for (const { from, to } of pairs) {
        const now = attempt(opRow, await tx.store.get(from.id));
        if (now?.body === from.body) await tx.store.put({ ...now, body: to.body, escrow: to.escrow });
      }
    });
  });
}

type FormRow = ReturnType<typeof draftRow>;

const isWhole = (row: FormRow, way: Way): boolean =>
  (row.fields === null || isSealed(row.fields) === (way === "seal")) &&
  (row.held === null || isShut(row.held.op) === (way === "seal"));

async function turnedForm(row: FormRow, way: Way): Promise<FormRow | null> {
  const { held } = row;
  if (way === "seal") return held ? keptHeld({ ...row, held }) : { ...(await keptDraft(row)), held };
  const form = await openedDraft(row);
  return form && { ...form, held: held && { ...held, op: { ...(await opened(held.op)), escrow: null } } };
}

async function sweepDrafts(way: Way): Promise<number> {
  const read = async () =>
    (await withCore((db) => db.getAll("drafts")))
      .flatMap((value) => attempt(draftRow, value) ?? [])
      .filter((row) => !isWhole(row, way));
  for (const from of await read()) {
    const to = await turnedForm(from, way);
    const back = to && (await turnedForm(to, "open"));
    const open = await turnedForm(from, "open");
    if (!to || !isWhole(to, way) || words(back) !== words(open)) throw new NotTurned(from.id);
    await replaceDraft(from, to);
  }
  return (await read()).length;
}

const words = (row: FormRow | null) => JSON.stringify([row?.fields, row?.held?.op.body]);

async function replaceDraft(from: FormRow, to: FormRow): Promise<void> {
  await withCore(async (db) => {
    const tx = db.transaction("drafts", "readwrite", STRICT);
    await whole(tx, async () => {
      const now = attempt(draftRow, await tx.store.get(from.id));
      if (JSON.stringify(now) === JSON.stringify(from)) await tx.store.put(to);
    });
  });
}

/** What cannot be turned of these is dropped by nobody: it is pulled again when the cursor is forgotten. */
async function sweepRecords(way: Way): Promise<number> {
  const read = async () => {
    const rows = (await withCache((db) => db.getAll("records"))).flatMap(
      (value) => attempt(recordRow, value) ?? [],
    );
    if (way === "open") return rows.filter(({ value }) => isSealed(value));
    const open = rows.filter(({ value }) => !isSealed(value));
    const sealed = await Promise.all(open.map(keptRecord));
    return open.filter((row, n) => sealed[n] !== row);
  };
  for (const batch of inBatches(await read())) {
    const turned = await Promise.all(
      batch.map(async (from) => ({
        from,
        to: way === "seal" ? await keptRecord(from) : await openedRecord(from),
      })),
    );
    await replaceRecords(turned.flatMap(({ from, to }) => (to ? [{ from, to }] : [])));
  }
  return (await read()).length;
}

async function replaceRecords(pairs: readonly { from: RecordRow; to: RecordRow }[]): Promise<void> {
  await withCache(async (db) => {
    const tx = db.transaction("records", "readwrite");
    await whole(tx, async () => {
      for (const { from, to } of pairs) {
        const key: [string, string] = [from.kind, from.id];
        const now = attempt(recordRow, await tx.store.get(key));
        if (JSON.stringify(now) === JSON.stringify(from)) await tx.store.put(to, key);
      }
    });
  });
}

const isDue = (way: Way, chunk: unknown): boolean =>
  way === "seal" ? chunk instanceof ArrayBuffer : isSealedBytes(chunk);

/** Chunk by chunk: a whole evening's photos do not lie in memory at once. */
async function sweepPhotos(way: Way): Promise<number> {
  let left = 0;
  for (const key of await withBlobs((db) => db.getAllKeys("chunks"))) {
    const [sha256, n] = key;
    const of = chunkName(sha256, n);
    const from = await withBlobs((db) => db.get("chunks", key));
    if (!isDue(way, from)) continue;
    const plain = await openPhoto(from, of);
    if (plain === null) throw new NotTurned(of);
    const to = way === "seal" ? await sealPhoto(plain, of) : plain;
    const back = await openPhoto(to, of);
    if (back === null || !same(back, plain)) throw new NotTurned(of);
    await withBlobs(async (db) => {
      const tx = db.transaction("chunks", "readwrite", STRICT);
      // A photo is named by its bytes: what is there under this key is this one, or it is gone.
      await whole(tx, async () => {
        if ((await tx.store.get(key)) !== undefined) await tx.store.put(to, key);
      });
    });
    left += isDue(way, await withBlobs((db) => db.get("chunks", key))) ? 1 : 0;
  }
  return left;
}

function same(one: ArrayBuffer, other: ArrayBuffer): boolean {
  const [a, b] = [new Uint8Array(one), new Uint8Array(other)];
  return a.length === b.length && a.every((byte, n) => byte === b[n]);
}

async function sweepJournal(way: Way): Promise<number> {
  for (const op of readJournal().filter((one) => isShut(one) === (way === "open"))) {
    const to = way === "seal" ? await kept(op) : { ...(await opened(op)), escrow: null };
    if (isShut(to) !== (way === "open")) rewriteJournaled(op, to);
  }
  return readJournal().filter((one) => isShut(one) === (way === "open")).length;
}
