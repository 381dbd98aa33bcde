import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { keepPhoto } from "../store/blobs";
import { readHeldRow } from "../store/held";
import { readAllOps, readOp } from "../store/ops";
import { photos } from "../store/photos";
import { heldRows, me, ownOps, unsentCount, unsentOthers } from "../store/state";
import type { Draft, ObservationData } from "../store/types";
import { saveMe } from "../store/view";
import { add } from "./add";
import { makeCopy } from "./copy";
import { drafts, dropDraft, loadDrafts, saveDraft } from "./drafts";
import { HOLD_MS, letOutHeld, undoHeld, watchHeld } from "./held";
import { newId } from "./ids";
import { aCheckin, alva, cim, freshPhone, restart } from "./testing";

const SAID: ObservationData = {
  ...{ category: "S2", happened: { kind: "point", from: "2026-11-20T20:40:00Z", to: null } },
  ...{ place_id: null, place_text: null, count: null, ages: null, certainty: null, severity: 1 as const },
  ...{ ongoing: null, actions: [], text: "tagg på väggen", attachments: [] },
};

const form = (id: string): Draft => ({
  ...{ id, form: "observation", author: alva.id, shift: "s-1", at: "2026-11-20T20:40:00Z" },
  ...{ updatedAt: "2026-11-20T20:41:00Z", fields: { category: "S2", text: "tagg på väggen", photos: [] } },
});

function save(id = newId(), data = SAID) {
  return add({ id, type: "observation.create", shift: "s-1", position: null, data }, form(id));
}

let stop: () => void = () => undefined;
beforeEach(freshPhone);
afterEach(() => {
  stop();
  stop = () => undefined;
  vi.useRealTimers();
});

const seqs = async () => (await readAllOps()).map(({ seq }) => seq).sort((a, b) => a - b);

describe("a saved observation", () => {
  it("lies on the phone at once, shown and counted, and has no number yet", async () => {
    const saved = await save();
    expect((await readHeldRow(saved.id))?.held.op.hash).toBe(saved.hash);
    expect(ownOps.value).toMatchObject([
      { id: saved.id, sync: { state: "pending" }, data: { text: "tagg på väggen" } },
    ]);
    expect(unsentCount.value).toBe(1);
    expect(drafts.value).toEqual([]);
    expect(await readAllOps()).toEqual([]);
  });

  it("becomes an op with the same bytes when the time is over", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance", "Date"] });
    stop = watchHeld();
    const saved = await save();
    await vi.advanceTimersByTimeAsync(HOLD_MS - 500);
    expect(await readOp(saved.id)).toBeNull();
    await vi.advanceTimersByTimeAsync(600);
    await letOutHeld();
    expect(await readOp(saved.id)).toMatchObject({ hash: saved.hash, seq: 1, state: "pending" });
    expect(heldRows.value).toEqual([]);
    expect(unsentCount.value).toBe(1);
  });

  it("does not wait once more where the timer rings a little before the clock", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance", "Date"] });
    const plain = performance.now.bind(performance);
    let early_ms = 0;
    const clock = vi.spyOn(performance, "now").mockImplementation(() => plain() - early_ms);
    stop = watchHeld();
    const saved = await save();
    early_ms = 0.8;
    await vi.advanceTimersByTimeAsync(HOLD_MS + 100);
    await letOutHeld(() => false);
    clock.mockRestore();
    expect(await readOp(saved.id)).toMatchObject({ seq: 1, state: "pending" });
  });

  it("comes back as a draft with all that was in it, and leaves no hole", async () => {
    const [first, second] = [await save(), await save()];
    expect(await undoHeld(first.id)).toBe(true);
    expect(drafts.value).toMatchObject([form(first.id)]);
    expect(ownOps.value.map(({ id }) => id)).toEqual([second.id]);
    await letOutHeld();
    await save(first.id, { ...SAID, text: "två taggar" });
    await letOutHeld();
    expect(await seqs()).toEqual([1, 2]);
    expect((await readOp(first.id))?.body).toContain("två taggar");
    expect(await loadDrafts()).toEqual([]);
  });

  it("is read once with all the others that go out, and none of them is counted twice", async () => {
    for (let n = 0; n < 4; n++) await save();
    const read = vi.spyOn(IDBObjectStore.prototype, "getAll");
    const counted: number[] = [];
    const end = unsentCount.subscribe((n) => counted.push(n));
    await letOutHeld();
    end();
    const forms = read.mock.contexts.filter(
      (store) => store instanceof IDBObjectStore && store.name === "drafts",
    );
    read.mockRestore();
    expect(forms).toHaveLength(1);
    expect(new Set(counted)).toEqual(new Set([4]));
    expect(await seqs()).toEqual([1, 2, 3, 4]);
    expect(ownOps.value.map(({ seq }) => seq)).toEqual([1, 2, 3, 4]);
  });

  it("cannot be had back once it is let out", async () => {
    const { id } = await save();
    await letOutHeld();
    expect(await undoHeld(id)).toBe(false);
    expect(await readOp(id)).not.toBeNull();
    expect(ownOps.value.map((op) => op.id)).toEqual([id]);
  });

  it("is one record after a double tap", async () => {
    const id = newId();
    const [one, other] = await Promise.all([save(id), save(id)]);
    const third = await save(id);
    expect([other.hash, third.hash]).toEqual([one.hash, one.hash]);
  });

  it("is not written over, nor thrown away, by a form that is opened under its id", async () => {
    const { id, hash } = await save();
    await saveDraft({ ...form(id), fields: { category: "K1" } });
    await dropDraft(id);
    expect((await readHeldRow(id))?.held.op.hash).toBe(hash);
  });

  it("is there after a kill, and goes out by itself", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance", "Date"] });
    const { id, hash } = await save();
    await restart();
    expect(ownOps.value).toMatchObject([{ id, hash }]);
    expect(unsentCount.value).toBe(1);
    vi.setSystemTime(Date.now() - 86_400_000);
    stop = watchHeld();
    await vi.advanceTimersByTimeAsync(HOLD_MS + 100);
    await letOutHeld(() => false);
    expect(await readOp(id)).toMatchObject({ hash, seq: 1 });
  });
});

function hide(): void {
  vi.spyOn(document, "visibilityState", "get").mockReturnValue("hidden");
  document.dispatchEvent(new Event("visibilitychange"));
}

describe("is let out before", () => {
  it("the app is put away", async () => {
    stop = watchHeld();
    const { id } = await save();
    hide();
    await vi.waitFor(async () => expect(await readOp(id)).not.toBeNull());
  });

  it("anything but a page that is left, which begins nothing that the next one would wait for", async () => {
    stop = watchHeld();
    const { id } = await save();
    dispatchEvent(new Event("pagehide"));
    hide();
    await letOutHeld(() => false);
    expect(await readOp(id)).toBeNull();
    dispatchEvent(new Event("pageshow"));
    hide();
    await vi.waitFor(async () => expect(await readOp(id)).not.toBeNull());
  });

  it("the next op, which gets the next number; the end of a shift counts it", async () => {
    const saved = await save();
    const end = await add({
      ...{ id: newId(), type: "shift.end", shift: "s-1", position: null },
      data: { ops: 0, summary: null, handover: null },
    });
    expect((await readOp(saved.id))?.seq).toBe(1);
    expect(end).toMatchObject({ seq: 2, data: { ops: 2 } });
  });

  it("somebody else uses the phone, who is told only of their number", async () => {
    stop = watchHeld();
    const { id } = await save();
    await saveMe(cim);
    expect(me.value?.id).toBe(cim.id);
    expect(ownOps.value).toEqual([]);
    expect([unsentCount.value, unsentOthers.value]).toEqual([1, 1]);
    await vi.waitFor(async () => expect(await readOp(id)).not.toBeNull());
  });

  it("a copy is made of what lies here", async () => {
    const { id } = await save();
    expect(JSON.parse(await (await makeCopy()).text()).ops).toMatchObject([{ id, seq: 1 }]);
    expect(await undoHeld(id)).toBe(false);
  });
});

it("does not keep a call for help waiting", async () => {
  const { id } = await save();
  const call = await add({
    ...{ id: newId(), type: "alert.raise", shift: "s-1", position: null },
    data: { kind: "help", note: null },
  });
  expect(call.seq).toBe(1);
  expect(await readHeldRow(id)).not.toBeNull();
  const checkin = await add({
    ...{ id: newId(), type: "checkin.create", shift: "s-1", position: null },
    data: aCheckin(),
  });
  expect([(await readOp(id))?.seq, checkin.seq]).toEqual([2, 3]);
});

it("sends its photos only when it is let out", async () => {
  const id = newId();
  const { sha256, size, mime } = await keepPhoto(new Uint8Array([1, 2, 3]).buffer, "image/jpeg", id);
  const other = await keepPhoto(new Uint8Array([4]).buffer, "image/jpeg", id);
  await save(id, { ...SAID, attachments: [{ sha256, size, mime, caption: null }] });
  expect(photos.value.get(sha256)?.state).toBe("kept");
  await undoHeld(id);
  expect(photos.value.get(sha256)).toMatchObject({ state: "kept", drafts: [id] });
  await save(id, { ...SAID, attachments: [{ sha256, size, mime, caption: null }] });
  await letOutHeld();
  expect(photos.value.get(sha256)).toMatchObject({ state: "waiting", drafts: [] });
  expect(photos.value.has(other.sha256)).toBe(false);
});
