import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { withCore } from "../store/db";
import { markAnswered } from "../store/marks";
import { mintInstall, readAllOps, readOp, storeOp } from "../store/ops";
import { me, ownOps, storageHealth, unsentCount, unsentOthers } from "../store/state";
import { saveMe } from "../store/view";
import { add, type Draft, drafts, loadDrafts, newId, SaveError, saveDraft } from ".";
import { hashOf, seal } from "./seal";
import { mergeJournal } from "./start";
import { aCheckin, alva, cim, freshPhone, restart } from "./testing";

beforeEach(freshPhone);
afterEach(() => vi.unstubAllGlobals());

const checkin = (id = newId(), note: string | null = null) =>
  add({ id, type: "checkin.create", shift: "s1", position: null, data: aCheckin(note) });

const storeNames = (names: string | Iterable<string>) => (typeof names === "string" ? [names] : [...names]);

describe("saving an op", () => {
  it("uses a strict transaction over ops, meta and drafts", async () => {
    const opened = vi.spyOn(IDBDatabase.prototype, "transaction");
    const saved = await checkin();
    const writes = opened.mock.results
      .map(({ value }) => value as IDBTransaction)
      .filter((tx) => tx.mode === "readwrite" && [...tx.objectStoreNames].includes("ops"));
    expect(writes).toHaveLength(1);
    expect(writes[0]?.durability).toBe("strict");
    expect(storeNames(writes[0]?.objectStoreNames ?? [])).toEqual(["drafts", "meta", "ops"]);
    expect(saved.sync).toEqual({ state: "pending" });
  });

  it("seals salt, time, position and data, and hashes exactly those bytes", async () => {
    const position = { lat: 56.05, lon: 14.57, accuracy_m: 8, age_ms: 400, source: "gnss" as const };
    const data = aCheckin("åäö \ud83d");
    const { id } = await add({ id: newId(), type: "checkin.create", shift: "s1", position, data });
    const row = await readOp(id);
    const body = JSON.parse(row?.body ?? "");
    expect(row?.hash).toBe(await hashOf(row?.body ?? ""));
    expect(body.salt).toMatch(/^[\w-]{22}$/);
    expect(body.at.wall).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}[+-]\d\d:\d\d$/);
    expect(body.position).toEqual(position);
    expect(body.data.note).toBe("åäö \ufffd");
    expect(Object.keys(body)).toEqual(["salt", "at", "position", "data"]);
  });

  it("makes a double tap one op", async () => {
    const id = newId();
    const [first, second] = await Promise.all([checkin(id, "one"), checkin(id, "two")]);
    const third = await checkin(id, "three");
    expect(await readAllOps()).toHaveLength(1);
    expect([first.hash, second.hash, third.hash]).toEqual([first.hash, first.hash, first.hash]);
    expect(unsentCount.value).toBe(1);
  });

  it("makes the same id from two tabs one op, the first", async () => {
    const id = newId();
    const at = { wall: "2026-11-20T20:00:00.000+01:00", mono: 1, page: "p", clock: null };
    const capture = { id, type: "checkin.create", author: alva.id, shift: "s1", position: null, at } as const;
    const ops = await Promise.all(["one", "two"].map((note) => seal({ ...capture, data: aCheckin(note) })));
    const rows = await Promise.all(ops.map((op) => storeOp({ op, lastId: newId() })));
    expect(rows.map(({ hash }) => hash)).toEqual([ops[0]?.hash, ops[0]?.hash]);
    expect((await readAllOps()).map(({ seq }) => seq)).toEqual([1]);
  });

  it("gives client seqs without holes under concurrent adds", async () => {
    await Promise.all(Array.from({ length: 40 }, () => checkin()));
    const seqs = (await readAllOps()).map(({ seq }) => seq).sort((a, b) => a - b);
    expect(seqs).toEqual(Array.from({ length: 40 }, (_, n) => n + 1));
    expect(new Set((await readAllOps()).map(({ install }) => install)).size).toBe(1);
  });

  it("removes the draft with the op, and not before", async () => {
    const id = newId();
    const draft: Draft = {
      id,
      form: "checkin",
      author: alva.id,
      shift: "s1",
      at: "2026-11-20T20:00:00.000Z",
      updatedAt: "2026-11-20T20:00:00.000Z",
      fields: { note: "halv" },
    };
    await saveDraft(draft);
    expect(drafts.value).toEqual([draft]);
    await checkin(id);
    expect(await loadDrafts()).toEqual([]);
  });

  it("keeps everything over a restart", async () => {
    const saved = await checkin(newId(), "kvar");
    await restart();
    expect(me.value).toEqual(alva);
    expect(ownOps.value).toEqual([saved]);
    expect(unsentCount.value).toBe(1);
    await checkin();
    expect((await readAllOps()).map(({ seq }) => seq).sort()).toEqual([1, 2]);
  });

  it("fixes the author at the tap and hides another's unsent ops behind a number", async () => {
    await checkin();
    await saveMe(cim);
    expect(ownOps.value).toEqual([]);
    expect([unsentCount.value, unsentOthers.value]).toEqual([1, 1]);
    const own = await checkin();
    expect(own.author).toBe(cim.id);
    expect([unsentCount.value, unsentOthers.value]).toEqual([2, 1]);
  });

  it("refuses with nobody signed in", async () => {
    me.value = null;
    await expect(checkin()).rejects.toBeInstanceOf(SaveError);
  });

  it("never changes sealed bytes when a receipt comes", async () => {
    const { id, hash } = await checkin();
    const before = (await readOp(id))?.body;
    const receipt = {
      seq: 9,
      received_at: "2026-11-20T20:00:00.000Z",
      status: "applied",
      why: null,
      epoch: "e",
    } as const;
    await markAnswered([{ id, hash: "sha256:other", receipt }]);
    expect((await readOp(id))?.state).toBe("pending");
    await markAnswered([{ id, hash, receipt }]);
    expect(await readOp(id)).toMatchObject({ state: "acked", body: before, hash });
  });
});

describe("shift.end", () => {
  const end = (id = newId()) =>
    add({
      id,
      type: "shift.end",
      shift: "s1",
      position: null,
      data: { ops: 0, summary: null, handover: null },
    });

  it("states how many ops this install made in the shift, itself included", async () => {
    const data = {
      hosts: [alva.id],
      area_id: null,
      transport: null,
      planned_end: null,
      alone_reason: "sjuk",
    };
    await add({ id: "s1", type: "shift.start", shift: null, position: null, data });
    await Promise.all([checkin(), checkin(), checkin()]);
    await add({ id: newId(), type: "checkin.create", shift: "other", position: null, data: aCheckin() });
    const ended = await end();
    expect(ended.data).toMatchObject({ ops: 5 });
  });

  it("counts again when another op gets in between", async () => {
    const [ended] = await Promise.all([end(), checkin(), checkin()]);
    const seqsBefore = (await readAllOps()).filter(({ shift, seq }) => shift === "s1" && seq <= ended.seq);
    expect(ended.data).toMatchObject({ ops: seqsBefore.length });
  });

  it("counts this install only, after a fork", async () => {
    await checkin();
    const old = (await readAllOps())[0]?.install ?? "";
    await mintInstall(old);
    const after = await checkin();
    expect(after.seq).toBe(1);
    expect((await end()).data).toMatchObject({ ops: 2 });
  });
});

describe("when the database fails", () => {
  it("a row that reads back wrongly is not saved", async () => {
    const get = IDBObjectStore.prototype.get;
    vi.spyOn(IDBObjectStore.prototype, "get").mockImplementation(function (this: IDBObjectStore, key) {
      return get.call(this, this.name === "ops" && this.transaction.mode === "readonly" ? "elsewhere" : key);
    });
    const id = newId();
    await expect(checkin(id, "first")).rejects.toBeInstanceOf(SaveError);
    expect(storageHealth.value.problem).toBe("write-failed");
    vi.restoreAllMocks();
    const saved = await checkin(id, "as corrected");
    expect(saved.data).toMatchObject({ note: "as corrected" });
    const rows = await readAllOps();
    expect(rows).toHaveLength(1);
    expect(rows[0]?.seq).toBe(1);
  });

  it("keeps a copy beside it, says so, and brings it home later", async () => {
    const put = vi.spyOn(IDBObjectStore.prototype, "put").mockImplementation(() => {
      throw new DOMException("full", "QuotaExceededError");
    });
    const saved = await checkin(newId(), "i journalen");
    expect(storageHealth.value.problem).toBe("write-failed");
    expect(unsentCount.value).toBe(1);
    expect(ownOps.value.map(({ id }) => id)).toEqual([saved.id]);
    put.mockRestore();
    await mergeJournal();
    expect(await readOp(saved.id)).toMatchObject({ hash: saved.hash, seq: 1, state: "pending" });
    expect(storageHealth.value.problem).toBeNull();
    expect(unsentCount.value).toBe(1);
    expect(localStorage.getItem("lykta.journal")).toBeNull();
  });

  it("shows a journaled op again after a restart", async () => {
    const put = vi.spyOn(IDBObjectStore.prototype, "put").mockImplementation(() => {
      throw new DOMException("full", "QuotaExceededError");
    });
    const saved = await checkin();
    put.mockRestore();
    await restart();
    expect(ownOps.value.map(({ id }) => id)).toEqual([saved.id]);
    expect(unsentCount.value).toBe(1);
  });

  it("says not saved when neither place takes it", async () => {
    vi.spyOn(IDBObjectStore.prototype, "put").mockImplementation(() => {
      throw new DOMException("full", "QuotaExceededError");
    });
    vi.stubGlobal("localStorage", {
      getItem: () => null,
      setItem: () => {
        throw new DOMException("full", "QuotaExceededError");
      },
    });
    const id = newId();
    await saveDraft({
      id,
      form: "checkin",
      author: alva.id,
      shift: null,
      at: "2026-11-20T20:00:00.000Z",
      updatedAt: "2026-11-20T20:00:00.000Z",
      fields: {},
    }).catch(() => undefined);
    await expect(checkin(id)).rejects.toBeInstanceOf(SaveError);
    expect(unsentCount.value).toBe(0);
  });

  it("opens anew when the connection was lost, and saves once", async () => {
    await checkin();
    const transaction = IDBDatabase.prototype.transaction;
    let broken = 2;
    vi.spyOn(IDBDatabase.prototype, "transaction").mockImplementation(function (this: IDBDatabase, ...args) {
      if (broken-- > 0) throw new DOMException("Connection to Indexed Database server lost", "UnknownError");
      return transaction.apply(this, args);
    });
    await checkin();
    expect((await readAllOps()).map(({ seq }) => seq).sort()).toEqual([1, 2]);
    expect(storageHealth.value.problem).toBeNull();
  });

  it("leaves a newer database as it is, and works in it", async () => {
    await checkin();
    const { closeAll } = await import("../store/db");
    await closeAll();
    await new Promise<void>((resolve, reject) => {
      const opening = indexedDB.open("lykta-core", 99);
      opening.onupgradeneeded = () => opening.result.createObjectStore("of-a-newer-build");
      opening.onsuccess = () => resolve(opening.result.close());
      opening.onerror = () => reject(opening.error);
    });
    await checkin();
    expect(await readAllOps()).toHaveLength(2);
    expect(await withCore(async (db) => [db.version, [...db.objectStoreNames].includes("drafts")])).toEqual([
      99,
      true,
    ]);
  });
});
