import { beforeEach, describe, expect, it, vi } from "vitest";
import { alva, cim, freshPhone } from "../outbox/testing";
import { listBasemaps, readBasemap, saveBasemap } from "./basemaps";
import { applyPage, dropForNobody, drops, readCursor, readRecords, recordPages } from "./cache";
import { closeAll, withCache } from "./db";
import { checkStorage } from "./health";
import { contacts, me, places, storageHealth } from "./state";
import { loadState, saveMe } from "./view";

beforeEach(freshPhone);

const place = (id: string) => ({
  kind: "place",
  id,
  deleted: false,
  value: { id, name: id, kind: "station", area_id: null, lon: 14, lat: 56, note: null, active: true },
});

const id = (ms: number, n = 0) => {
  const hex = ms.toString(16).padStart(12, "0");
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-${String(n).padStart(12, "0")}`;
};

describe("the cache", () => {
  it("is read page by page, and at a start without what there is much of and is old", async () => {
    const [then, now] = [1_700_000_000_000, 1_700_200_000_000];
    const many = Array.from({ length: 1_100 }, (_, n) => ({ ...place(id(then, n)), kind: "checkin" }));
    const others = ["alert", "comment", "observation", "user"].map((kind) => ({ ...place(id(then)), kind }));
    await applyPage(null, [...many, ...others, { ...place(id(now)), kind: "observation" }], "c1");
    const sizes: number[] = [];
    for await (const page of recordPages()) sizes.push(page.length);
    expect(sizes).toEqual([500, 500, 105]);
    const recent = [];
    for await (const page of recordPages(now - 1)) recent.push(...page.map(({ kind }) => kind));
    expect(recent).toEqual(["alert", "comment", "observation", "user"]);
    expect(new Set((await readRecords()).map((row) => `${row.kind} ${row.id}`)).size).toBe(1_105);
  });

  it("I10: moves rows and cursor in one transaction", async () => {
    const opened = vi.spyOn(IDBDatabase.prototype, "transaction");
    await applyPage(null, [place("p1")], "c1");
    const writes = opened.mock.results
      .map(({ value }) => value as IDBTransaction)
      .filter(({ mode }) => mode === "readwrite");
    expect(writes.map(({ objectStoreNames }) => [...objectStoreNames])).toEqual([["meta", "records"]]);
    expect([await readCursor(), (await readRecords()).length]).toEqual(["c1", 1]);
  });

  it("I10: a page that fails half-way leaves both as they were", async () => {
    await applyPage(null, [place("p1")], "c1");
    const unclonable = { ...place("p3"), value: () => undefined };
    await expect(applyPage("c1", [place("p2"), unclonable], "c2")).rejects.toThrow();
    expect([await readCursor(), (await readRecords()).map(({ id }) => id)]).toEqual(["c1", ["p1"]]);
  });

  it("takes no page from a cursor that has moved on", async () => {
    await applyPage(null, [place("p1")], "c1");
    expect(await applyPage("c0", [place("p2")], "c9")).toBe(false);
    expect([await readCursor(), (await readRecords()).map(({ id }) => id)]).toEqual(["c1", ["p1"]]);
  });

  it("offers no number that was taken out of use", async () => {
    const number = (id: string, active: boolean) => ({
      kind: "contact",
      id,
      deleted: false,
      value: {
        id,
        name: id,
        service: "FEL",
        number: "112",
        hours: null,
        note: null,
        checked_on: null,
        active,
      },
    });
    await applyPage(null, [number("n1", true), number("n2", false)], "c1");
    await loadState();
    expect(contacts.value.map(({ id }) => id)).toEqual(["n1"]);
  });

  it("removes what was deleted", async () => {
    await applyPage(null, [place("p1"), place("p2")], "c1");
    await applyPage("c1", [{ ...place("p1"), deleted: true, value: null }], "c2");
    expect((await readRecords()).map(({ id }) => id)).toEqual(["p2"]);
  });

  it("never shows one reader what another was allowed to read", async () => {
    await applyPage(null, [place("p1")], "c1");
    await saveMe(alva);
    expect(await readCursor()).toBe("c1");
    await saveMe(cim);
    expect([await readCursor(), await readRecords(), places.value]).toEqual([null, [], []]);
  });

  it("keeps for nobody what others wrote; places and numbers stay for a call for help", async () => {
    await applyPage(null, [place("p1"), { ...place("o1"), kind: "observation" }], "c1");
    await saveMe(null);
    await vi.waitFor(async () => expect((await readRecords()).map(({ id }) => id)).toEqual(["p1"]));
    expect(await readCursor()).toBeNull();
  });

  it("takes in no first page that was asked for before somebody left", async () => {
    const asked = drops;
    await dropForNobody();
    expect(await applyPage(null, [{ ...place("o1"), kind: "observation" }], "c1", asked)).toBe(false);
    expect(await readRecords()).toEqual([]);
  });

  it("lets somebody leave also where the cache does not answer", async () => {
    const plain = IDBDatabase.prototype.transaction;
    const stuck = vi.spyOn(IDBDatabase.prototype, "transaction").mockImplementation(function (
      this: IDBDatabase,
      names,
      ...rest
    ) {
      if ([names].flat().includes("records")) throw new DOMException("gone", "InvalidStateError");
      return plain.call(this, names, ...rest);
    });
    await saveMe(null);
    expect(me.value).toBeNull();
    stuck.mockRestore();
  });

  it("loads into the signals, whatever strange rows lie among the others", async () => {
    await applyPage(null, [place("p1")], "c1");
    await withCache((db) => db.put("records", null, ["place", "p2"]));
    await closeAll();
    await loadState();
    expect(places.value.map(({ id }) => id)).toEqual(["p1"]);
  });

  it("keeps a basemap whole or not at all", async () => {
    const bytes = new Uint8Array(9_000_000).map((_, n) => n % 251);
    const map = {
      id: "m",
      name: "Stan",
      kind: "pmtiles",
      size: bytes.length,
      sha256: "x",
      attribution: "",
    } as const;
    await saveBasemap(map, bytes.buffer);
    expect(await listBasemaps()).toEqual([map]);
    expect(new Uint8Array((await readBasemap("m")) ?? new ArrayBuffer(0)).at(-1)).toBe(bytes.at(-1));
    await withCache((db) => db.delete("chunks", ["m", 1]));
    expect(await readBasemap("m")).toBeNull();
  });
});

describe("storage health", () => {
  it("notices a database that came back empty", async () => {
    await checkStorage();
    expect(storageHealth.value.problem).toBeNull();
    await closeAll();
    await new Promise((resolve) => {
      indexedDB.deleteDatabase("lykta-core").onsuccess = resolve;
    });
    await checkStorage();
    expect(storageHealth.value.problem).toBe("lost");
  });
});
