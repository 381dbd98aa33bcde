/**
 * What this app asks of a browser's databases, each asked by the app's own code and in a browser of its own. No part
 * of the app: `scripts/conformance.mjs` bundles it for a test to run in Chromium and in WebKit.
 */

import { readBasemap, saveBasemap } from "./basemaps";
import { keepPhoto, readPhoto } from "./blobs";
import { applyPage, readCursor, readRecords } from "./cache";
import { closeAll, withBlobs, withCache, withCore } from "./db";
import { putDraft, readDrafts } from "./drafts";
import { checkStorage } from "./health";
import { canJournal, forgetJournaled, journalOp, readJournal } from "./journal";
import { readAllOps, readOp, restoreRows, storeOp } from "./ops";
import type { SealedOp } from "./rows";
import { storageHealth } from "./state";
import { tryWriting } from "./trial";

const MAP_BYTES = 5_000_000;
const PHOTO_BYTES = 700_000;

const op = (id: string): SealedOp => ({
  id,
  type: "checkin.create",
  v: 1,
  author: "u",
  shift: "s",
  hash: `sha256:${id}`,
  body: `{"salt":"${id}","text":"åäö ✓"}`,
});

function same(found: unknown, wanted: unknown): void {
  const [is, must] = [found, wanted].map((value) => JSON.stringify(value));
  if (is !== must) throw new Error(`${is} instead of ${must}`);
}

async function fails(work: () => Promise<unknown>): Promise<void> {
  const failed = await work().then(
    () => false,
    () => true,
  );
  if (!failed) throw new Error("went through");
}

/** Whether a Blob can be kept. WebKit refuses where it thinks itself private, which is why the app keeps none. */
async function keepsBlobs(): Promise<boolean> {
  const blob = new Blob(["bytes"], { type: "image/jpeg" });
  return withCache(async (db) => {
    const tx = db.transaction("chunks", "readwrite");
    const [put] = await Promise.allSettled([tx.store.put(blob, ["blob", 0]), tx.done]);
    return put.status === "fulfilled";
  });
}

const ASKED: Record<string, () => Promise<void>> = {
  "a transaction can be strict": () =>
    withCore(async (db) => {
      const tx = db.transaction("meta", "readwrite", { durability: "strict" });
      same(tx.durability, "strict");
      await tx.done;
    }),
  "an op comes back as it was written": async () => {
    await storeOp({ op: op("a"), lastId: "a" });
    same((await readOp("a"))?.body, op("a").body);
  },
  "the same id is one op, and numbers have no holes": async () => {
    await Promise.all(["b", "c", "b", "d"].map((id) => storeOp({ op: op(id), lastId: id })));
    same((await readAllOps()).map(({ seq }) => seq).sort(), [1, 2, 3, 4]);
  },
  "a draft goes with its op, in one transaction": async () => {
    const at = "2026-11-20T20:00:00.000Z";
    await putDraft({
      id: "e",
      form: "checkin",
      author: "u",
      shift: "s",
      at,
      updatedAt: at,
      fields: { n: 1 },
    });
    same((await readDrafts("u")).length, 1);
    await storeOp({ op: op("e"), lastId: "e" });
    same((await readDrafts("u")).length, 0);
  },
  "bytes come back whole, in chunks that are no Blobs": async () => {
    const bytes = new Uint8Array(MAP_BYTES).map((_, n) => n % 251);
    const map = {
      id: "m",
      name: "M",
      kind: "pmtiles",
      size: MAP_BYTES,
      sha256: "x",
      attribution: "",
    } as const;
    await saveBasemap(map, bytes.buffer);
    const read = new Uint8Array((await readBasemap("m")) ?? new ArrayBuffer(0));
    same([read.length, read.every((byte, n) => byte === n % 251)], [MAP_BYTES, true]);
  },
  "a photo comes back whole, in chunks that are no Blobs": async () => {
    const bytes = new Uint8Array(PHOTO_BYTES).map((_, n) => (n * 7) % 253);
    const { sha256 } = await keepPhoto(bytes.buffer, "image/jpeg", "d");
    await closeAll();
    const kept = await withBlobs((db) => db.getAll("chunks"));
    same(
      kept.every((one) => one instanceof ArrayBuffer),
      true,
    );
    const read = new Uint8Array((await readPhoto(sha256)) ?? new ArrayBuffer(0));
    same([read.length, read.every((byte, n) => byte === (n * 7) % 253)], [PHOTO_BYTES, true]);
  },
  "a refused Blob harms nothing beside it": async () => {
    const isKept = await keepsBlobs();
    same([(await readOp("a"))?.hash, (await readBasemap("m"))?.byteLength], ["sha256:a", MAP_BYTES]);
    if (isKept) await withCache((db) => db.delete("chunks", ["blob", 0]));
  },
  "what fails half-way leaves nothing": async () => {
    const page = (value: unknown) => [{ kind: "place", id: "p", deleted: false, value }];
    await fails(() => applyPage(null, [...page({}), ...page(() => undefined)], "c1"));
    same([await readCursor(), (await readRecords()).length], [null, 0]);
    same(await applyPage(null, page({}), "c1"), true);
  },
  "a closed database opens again with all in it": async () => {
    await closeAll();
    same((await readAllOps()).length, 5);
  },
  "a megabyte can be written": async () => {
    await tryWriting();
    same(storageHealth.value.canWrite, true);
  },
  "the journal holds an op": async () => {
    same([canJournal(), journalOp(op("j")), readJournal().length], [true, true, 1]);
    forgetJournaled(["j"]);
  },
  "an emptied database is noticed, and takes back what a page still has": async () => {
    const rows = await readAllOps();
    same(await checkStorage(), false);
    await closeAll();
    await new Promise((resolve, reject) => {
      const asked = indexedDB.deleteDatabase("lykta-core");
      asked.onsuccess = resolve;
      asked.onerror = reject;
      asked.onblocked = reject;
    });
    same(await checkStorage(), true);
    await restoreRows(rows);
    same(await readAllOps(), rows);
  },
};

/** Each demand with what went wrong; empty where nothing did. In order: one builds on the other. */
export async function conform(): Promise<Record<string, string>> {
  const told: Record<string, string> = {};
  for (const [demand, ask] of Object.entries(ASKED))
    told[demand] = await ask().then(
      () => "",
      (error: unknown) => String(error),
    );
  return told;
}

export { keepsBlobs };
