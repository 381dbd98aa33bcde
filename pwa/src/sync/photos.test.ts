import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { add, newId } from "../outbox";
import { aCheckin, freshPhone, restart } from "../outbox/testing";
import { keepPhoto, markNamed, markSent, readPhoto } from "../store/blobs";
import { photos, readPhotos, refreshPhotos, unsentPhotos } from "../store/photos";
import { unsentCount } from "../store/state";
import type { Attachment, ObservationData } from "../store/types";
import { checkNow, startSync, stopSync, syncNow, syncState } from ".";
import { problem } from "./fake-blobs";
import { FakeServer } from "./fake-server";
import { tidy } from "./photos";

const DAY_MS = 24 * 3_600_000;
let server: FakeServer;

beforeEach(async () => {
  await freshPhone();
  photos.value = new Map();
  server = new FakeServer().install();
});
afterEach(() => {
  stopSync();
  vi.unstubAllGlobals();
});

const bytesOf = (size: number, seed = 1) =>
  Uint8Array.from({ length: size }, (_, n) => (n * 31 + seed * 17 + (n >> 8)) & 0xff).buffer;

function seen(attachments: Attachment[]): ObservationData {
  const happened = { kind: "point", from: "2026-11-20T20:00:00.000Z", to: null } as const;
  const open = { place_id: null, place_text: null, count: null, ages: null, certainty: null, ongoing: null };
  return { category: "S2", happened, ...open, severity: 1, actions: [], text: null, attachments };
}

async function taken(size = 300_000, seed = 1): Promise<Attachment> {
  const { sha256, mime } = await keepPhoto(bytesOf(size, seed), "image/jpeg", "d-1");
  return { sha256, size, mime, caption: null };
}

async function saved(...attachments: Attachment[]): Promise<string> {
  const id = newId();
  await add({ id, type: "observation.create", shift: "s1", position: null, data: seen(attachments) });
  const hashes = attachments.map(({ sha256 }) => sha256);
  await markNamed(hashes, "d-1");
  return id;
}

/** A wait that a test before has left behind is ended. */
function begin(): void {
  startSync();
  void syncNow();
}

const all = () => vi.waitFor(() => expect(unsentPhotos.value).toBe(0), { timeout: 9_000 });
const whole = (sha256: string) => server.photos.held.get(sha256)?.isComplete === true;

describe("sending a photo", () => {
  it("asks how far it has come, and sends it in chunks, after the text", async () => {
    const photo = await taken();
    await saved(photo);
    begin();
    await all();
    expect(whole(photo.sha256)).toBe(true);
    expect(new Uint8Array(server.photos.held.get(photo.sha256)?.bytes ?? [])).toEqual(
      new Uint8Array(bytesOf(300_000)),
    );
    const { asked } = server.photos;
    const [head, first, ...more] = asked.slice(0, asked.map(({ method }) => method).lastIndexOf("PATCH") + 1);
    expect([head?.method, first?.method, first?.at]).toEqual(["HEAD", "PATCH", "0"]);
    expect(Math.max(...server.photos.asked.map(({ bytes }) => bytes))).toBeLessThan(300_000);
    expect(more.map(({ method }) => method)).not.toContain("HEAD");
    const paths = server.asked.map(({ path }) => path);
    expect(paths.indexOf("/sync/push")).toBeLessThan(paths.findIndex((path) => path.startsWith("/blobs/")));
    expect((await readPhotos()).map(({ state }) => state)).toEqual(["sent"]);
  });

  it("I13: the op goes though no photo does", async () => {
    server.photos.fate.push(...Array(50).fill("cut before"));
    const photo = await taken();
    await saved(photo);
    begin();
    await vi.waitFor(() => expect(unsentCount.value).toBe(0), { timeout: 4_000 });
    expect([unsentPhotos.value, whole(photo.sha256)]).toEqual([1, false]);
    expect(await readPhoto(photo.sha256)).not.toBeNull();
  });

  it.each(["cut before", "cut after", "half"] as const)("goes on after a chunk that was %s", async (fate) => {
    const photo = await taken(900_000);
    await saved(photo);
    server.photos.fate.push(...([undefined, undefined, fate, fate] as never[]));
    begin();
    await vi.waitFor(() => expect(server.photos.fate).toHaveLength(1), { timeout: 4_000 });
    await syncNow();
    await vi.waitFor(() => expect(server.photos.fate).toHaveLength(0), { timeout: 4_000 });
    await syncNow();
    await all();
    expect(whole(photo.sha256)).toBe(true);
    const heads = server.photos.asked.filter(({ method }) => method === "HEAD");
    expect(heads.length).toBeGreaterThan(1);
  });

  it("goes on where a page that died was, and begins nothing anew", async () => {
    const photo = await taken();
    await saved(photo);
    server.photos.held.set(photo.sha256, {
      bytes: new Uint8Array(bytesOf(300_000)).slice(0, 200_000),
      isComplete: false,
    });
    await restart();
    begin();
    await all();
    const patches = server.photos.asked.filter(({ method }) => method === "PATCH");
    expect(patches[0]?.at).toBe("200000");
    expect(patches.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(100_000);
  });

  it("sends several, and one that the server refuses holds up none", async () => {
    const [first, second] = [await taken(), await taken(90_000, 2)];
    await saved(first, second);
    server.photos.fate.push(undefined as never, problem(415, "media"));
    begin();
    await vi.waitFor(() => expect(whole(second.sha256)).toBe(true), { timeout: 6_000 });
    await syncNow();
    await all();
    expect(whole(first.sha256)).toBe(true);
  });

  it("says at once that the phone's own bytes are spoilt, and keeps them", async () => {
    const photo = await taken();
    await saved(photo);
    const { withBlobs } = await import("../store/db");
    await withBlobs((db) => db.put("chunks", bytesOf(10, 9), [photo.sha256, 0]));
    begin();
    await vi.waitFor(() => expect(photos.value.get(photo.sha256)?.why).toBe("damaged"), { timeout: 6_000 });
    expect(unsentPhotos.value).toBe(1);
  });

  it("is called sent by nothing but the server's own word", async () => {
    const photo = await taken(1_000);
    await saved(photo);
    const portal = () => new Response("<h1>Wi-Fi</h1>", { headers: { "Content-Type": "text/html" } });
    server.photos.fate.push(portal(), portal(), portal());
    begin();
    await vi.waitFor(() => expect(syncState.value.problem).toBe("not-lykta"), { timeout: 4_000 });
    expect(unsentPhotos.value).toBe(1);
    await syncNow();
    await all();
  });
});

describe("a photo that was sent", () => {
  it("goes again when the server says that it lacks it: of a push, or of a check", async () => {
    const photo = await taken(70_000);
    await saved(photo);
    begin();
    await all();
    server.photos.held.clear();
    await saved(photo);
    await vi.waitFor(() => expect(whole(photo.sha256)).toBe(true), { timeout: 6_000 });
    await all();
    server.photos.held.clear();
    checkNow();
    await vi.waitFor(() => expect(syncState.value.checked).toMatchObject({ photos: 1, photosMissing: 1 }), {
      timeout: 6_000,
    });
    await vi.waitFor(() => expect(whole(photo.sha256)).toBe(true), { timeout: 6_000 });
    await all();
    checkNow();
    await vi.waitFor(() => expect(syncState.value.checked).toMatchObject({ photos: 1, photosMissing: 0 }), {
      timeout: 6_000,
    });
  });

  it("stays as long as an op that names it, and no longer than a day without", async () => {
    const [named, alone] = [await taken(10), await taken(11, 2)];
    await saved(named);
    await markNamed([alone.sha256], "d-1");
    for (const { sha256 } of [named, alone]) await markSent(sha256);
    await tidy(await readPhotos(), Date.now() + DAY_MS / 2);
    expect(await readPhotos()).toHaveLength(2);
    await tidy(await readPhotos(), Date.now() + 30 * DAY_MS);
    expect((await readPhotos()).map(({ sha256 }) => sha256)).toEqual([named.sha256]);
  });
});

describe("a phone that died between its two databases", () => {
  it("sends what an op names although no screen came to say so", async () => {
    const photo = await taken(1_000);
    const data = seen([photo]);
    await add({ id: newId(), type: "observation.create", shift: "s1", position: null, data });
    expect((await readPhotos()).map(({ state }) => state)).toEqual(["kept"]);
    await tidy(await readPhotos());
    expect((await readPhotos()).map(({ state }) => state)).toEqual(["waiting"]);
  });

  it("keeps what waits though nothing names it, and lets a forgotten one go", async () => {
    const [waiting, forgotten] = [await taken(10), await taken(11, 2)];
    await markNamed([waiting.sha256], "d-1");
    await tidy(await readPhotos(), Date.now() + 2 * DAY_MS);
    await refreshPhotos();
    expect([...photos.value.keys()]).toEqual([waiting.sha256]);
    expect(await readPhoto(forgotten.sha256)).toBeNull();
  });
});

it("a word written meanwhile waits for no chunk", async () => {
  let open = () => {};
  server.photos.gate = new Promise((resolve) => {
    open = resolve;
  });
  const photo = await taken();
  await saved(photo);
  begin();
  await vi.waitFor(() => expect(server.photos.asked.length).toBeGreaterThan(1), { timeout: 4_000 });
  await add({ id: newId(), type: "checkin.create", shift: "s1", position: null, data: aCheckin("nu") });
  await vi.waitFor(() => expect(unsentCount.value).toBe(0), { timeout: 4_000 });
  expect([server.pushes.length, whole(photo.sha256)]).toEqual([2, false]);
  open();
  await all();
});
