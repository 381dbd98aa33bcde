import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { PushRequest } from "../api/wire";
import { add, newId } from "../outbox";
import { aCheckin, freshPhone, restart } from "../outbox/testing";
import { readCursor, readRecords } from "../store/cache";
import { dropOld } from "../store/marks";
import { readMeta } from "../store/meta";
import { readAllOps, readOp } from "../store/ops";
import { organisation, ownOps, places, unsentCount } from "../store/state";
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

const checkin = (note: string | null = null) =>
  add({ id: newId(), type: "checkin.create", shift: "s1", position: null, data: aCheckin(note) });
const escalation = () =>
  add({
    id: newId(),
    type: "escalation.create",
    shift: "s1",
    position: null,
    data: { service: "POL112", channel: "phone", observation_id: null, cause: null },
  });
const sent = () => vi.waitFor(() => expect(unsentCount.value).toBe(0), { timeout: 4_000 });
const settled = async () => {
  await syncNow();
  await vi.waitFor(() => expect(syncState.value.phase).not.toMatch(/pushing|pulling/));
};
const html = () => new Response("<h1>Wi-Fi</h1>", { headers: { "Content-Type": "text/html" } });

describe("pushing", () => {
  it("sends what was sealed, byte for byte, and marks the receipt", async () => {
    const saved = await checkin("å".repeat(900));
    startSync();
    await sent();
    const row = await readOp(saved.id);
    expect(server.stored.get(saved.id)).toEqual({
      id: saved.id,
      seq: 1,
      type: "checkin.create",
      v: 1,
      author: "u-alva",
      shift: "s1",
      hash: saved.hash,
      body: row?.body,
    });
    expect(ownOps.value[0]?.sync).toMatchObject({ state: "acked", seq: 1, quarantined: null });
    const { init } = server.asked.find(({ push }) => push) ?? {};
    expect(init).toMatchObject({ redirect: "error", credentials: "same-origin" });
    expect(init?.headers).toMatchObject({ "Content-Encoding": "gzip" });
  });

  it("tells what stays behind, and what it has seen", async () => {
    await checkin();
    startSync();
    await sent();
    await checkin();
    await sent();
    const [first, second] = server.pushes;
    expect(first).toMatchObject({ epoch: null, seen: null, pending: { count: 0, max_seq: 1 } });
    expect(second).toMatchObject({ epoch: "e1", seen: { seq: 1 }, pending: { count: 0, max_seq: 2 } });
  });

  it("sends an escalation first, by itself", async () => {
    await checkin();
    await escalation();
    startSync();
    await sent();
    expect(server.pushes.map(({ ops }) => ops.map(({ type }) => type))).toEqual([
      ["escalation.create"],
      ["checkin.create"],
    ]);
  });

  it.each([
    ["a cut line", () => "cut" as const],
    ["a portal's page", html],
    ["an answer to another request", (push: PushRequest) => json({ ...stale(push), nonce: "other" })],
    ["a receipt for other bytes", (push: PushRequest) => json(stale(push, "sha256:other"))],
    ["no results", (push: PushRequest) => json({ ...server.answer(push), results: [] })],
    [
      "a receipt without a number",
      (push: PushRequest) => json({ ...server.answer(push), results: halves(push) }),
    ],
  ])("keeps the op on %s, and gets it over later", async (_name, reply) => {
    const saved = await checkin();
    server.instead.push(reply);
    startSync();
    await vi.waitFor(() => expect(server.pushes).toHaveLength(1));
    await settled().catch(() => undefined);
    await sent();
    expect((await readOp(saved.id))?.state).toBe("acked");
    expect(server.stored.get(saved.id)?.hash).toBe(saved.hash);
    expect(server.pushes.length).toBeGreaterThan(1);
  });

  it("asks to sign in, goes on recording, and sends after it", async () => {
    server.instead.push(() => json({ type: "/problems/session", title: "", status: 401 }, 401));
    await checkin();
    startSync();
    await vi.waitFor(() => expect(syncState.value.problem).toBe("signin"));
    await checkin();
    await settled();
    await sent();
    expect(syncState.value.problem).toBeNull();
  });

  it("takes up pending ops after a restart", async () => {
    await checkin();
    await restart();
    startSync();
    await sent();
    expect(server.stored.size).toBe(1);
  });
});

/** Looks like a receipt for everything, from a server that stored nothing. */
const stale = ({ nonce, ops }: PushRequest, otherHash?: string) => ({
  nonce,
  epoch: "e1",
  server_time: "2026-11-20T20:00:00.000Z",
  durable_seq: null,
  results: ops.map(({ id, hash }) => ({
    id,
    hash: otherHash ?? hash,
    status: "applied",
    seq: 99,
    received_at: "2026-11-20T20:00:00.000Z",
    why: null,
  })),
  head: null,
});
const halves = (push: PushRequest) =>
  push.ops.map(({ id, hash }) => ({ id, hash, status: "applied", seq: null, received_at: null, why: null }));

describe("what the server says besides", () => {
  it("409 epoch: drops what was seen and offers again what was lost", async () => {
    const saved = await checkin();
    startSync();
    await sent();
    server.epoch = "e2";
    server.stored.clear();
    server.instead.push(() => json({ type: "/problems/epoch", title: "", status: 409, epoch: "e2" }, 409));
    const later = await checkin();
    await vi.waitFor(() => expect([...server.stored.keys()].sort()).toEqual([saved.id, later.id].sort()), {
      timeout: 5_000,
    });
    await sent();
    // What the answer taught is stored after its receipts.
    await vi.waitFor(async () =>
      expect(await readMeta("head")).toMatchObject({ epoch: "e2", seen: { seq: 2 } }),
    );
    expect(server.pushes[2]).toMatchObject({ seen: null, epoch: "e2" });
  });

  it("gaps: offers again what it still holds", async () => {
    const saved = await checkin();
    startSync();
    await sent();
    server.stored.clear();
    server.extra = { gaps: [[1, 1]] };
    await checkin();
    await vi.waitFor(() => expect(server.stored.has(saved.id)).toBe(true));
    await settled();
    expect(server.pushes.filter(({ ops }) => ops.some(({ id }) => id === saved.id))).toHaveLength(2);
  });

  it("fork: a new install for what follows, and only one", async () => {
    await checkin();
    server.extra = { fork: true };
    startSync();
    await sent();
    const old = (await readAllOps())[0]?.install;
    await vi.waitFor(async () => expect((await readMeta("install"))?.id).not.toBe(old));
    server.extra = {};
    const after = await checkin();
    await sent();
    expect(after.seq).toBe(1);
    expect(server.pushes.at(-1)?.install).toBe((await readOp(after.id))?.install);
  });

  it("a quarantined op turns applied when it is pulled", async () => {
    server.quarantine = () => "target";
    const saved = await escalation();
    startSync();
    await sent();
    await settled();
    expect(ownOps.value[0]?.sync).toMatchObject({ quarantined: "target" });
    const value = { id: saved.id, service: "POL112" };
    const changes = [{ seq: 2, kind: "escalation", id: saved.id, deleted: false, value }];
    server.pages.push(() => json({ epoch: "e1", changes, cursor: "c1", more: false }));
    await settled();
    await vi.waitFor(() => expect(ownOps.value[0]?.sync).toMatchObject({ quarantined: null }));
  });
});

describe("whose server it is", () => {
  it("is kept for a start without coverage, and forgotten when the server says so", async () => {
    server.organisation = "Lyckhamns kommun";
    startSync();
    await vi.waitFor(async () => expect(await readMeta("organisation")).toBe("Lyckhamns kommun"));
    expect(organisation.value).toBe("Lyckhamns kommun");
    stopSync();
    organisation.value = null;
    server.organisation = null;
    startSync();
    await vi.waitFor(async () => expect(await readMeta("organisation")).toBeNull());
  });
});

describe("pulling", () => {
  const place = (id: string, name: string) => ({
    seq: 1,
    kind: "place",
    id,
    deleted: false,
    value: { id, name, kind: "station", area_id: null, lon: 14, lat: 56, note: null, active: true },
  });
  const page = (changes: unknown[], cursor: string, more = false) =>
    json({ epoch: "e1", changes, cursor, more });

  it("goes on while there is more, and stores cursor and rows", async () => {
    server.pages = [() => page([place("p1", "Å")], "c1", true), () => page([place("p2", "Ö")], "c2")];
    startSync();
    await vi.waitFor(() => expect(places.value.map(({ name }) => name)).toEqual(["Å", "Ö"]));
    expect(await readCursor()).toBe("c2");
  });

  it("410: drops the cache only, and starts over", async () => {
    const saved = await checkin();
    startSync();
    await sent();
    await settled();
    server.pages = [
      () => json({ type: "/problems/reset", title: "", status: 410 }, 410),
      (cursor) => page([place("p9", cursor ?? "from the start")], "d1"),
    ];
    await settled();
    await vi.waitFor(() => expect(places.value.map(({ name }) => name)).toEqual(["from the start"]));
    expect(await readOp(saved.id)).not.toBeNull();
  });

  it("skips one strange value and shows the others", async () => {
    server.pages = [() => page([place("p1", "Å"), { ...place("p2", "Ö"), value: { id: "p2" } }], "c1")];
    startSync();
    await vi.waitFor(() => expect(places.value.map(({ id }) => id)).toEqual(["p1"]));
    expect(await readRecords()).toHaveLength(2);
  });
});

describe("keeping", () => {
  const DAY_MS = 86_400_000;
  const at = (days: number) => new Date(Date.parse("2026-11-20T20:00:00.000Z") + days * DAY_MS).toISOString();

  it("I11: keeps an answered op 14 days, and until a backup covers it; unsent ones for ever", async () => {
    const saved = await checkin();
    startSync();
    await sent();
    stopSync();
    const unsent = await checkin();
    const { epoch } = server;
    expect(await dropOld({ epoch, server_time: at(13.9), durable_seq: null })).toEqual([]);
    expect(await dropOld({ epoch, server_time: at(15), durable_seq: 0 })).toEqual([]);
    expect(await dropOld({ epoch: "restored", server_time: at(15), durable_seq: 1 })).toEqual([]);
    expect(await dropOld({ epoch, server_time: at(15), durable_seq: 1 })).toEqual([saved.id]);
    expect((await readAllOps()).map(({ id }) => id)).toEqual([unsent.id]);
  });
});
