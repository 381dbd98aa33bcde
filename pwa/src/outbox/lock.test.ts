import { beforeEach, describe, expect, it, vi } from "vitest";
import { keepPhoto, readPhoto } from "../store/blobs";
import { applyPage, readRecords } from "../store/cache";
import { withCore } from "../store/db";
import { putHeld } from "../store/held";
import { journalOp, readJournal } from "../store/journal";
import { isPin } from "../store/lock";
import { readMeta, writeMeta } from "../store/meta";
import { readAllOps, readOp, storeOp } from "../store/ops";
import { kept } from "../store/rows";
import { ownOps, records } from "../store/state";
import * as sweeping from "../store/sweep";
import { currentLock, lockState, readLock } from "../store/vault";
import { add, drafts, newId, saveDraft } from ".";
import { makeCopy, makeSealedCopy } from "./copy";
import { letOutHeld, undoHeld } from "./held";
import { changePin, lockNow, recover, turnOff, turnOn, unlock } from "./lock";
import { coldStart, everythingRaw, type Organisation, PIN, phoneOfOrganisation } from "./lock-testing";
import { hashOf, now, seal } from "./seal";
import { mergeJournal } from "./start";
import { aCheckin, alva } from "./testing";

const WORDS = "Klotter bakom växelhuset";
const OTHER = "493172";
let org: Organisation;

// What is slow on purpose is measured elsewhere.
vi.mock("../store/keys", async (original) => {
  const real = await original<typeof import("../store/keys")>();
  return {
    ...real,
    stretched: (pin: string, salt: Uint8Array<ArrayBuffer>) => real.stretched(pin, salt, 1000),
  };
});

beforeEach(async () => {
  org = await phoneOfOrganisation();
});

const note = (words = WORDS) =>
  add({ id: newId(), type: "checkin.create", shift: "s1", position: null, data: aCheckin(words) });

const aDraft = (words = WORDS) => {
  const at = "2026-11-20T20:00:00.000Z";
  return {
    id: newId(),
    form: "checkin" as const,
    author: alva.id,
    shift: null,
    at,
    updatedAt: at,
    fields: { words },
  };
};

const photo = () => new TextEncoder().encode(`${WORDS} `.repeat(30_000)).buffer;

async function fullPhone() {
  const op = await note();
  await saveDraft(aDraft());
  const value = { id: "c1", text: WORDS, shift_id: "s1" };
  await applyPage(null, [{ kind: "comment", id: "c1", deleted: false, value }], "cursor");
  const { sha256 } = await keepPhoto(photo(), "image/jpeg", "d");
  return { op, sha256 };
}

describe("a lock", () => {
  it("leaves no word readable in any store, and gives every one of them back", async () => {
    const { op, sha256 } = await fullPhone();
    expect(await everythingRaw()).toContain(WORDS);
    expect(await turnOn(PIN, 15)).toBe("ok");
    await note(`${WORDS} igen`);
    await saveDraft(aDraft());
    expect(await everythingRaw()).not.toContain(WORDS);
    await coldStart();
    expect([lockState.value, ownOps.value.length, drafts.value.length]).toEqual(["locked", 0, 0]);
    expect([await readRecords(), await readPhoto(sha256)]).toEqual([[], null]);
    expect(await unlock(PIN)).toEqual({ is: "open" });
    const read = await readOp(op.id);
    expect(read && (await hashOf(read.body))).toBe(op.hash);
    expect([ownOps.value.length, drafts.value.length]).toEqual([2, 2]);
    expect(drafts.value[0]?.fields).toEqual({ words: WORDS });
    expect((await readPhoto(sha256))?.byteLength).toBe(photo().byteLength);
    expect(JSON.stringify(await readRecords())).toContain(WORDS);
  });

  it("stores neither the PIN nor an open key", async () => {
    await turnOn(PIN, 15);
    const told = JSON.parse(await org.open(currentLock()?.recovery ?? ""));
    expect(told).toMatchObject({ format: "lykta-key", device: "d1", proof: "p1" });
    const raw = await everythingRaw();
    expect([raw.includes(PIN), raw.includes(told.key)]).toEqual([false, false]);
  });

  it("needs the organisation's key first", async () => {
    await writeMeta("copy_key", null);
    expect(await turnOn(PIN, 15)).toBe("no-key");
    expect(await readLock()).toBeNull();
  });

  it("takes only digits, and not all the same", () => {
    expect(["12345", "abcdef", "111111", "274913"].map(isPin)).toEqual([false, false, false, true]);
  });

  it("does not open what was moved into another row", async () => {
    await turnOn(PIN, 15);
    const [one, two] = [await note("ett"), await note("två")];
    const rows = (await withCore((db) => db.getAll("ops"))) as { id: string; body: string }[];
    const of = (id: string) => rows.find((row) => row.id === id);
    await withCore((db) => db.put("ops", { ...of(one.id), body: of(two.id)?.body }));
    expect((await readOp(one.id))?.body).toMatch(/^lk1\./);
  });

  it("is taken away with everything readable again, and nothing left of it", async () => {
    const { op } = await fullPhone();
    await turnOn(PIN, 15);
    expect((await turnOff(OTHER)).is).toBe("wrong");
    expect(await turnOff(PIN)).toEqual({ is: "open" });
    expect([lockState.value, await readLock(), localStorage.getItem("lykta.lock")]).toEqual([
      "off",
      null,
      null,
    ]);
    await coldStart();
    expect(lockState.value).toBe("off");
    const read = await readOp(op.id);
    expect(read && (await hashOf(read.body))).toBe(op.hash);
    expect(await everythingRaw()).not.toMatch(/lk[12]\./);
  });

  it("opens with a new PIN and not with the old one", async () => {
    await note();
    await turnOn(PIN, 15);
    await changePin(PIN, OTHER);
    await coldStart();
    expect((await unlock(PIN)).is).toBe("wrong");
    expect((await unlock(OTHER)).is).toBe("open");
    expect(ownOps.value.length).toBe(1);
  });

  it("survives that the database loses its row, by the copy beside it", async () => {
    await note();
    await turnOn(PIN, 15);
    await withCore((db) => db.delete("meta", "lock"));
    await coldStart();
    expect((await unlock(PIN)).is).toBe("open");
    expect(ownOps.value.length).toBe(1);
    localStorage.clear();
    await coldStart();
    expect((await unlock(PIN)).is).toBe("open");
  });
});

describe("wrong PINs", () => {
  it("wait longer and longer, also after a restart, and erase nothing", async () => {
    const op = await note();
    await turnOn(PIN, 15);
    await coldStart();
    for (let n = 1; n <= 4; n++) expect(await unlock(OTHER)).toEqual({ is: "wrong", wait_ms: 0 });
    const fifth = await unlock(OTHER);
    expect(fifth.is === "wrong" && fifth.wait_ms > 29_000).toBe(true);
    await coldStart();
    expect((await unlock(PIN)).is).toBe("wait");
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 31_000 });
    const sixth = await unlock(OTHER);
    expect(sixth.is === "wrong" && sixth.wait_ms > 59_000).toBe(true);
    vi.setSystemTime(Date.now() + 61_000);
    expect((await unlock(PIN)).is).toBe("open");
    vi.useRealTimers();
    expect((await readAllOps()).map(({ id, hash }) => [id, hash])).toEqual([[op.id, op.hash]]);
    expect(await readMeta("lock_tries")).toBeNull();
  });

  it("are counted although the page goes before the answer", async () => {
    await turnOn(PIN, 15);
    await coldStart();
    void unlock(OTHER);
    await vi.waitFor(async () => expect((await readMeta("lock_tries"))?.failed).toBe(1));
  });

  it("are not waited for longer because the clock was set back", async () => {
    await turnOn(PIN, 15);
    await writeMeta("lock_tries", { failed: 9, at_ms: Date.now() + 10 * 365 * 86_400_000 });
    const waiting = await unlock(PIN);
    expect(waiting.is === "wait" && waiting.wait_ms <= 900_000).toBe(true);
  });
});

describe("while locked", () => {
  it("a call for help is written without the PIN, can leave, and is read after unlocking", async () => {
    await turnOn(PIN, 15);
    await coldStart();
    const op = await add({
      ...{ id: newId(), type: "alert.raise", shift: "s1", position: null },
      data: { kind: "help", note: WORDS },
    });
    expect(ownOps.value.map(({ id }) => id)).toEqual([op.id]);
    expect(await everythingRaw()).not.toContain(WORDS);
    await coldStart();
    const [row] = await readAllOps();
    expect(row?.body).toMatch(/^lk2\./);
    expect(await hashOf(await org.open(row?.escrow ?? ""))).toBe(op.hash);
    await unlock(PIN);
    expect(ownOps.value.map(({ id, data }) => [id, data])).toEqual([[op.id, { kind: "help", note: WORDS }]]);
  });

  it("a copy can be saved, which only the organisation reads", async () => {
    const op = await note();
    await turnOn(PIN, 15);
    await coldStart();
    const plain = JSON.parse(await (await makeCopy()).text());
    expect(plain.ops[0].body).toBeUndefined();
    expect(await hashOf(await org.open(plain.ops[0].sealed))).toBe(op.hash);
    const file = await (await makeSealedCopy()).text();
    expect(file).not.toContain(op.id);
  });

  it("what is pulled is kept, and read after unlocking", async () => {
    await turnOn(PIN, 15);
    await coldStart();
    const value = {
      id: "c1",
      text: WORDS,
      target: "t",
      shift_id: "s1",
      author_id: alva.id,
      stated_at: "2026-11-20T20:00:00Z",
    };
    await applyPage(null, [{ kind: "comment", id: "c1", deleted: false, value }], "cursor");
    expect(await everythingRaw()).not.toContain(WORDS);
    await coldStart();
    expect(await readRecords()).toEqual([]);
    await unlock(PIN);
    expect(JSON.stringify(await readRecords())).toContain(WORDS);
  });

  it("nothing that was open stays in the signals", async () => {
    await fullPhone();
    await turnOn(PIN, 15);
    await lockNow();
    expect([ownOps.value, drafts.value, records.value.comments.size]).toEqual([[], [], 0]);
  });

  it("what lies beside the database is sealed, too, and goes into it", async () => {
    await turnOn(PIN, 15);
    await coldStart();
    const data = aCheckin(WORDS);
    const op = await seal({
      ...{ id: newId(), type: "checkin.create", author: alva.id, shift: null, position: null },
      ...{ data, at: now() },
    });
    journalOp(await kept(op));
    expect(await everythingRaw()).not.toContain(WORDS);
    await coldStart();
    await mergeJournal();
    expect(readJournal()).toEqual([]);
    await unlock(PIN);
    expect((await readOp(op.id))?.body).toBe(op.body);
  });
});

describe("what can still be had back", () => {
  async function aHeld() {
    const form = aDraft();
    const op = await seal({
      ...{ id: form.id, type: "checkin.create", author: alva.id, shift: null, position: null },
      ...{ data: aCheckin(WORDS), at: now() },
    });
    await putHeld({ ...form, held: { op, until_ms: Date.now() + 10_000 } }, newId());
    return { op, form };
  }

  it.each(["before", "after"])(
    "lies sealed, %s the lock was put on, and is let out while locked",
    async (when) => {
      if (when === "after") await turnOn(PIN, 15);
      const { op } = await aHeld();
      if (when === "before") await turnOn(PIN, 15);
      expect(await everythingRaw()).not.toContain(WORDS);
      await coldStart();
      await letOutHeld();
      const [row] = await readAllOps();
      expect(row?.body).toMatch(/^lk1\./);
      expect(await hashOf(await org.open(row?.escrow ?? ""))).toBe(op.hash);
      await unlock(PIN);
      expect((await readOp(op.id))?.body).toBe(op.body);
    },
  );

  it("is a form again with every word, and open again without the lock", async () => {
    await turnOn(PIN, 15);
    const { form } = await aHeld();
    await undoHeld(form.id);
    expect(drafts.value.map(({ fields }) => fields)).toEqual([{ words: WORDS }]);
    await aHeld();
    await turnOff(PIN);
    expect([lockState.value, (await everythingRaw()).match(/lk[12]\./)]).toEqual(["off", null]);
  });
});

describe("a forgotten PIN", () => {
  it("loses nothing: the organisation's key opens the phone, and the person chooses another", async () => {
    const { op, sha256 } = await fullPhone();
    await turnOn(PIN, 15);
    await coldStart();
    const { key } = JSON.parse(await org.open(currentLock()?.recovery ?? ""));
    expect(await recover(key.replace(/^./, key[0] === "A" ? "B" : "A"), OTHER)).toBe(false);
    expect(lockState.value).toBe("locked");
    expect(await recover(key, OTHER)).toBe(true);
    expect([ownOps.value.length, drafts.value.length]).toEqual([1, 1]);
    expect(await readPhoto(sha256)).not.toBeNull();
    await coldStart();
    expect((await unlock(OTHER)).is).toBe("open");
    expect((await readOp(op.id))?.hash).toBe(op.hash);
  });
});

describe("cut short", () => {
  /** The page dies at the nth write of any database. */
  function dieAfter(writes: number) {
    const put = IDBObjectStore.prototype.put;
    let left = writes;
    return vi.spyOn(IDBObjectStore.prototype, "put").mockImplementation(function (
      this: IDBObjectStore,
      ...given
    ) {
      if (left-- <= 0) throw new DOMException("the page died", "AbortError");
      return put.apply(this, given);
    });
  }

  it.each([1, 2, 3, 4, 5, 6, 7])(
    "anywhere while it is put on (%i), nothing is lost and it goes on",
    async (writes) => {
      const { op, sha256 } = await fullPhone();
      const dying = dieAfter(writes);
      await turnOn(PIN, 15).catch(() => undefined);
      dying.mockRestore();
      await coldStart();
      if (lockState.value === "locked") await unlock(PIN);
      else await turnOn(PIN, 15);
      await vi.waitFor(async () => expect(await everythingRaw()).not.toContain(WORDS), { timeout: 10_000 });
      expect((await readOp(op.id))?.hash).toBe(op.hash);
      expect((await readPhoto(sha256))?.byteLength).toBe(photo().byteLength);
      expect(drafts.value[0]?.fields).toEqual({ words: WORDS });
    },
  );

  it.each([1, 2, 3, 4, 5, 6])(
    "anywhere while it is taken away (%i), nothing is lost and it goes on",
    async (writes) => {
      const { op, sha256 } = await fullPhone();
      await turnOn(PIN, 15);
      const dying = dieAfter(writes + 1);
      await turnOff(PIN).catch(() => undefined);
      dying.mockRestore();
      await coldStart();
      expect(lockState.value).toBe("locked");
      await unlock(PIN);
      if (lockState.value !== "off") await turnOff(PIN);
      expect([lockState.value, await readLock()]).toEqual(["off", null]);
      const read = await readOp(op.id);
      expect(read && (await hashOf(read.body))).toBe(op.hash);
      expect((await readPhoto(sha256))?.byteLength).toBe(photo().byteLength);
      expect(await everythingRaw()).not.toMatch(/lk[12]\./);
    },
  );

  it("a row that is written meanwhile keeps what was written", async () => {
    const op = await note();
    const row = (await withCore((db) => db.get("ops", op.id))) as object;
    await turnOn(PIN, 15);
    await withCore((db) => db.put("ops", row));
    const receipt = { seq: 1, received_at: "2026-11-20T20:00:00Z", status: "applied", why: null, epoch: "e" };
    const later = { ...row, body: "{}", state: "acked", receipt };
    // As an older page would that knows nothing of the lock, between the look at the row and its replacing.
    const encrypt = crypto.subtle.encrypt.bind(crypto.subtle);
    const spy = vi.spyOn(crypto.subtle, "encrypt").mockImplementationOnce(async (...given) => {
      await withCore((db) => db.put("ops", later));
      return encrypt(...given);
    });
    expect(await sweeping.sweep("seal")).toBe(false);
    spy.mockRestore();
    const found = await withCore((db) => db.get("ops", op.id));
    expect(found).toMatchObject({ body: "{}", state: "acked", receipt });
    expect(await sweeping.sweep("seal")).toBe(true);
    expect((await readOp(op.id))?.body).toBe("{}");
  });

  it("an op stored under the lock keeps its number and its place", async () => {
    await turnOn(PIN, 15);
    const [one, two] = [await note(), await note()];
    expect([one.seq, two.seq]).toEqual([1, 2]);
    const again = await readOp(one.id);
    if (again) await storeOp({ op: again, lastId: newId() });
    expect((await readAllOps()).length).toBe(2);
  });
});
