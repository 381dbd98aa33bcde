// @vitest-environment node
import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import { beforeEach, describe, expect, it, vi } from "vitest";
import {
  deletePhotos,
  keepPhoto,
  letGo,
  markNamed,
  markOffset,
  markSent,
  markWanted,
  NotKept,
  readPhoto,
  removeUnsent,
  sha256Of,
} from "./blobs";
import { closeAll, withBlobs } from "./db";
import { photos, readPhotos, unsentPhotos } from "./photos";

const bytesOf = (size: number, seed = 1) =>
  Uint8Array.from({ length: size }, (_, n) => (n * 31 + seed * 17 + (n >> 8)) & 0xff).buffer;
const state = async () => (await readPhotos()).map(({ state: one }) => one);

beforeEach(async () => {
  vi.restoreAllMocks();
  await closeAll();
  globalThis.indexedDB = new IDBFactory();
  photos.value = new Map();
});

describe("a photo on the phone", () => {
  it("lies there as ArrayBuffer chunks, and comes back byte for byte", async () => {
    const bytes = bytesOf(700_000);
    const { sha256 } = await keepPhoto(bytes, "image/jpeg", "d-1");
    expect(sha256).toBe(await sha256Of(bytes));
    const chunks = await withBlobs((db) => db.getAll("chunks"));
    expect(chunks.map((one) => one instanceof ArrayBuffer && one.byteLength)).toEqual([
      262_144, 262_144, 175_712,
    ]);
    await closeAll();
    expect(new Uint8Array((await readPhoto(sha256)) ?? new ArrayBuffer())).toEqual(new Uint8Array(bytes));
  });

  it("is kept in a strict transaction", async () => {
    const opened = vi.spyOn(IDBDatabase.prototype, "transaction");
    await keepPhoto(bytesOf(10), "image/jpeg", "d-1");
    const writes = opened.mock.results
      .map(({ value }) => value as IDBTransaction)
      .filter(({ mode }) => mode === "readwrite");
    expect(writes.map(({ durability }) => durability)).toEqual(["strict"]);
  });

  it("that reads back as something else is not called kept, nor read", async () => {
    const { sha256 } = await keepPhoto(bytesOf(600_000), "image/jpeg", "d-1");
    await withBlobs((db) => db.put("chunks", bytesOf(262_144, 9), [sha256, 1]));
    expect(await readPhoto(sha256)).toBeNull();
    const put = IDBObjectStore.prototype.put;
    vi.spyOn(IDBObjectStore.prototype, "put").mockImplementation(function (this: IDBObjectStore, value, key) {
      return put.call(this, this.name === "chunks" ? bytesOf(5, 7) : value, key);
    });
    await expect(keepPhoto(bytesOf(300, 2), "image/jpeg", "d-1")).rejects.toBeInstanceOf(NotKept);
  });

  it("goes with the last form that shows it, unless an op names it", async () => {
    const { sha256 } = await keepPhoto(bytesOf(10), "image/jpeg", "d-1");
    await keepPhoto(bytesOf(10), "image/jpeg", "d-2");
    await letGo("d-1", [sha256]);
    expect(await state()).toEqual(["kept"]);
    await markNamed([sha256], "d-2");
    await letGo("d-2", [sha256]);
    expect(await state()).toEqual(["waiting"]);
    const other = await keepPhoto(bytesOf(10, 2), "image/jpeg", "d-3");
    await letGo("d-3", [other.sha256]);
    expect(await readPhoto(other.sha256)).toBeNull();
    expect(await readPhoto(sha256)).not.toBeNull();
  });

  it("goes before it is sent where its host says so, and only then", async () => {
    const { sha256 } = await keepPhoto(bytesOf(10), "image/jpeg", "d-1");
    await markNamed([sha256], "d-1");
    await removeUnsent(sha256);
    expect([await state(), await readPhoto(sha256)]).toEqual([[], null]);
    await keepPhoto(bytesOf(10), "image/jpeg", "d-1");
    await markSent(sha256);
    await removeUnsent(sha256);
    expect(await state()).toEqual(["sent"]);
  });

  it("is never deleted while it waits to be sent", async () => {
    const { sha256 } = await keepPhoto(bytesOf(10), "image/jpeg", "d-1");
    await markNamed([sha256], "d-1");
    expect(unsentPhotos.value).toBe(1);
    await deletePhotos([sha256]);
    expect(await state()).toEqual(["waiting"]);
    await markOffset(sha256, 4);
    expect((await readPhotos())[0]?.offset).toBe(4);
    await markSent(sha256);
    expect([await state(), unsentPhotos.value]).toEqual([["sent"], 0]);
    await markWanted([sha256]);
    expect(await readPhotos()).toMatchObject([{ state: "waiting", offset: 0 }]);
    await markSent(sha256);
    await deletePhotos([sha256]);
    expect([await state(), await withBlobs((db) => db.count("chunks"))]).toEqual([[], 0]);
  });
});

describe("a phone whose databases are of the build before photos", () => {
  it("gets a database more, and the old ones stay as they are", async () => {
    const names = async () => (await indexedDB.databases()).map(({ name, version }) => `${name} ${version}`);
    await new Promise<void>((resolve, reject) => {
      const opening = indexedDB.open("lykta-core", 7);
      opening.onupgradeneeded = () => opening.result.createObjectStore("ops", { keyPath: "id" });
      opening.onsuccess = () => resolve(opening.result.close());
      opening.onerror = () => reject(opening.error);
    });
    await keepPhoto(bytesOf(10), "image/jpeg", "d-1");
    expect((await names()).sort()).toEqual(["lykta-blobs 1", "lykta-core 7"]);
  });
});
