/** A phone that was revoked: it hands in all it holds, and is emptied when the server has all of it, not before. */
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { add, newId } from "../outbox";
import { aCheckin, alva, freshPhone, restart } from "../outbox/testing";
import { keepPhoto, markNamed, readPhoto } from "../store/blobs";
import { applyPage, readRecords } from "../store/cache";
import { deleteDraft, putDraft } from "../store/drafts";
import { readMeta } from "../store/meta";
import { ensureInstall, readAllOps } from "../store/ops";
import { readPhotos } from "../store/photos";
import { me, settings, unsentCount } from "../store/state";
import { saveMe } from "../store/view";
import { finishWipe, wipe } from "../store/wipe";
import { startSync, stopSync, syncNow, syncState } from ".";
import { FakeServer, json } from "./fake-server";

let server: FakeServer;

beforeEach(async () => {
  await freshPhone();
  server = new FakeServer().install();
});
afterEach(() => {
  stopSync();
  vi.unstubAllGlobals();
});

const checkin = () =>
  add({ id: newId(), type: "checkin.create", shift: "s1", position: null, data: aCheckin() });
const draft = (author = alva.id) =>
  putDraft({
    id: "d1",
    form: "observation",
    author,
    shift: "s1",
    at: "t",
    updatedAt: "t",
    fields: { text: "Gla" },
  });
const pulled = () =>
  applyPage(null, [{ kind: "shift", id: "s1", deleted: false, value: { hosts: ["Cim"] } }], "c1");
const told = () => vi.waitFor(() => expect(syncState.value.revoked).toBe(true), { timeout: 4_000 });
const emptied = () => vi.waitFor(() => expect(me.value).toBeNull(), { timeout: 4_000 });
/** Two rounds, each with its question: what a round could delete has been deleted by then. */
const quiet = async () => {
  for (const _ of [1, 2]) {
    await syncNow();
    await vi.waitFor(() =>
      expect(syncState.value).toMatchObject({ phase: "idle", check: { asking: false } }),
    );
  }
};

it("row 39: hands in everything, then empties the phone and keeps word of it", async () => {
  const saved = [await checkin(), await checkin()];
  await pulled();
  const { id: before } = await ensureInstall();
  server.revoked = true;
  startSync();
  await emptied();
  await vi.waitFor(async () => expect((await readMeta("wiped"))?.done).toBe(true));
  expect([...server.stored.keys()]).toEqual(saved.map(({ id }) => id));
  expect(await readAllOps()).toEqual([]);
  expect(await readRecords()).toEqual([]);
  expect((await ensureInstall()).id).not.toBe(before);
  await restart();
  expect(me.value).toBeNull();
  expect(localStorage.getItem("lykta.me")).toBeNull();
});

it("hands in its photos, too, and is emptied only when the server has them whole", async () => {
  const { sha256, size, mime } = await keepPhoto(Uint8Array.from([1, 2, 3]).buffer, "image/jpeg", "d1");
  const data = { target: "o-1", sha256, size, mime, caption: null };
  await add({ id: newId(), type: "photo.attach", shift: "s1", position: null, data });
  await markNamed([sha256], "d1");
  server.photos.fate.push(...Array(3).fill("cut before"));
  server.revoked = true;
  startSync();
  await told();
  await vi.waitFor(() => expect(unsentCount.value).toBe(0), { timeout: 4_000 });
  expect([me.value?.id, await readPhoto(sha256)]).toEqual([alva.id, expect.any(ArrayBuffer)]);
  server.photos.fate.length = 0;
  await syncNow();
  await emptied();
  expect(server.photos.held.get(sha256)?.isComplete).toBe(true);
  await vi.waitFor(async () => expect(await readPhotos()).toEqual([]));
});

it("empties a phone that had nothing to hand in, only what it had pulled", async () => {
  await ensureInstall();
  await pulled();
  server.revoked = true;
  startSync();
  await emptied();
  await vi.waitFor(async () => expect(await readRecords()).toEqual([]));
});

it("goes on recording while something begun is there, and waits for it", async () => {
  await draft();
  await checkin();
  server.revoked = true;
  startSync();
  await told();
  const late = await checkin();
  await vi.waitFor(() => expect(server.stored.has(late.id)).toBe(true), { timeout: 4_000 });
  await quiet();
  expect(me.value?.id).toBe(alva.id);
  expect(await readAllOps()).toHaveLength(2);
  await deleteDraft("d1");
  await syncNow();
  await emptied();
});

it("waits for what somebody else has begun, too", async () => {
  await ensureInstall();
  await draft("u-cim");
  server.revoked = true;
  startSync();
  await told();
  await quiet();
  expect(me.value?.id).toBe(alva.id);
  await deleteDraft("d1");
  await syncNow();
  await emptied();
});

const lacks = (missing: string[], missing_blobs: string[]) => () =>
  json({ epoch: "e1", missing, missing_blobs, revoked: true });

it("sends anew what the server has lost, before it deletes it", async () => {
  const { id } = await checkin();
  server.revoked = true;
  const untilSentAnew = (ids: string[]) =>
    lacks(server.pushes.length < 2 ? ids.filter((one) => one === id) : [], [])();
  server.checks.push(...Array(20).fill(untilSentAnew));
  startSync();
  await emptied();
  expect(server.pushes.length).toBeGreaterThan(1);
  expect(server.pushes.every(({ ops }) => ops[0]?.id === id)).toBe(true);
});

it("deletes nothing while the server lacks a photo", async () => {
  await checkin();
  server.revoked = true;
  server.checks.push(...Array(20).fill(lacks([], ["0".repeat(64)])));
  startSync();
  await told();
  await quiet();
  expect(server.checks.length).toBeLessThan(20);
  expect(await readAllOps()).toHaveLength(1);
  expect(me.value?.id).toBe(alva.id);
  server.checks.length = 0;
  await syncNow();
  await emptied();
});

it("deletes nothing at the word of a server that answers somebody else, or of a portal", async () => {
  await checkin();
  const pages = [
    () => json({ blocked: true }, 403),
    () => json({ type: "/problems/forbidden", status: 403 }, 403),
  ];
  server.pages = Array(10).fill(pages).flat();
  startSync();
  await vi.waitFor(() => expect(unsentCount.value).toBe(0), { timeout: 4_000 });
  await quiet();
  expect(syncState.value.revoked).toBe(false);
  expect(await readAllOps()).toHaveLength(1);
});

it("is an ordinary phone again once somebody has signed in on it", async () => {
  await draft();
  server.revoked = true;
  startSync();
  await told();
  server.revoked = false;
  await syncNow();
  await vi.waitFor(() => expect(syncState.value.revoked).toBe(false));
  expect(me.value?.id).toBe(alva.id);
});

it("the emptying itself looks again: what was saved meanwhile stops it", async () => {
  const first = await checkin();
  startSync();
  await vi.waitFor(() => expect(unsentCount.value).toBe(0), { timeout: 4_000 });
  stopSync();
  await wipe([]);
  expect(await readAllOps()).toHaveLength(1);
  const second = await checkin();
  await wipe([first.id, second.id]);
  expect(await readAllOps()).toHaveLength(2);
  expect(me.value?.id).toBe(alva.id);
});

it("finishes an emptying that was cut short, and keeps the settings", async () => {
  settings.value = { language: "en", theme: "red", ownNumber: "070-1", sound: false };
  const { writeMeta } = await import("../store/meta");
  await writeMeta("settings", settings.value);
  await wipe([]);
  await saveMe(alva);
  await pulled();
  await writeMeta("wiped", { at: "t", done: false });
  await finishWipe();
  expect(await readRecords()).toEqual([]);
  expect(me.value).toBeNull();
  expect((await readMeta("settings"))?.theme).toBe("red");
});
