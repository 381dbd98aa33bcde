import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { add, newId } from "../outbox";
import { aCheckin, freshPhone } from "../outbox/testing";
import { listBasemaps, saveBasemap } from "./basemaps";
import { applyPage, readCursor, readRecords } from "./cache";
import { closeAll, withCore } from "./db";
import { acknowledgeLoss, checkStorage, isFreshStore, measureStorage, noteLoss } from "./health";
import { ensureInstall, mintInstall, readAllOps } from "./ops";
import { health, noHealth, storageHealth } from "./state";
import { tryWriting } from "./trial";

beforeEach(freshPhone);
afterEach(() => vi.unstubAllGlobals());

const checkin = () =>
  add({ id: newId(), type: "checkin.create", shift: "s1", position: null, data: aCheckin() });
const full = () => new DOMException("full", "QuotaExceededError");

/** A new page of the same phone. */
async function opensAgain(): Promise<void> {
  await closeAll();
  storageHealth.value = noHealth();
}

async function isEmptied(): Promise<void> {
  await closeAll();
  await new Promise((resolve) => {
    indexedDB.deleteDatabase("lykta-core").onsuccess = resolve;
  });
}

describe("a store that was emptied", () => {
  it("is told at every start until somebody has read it", async () => {
    await checkStorage();
    await isEmptied();
    for (let start = 0; start < 2; start++) {
      await opensAgain();
      expect(await checkStorage()).toBe(true);
      expect(storageHealth.value.problem).toBe("lost");
    }
    await acknowledgeLoss();
    await opensAgain();
    expect(await checkStorage()).toBe(false);
    expect(storageHealth.value.problem).toBeNull();
  });

  it("is noticed by a page that knew it, though the marker beside it went too", async () => {
    await checkStorage();
    await isEmptied();
    localStorage.clear();
    expect(await checkStorage()).toBe(true);
  });

  it("is noticed by the server's word alone", async () => {
    await checkStorage();
    noteLoss({ install: "before", pending: 3, seen_at: "2026-11-20T20:00:00.000Z" });
    expect(storageHealth.value.lost?.heard).toEqual({ pending: 3, at: "2026-11-20T20:00:00.000Z" });
    await opensAgain();
    expect(await checkStorage()).toBe(true);
  });

  it("is no fork: the new install of one lies beside all that was held", async () => {
    await checkStorage();
    const { id } = await ensureInstall();
    expect(await isFreshStore(id)).toBe(true);
    const next = await mintInstall(id);
    expect(await isFreshStore(next)).toBe(false);
    expect(await checkStorage()).toBe(false);
    await opensAgain();
    expect(await checkStorage()).toBe(false);
  });
});

describe("a full phone", () => {
  const record = (kind: string, id: string) => ({ kind, id, deleted: false, value: { id, name: id } });
  const map = {
    id: "m",
    name: "Stan",
    kind: "pmtiles",
    size: 9,
    sha256: "x",
    attribution: "",
  } as const;

  /** Ops find room only when rows of this store have gone. */
  function holdsUntilGone(store: "chunks" | "records"): void {
    const { put, clear, delete: remove } = IDBObjectStore.prototype;
    let hasRoom = false;
    const note = (from: IDBObjectStore) => {
      if (from.name !== store) return;
      from.transaction.addEventListener("complete", () => {
        hasRoom = true;
      });
    };
    vi.spyOn(IDBObjectStore.prototype, "put").mockImplementation(function (this: IDBObjectStore, ...args) {
      if (this.name === "ops" && !hasRoom) throw full();
      return put.apply(this, args);
    });
    vi.spyOn(IDBObjectStore.prototype, "clear").mockImplementation(function (this: IDBObjectStore) {
      note(this);
      return clear.call(this);
    });
    vi.spyOn(IDBObjectStore.prototype, "delete").mockImplementation(function (this: IDBObjectStore, key) {
      note(this);
      return remove.call(this, key);
    });
  }

  beforeEach(async () => {
    await saveBasemap(map, new ArrayBuffer(9));
    await applyPage(null, [record("place", "p1"), record("observation", "o1")], "c1");
  });

  it("gives up maps first, and nothing else when that is enough", async () => {
    holdsUntilGone("chunks");
    const saved = await checkin();
    expect((await readAllOps()).map(({ id }) => id)).toEqual([saved.id]);
    expect(storageHealth.value.problem).toBe("full");
    expect([await listBasemaps(), await readCursor(), (await readRecords()).length]).toEqual([[], "c1", 2]);
    expect(localStorage.getItem("lykta.journal")).toBeNull();
  });

  it("then what was pulled, but never what forms are made of", async () => {
    holdsUntilGone("records");
    await checkin();
    expect((await readRecords()).map(({ kind }) => kind)).toEqual(["place"]);
    expect(await readAllOps()).toHaveLength(1);
  });

  it("is well again when a trial write goes through", async () => {
    health({ problem: "full" });
    vi.spyOn(IDBObjectStore.prototype, "put").mockImplementationOnce(() => {
      throw full();
    });
    await tryWriting();
    expect(storageHealth.value).toMatchObject({ canWrite: false, problem: "full" });
    await tryWriting();
    expect(storageHealth.value).toMatchObject({ canWrite: true, problem: null });
  });
});

it("says what this phone promises, and whether its spare store can be used", async () => {
  await measureStorage();
  expect(storageHealth.value).toMatchObject({ canJournal: true, isIosTab: false });
  vi.stubGlobal("localStorage", {
    setItem: () => {
      throw full();
    },
  });
  await measureStorage();
  expect(storageHealth.value.canJournal).toBe(false);
  expect(await withCore(async () => true)).toBe(true);
});
