import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { add, newId } from "../outbox";
import { aCheckin, freshPhone, restart } from "../outbox/testing";
import { readMeta, writeMeta } from "../store/meta";
import { readAllOps } from "../store/ops";
import { unsentCount } from "../store/state";
import { checkNow, startSync, stopSync, syncNow, syncState } from ".";
import { FakeServer, json } from "./fake-server";

let server: FakeServer;

beforeEach(async () => {
  await freshPhone();
  syncState.value = { ...syncState.value, check: { asking: false, problem: null }, checked: null };
  server = new FakeServer().install();
});
afterEach(() => {
  stopSync();
  vi.unstubAllGlobals();
});

const PATIENCE = { timeout: 5_000 };
const checkin = () =>
  add({ id: newId(), type: "checkin.create", shift: "s1", position: null, data: aCheckin(null) });
const asked = () => server.asked.filter(({ path }) => path === "/sync/reconcile").length;
/** Three ops that the server has answered for, and the checks of the start behind them. */
const threeSent = async () => {
  const saved = [await checkin(), await checkin(), await checkin()];
  startSync();
  await vi.waitFor(() => expect(unsentCount.value).toBe(0), PATIENCE);
  await vi.waitFor(async () => expect((await readMeta("checked"))?.epoch).toBe("e1"), PATIENCE);
  await syncNow();
  return saved.map(({ id }) => id);
};
const answered = () =>
  vi.waitFor(() => expect(syncState.value.check.asking).toBe(false), { timeout: 5_000, interval: 5 });
const html = () => new Response("<h1>Wi-Fi</h1>", { headers: { "Content-Type": "text/html" } });

describe("asking what the server lacks", () => {
  it("names everything that the phone holds, and tells that all is there", async () => {
    const ids = await threeSent();
    const seen: string[][] = [];
    server.checks.push((held) => {
      seen.push(held);
      return json({ epoch: "e1", missing: [], missing_blobs: [] });
    });
    checkNow();
    expect(syncState.value.check.asking).toBe(true);
    await answered();
    expect(seen.map((held) => [...held].sort())).toEqual([[...ids].sort()]);
    expect(syncState.value.checked).toMatchObject({ held: 3, missing: 0 });
  });

  it("sends again what is missing, and nothing else", async () => {
    const [, lost = ""] = await threeSent();
    server.stored.delete(lost);
    const before = server.pushes.length;
    checkNow();
    await vi.waitFor(() => expect(server.stored.has(lost)).toBe(true), PATIENCE);
    expect(server.pushes.slice(before).flatMap(({ ops }) => ops.map(({ id }) => id))).toEqual([lost]);
    expect(syncState.value.checked).toMatchObject({ held: 3, missing: 1 });
  });

  it("a new epoch: asks first, and offers only what was lost", async () => {
    const [kept = "", ...lost] = await threeSent();
    server.epoch = "e2";
    for (const id of lost) server.stored.delete(id);
    server.instead.push(() => json({ type: "/problems/epoch", title: "", status: 409, epoch: "e2" }, 409));
    const later = await checkin();
    await vi.waitFor(() => expect(server.stored.size).toBe(4), PATIENCE);
    await vi.waitFor(() => expect(unsentCount.value).toBe(0), PATIENCE);
    const after = server.pushes.filter(({ epoch }) => epoch === "e2").flatMap(({ ops }) => ops);
    expect(after.map(({ id }) => id).sort()).toEqual([...lost, later.id].sort());
    await vi.waitFor(async () => {
      const rows = await readAllOps();
      expect(rows.map(({ receipt }) => receipt?.epoch)).toEqual(["e2", "e2", "e2", "e2"]);
    }, PATIENCE);
    expect(kept).not.toBe("");
  });

  it("an epoch heard of before the phone died is still asked about after the start", async () => {
    const [lost = ""] = await threeSent();
    stopSync();
    server.epoch = "e2";
    server.stored.delete(lost);
    await writeMeta("head", { epoch: "e2", seen: null, durable_seq: null, server_time: null });
    await restart();
    startSync();
    await vi.waitFor(() => expect(server.stored.has(lost)).toBe(true), PATIENCE);
  });

  it.each([
    ["a cut line", () => "cut" as const, "offline"],
    ["a portal's page", html, "not-lykta"],
    ["ids that nobody asked about", () => json({ epoch: "e9", missing: ["x"] }), "not-lykta"],
    ["half an answer", () => json({ epoch: "e9" }), "not-lykta"],
    ["a phone that is not signed in", () => json({ type: "/problems/device", status: 401 }, 401), "signin"],
    ["a busy server", () => json({ type: "/problems/busy", status: 503 }, 503), "server"],
  ])("%s is no answer: nothing changes, and it is said", async (_, reply, problem) => {
    await threeSent();
    const before = await readAllOps();
    server.checks.push(reply);
    const count = asked();
    checkNow();
    await answered();
    expect(syncState.value.check.problem).toBe(problem);
    expect(asked()).toBe(count + 1);
    expect(await readAllOps()).toEqual(before);
  });

  it("a server too old to be asked gets everything again", async () => {
    const ids = await threeSent();
    server.epoch = "e2";
    server.stored.clear();
    server.checks.push(() => json({ type: "/problems/not-found", status: 404 }, 404));
    server.instead.push(() => json({ type: "/problems/epoch", title: "", status: 409, epoch: "e2" }, 409));
    await checkin();
    await vi.waitFor(() => expect([...server.stored.keys()]).toEqual(expect.arrayContaining(ids)), PATIENCE);
  });
});
