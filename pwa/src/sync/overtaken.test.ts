/** What began before something else happened must not undo it when it comes in after that. */
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { add, newId } from "../outbox";
import { aCheckin, cim, freshPhone } from "../outbox/testing";
import { readRecords } from "../store/cache";
import { unsentCount } from "../store/state";
import { saveMe } from "../store/view";
import { startSync, stopSync } from ".";
import { FakeServer, json } from "./fake-server";
import { pull } from "./pull";

const slow = vi.hoisted(() => ({ next: null as Promise<void> | null }));

vi.mock("../store/ops", async (original) => {
  const real = await original<typeof import("../store/ops")>();
  const readUnsent: typeof real.readUnsent = async () => {
    const until = slow.next;
    slow.next = null;
    const rows = await real.readUnsent();
    await until;
    return rows;
  };
  return { ...real, readUnsent };
});

/** Done once, when it is about to be written who is signed in. */
const signing = vi.hoisted(() => ({ act: null as (() => Promise<unknown>) | null }));

vi.mock("../store/meta", async (original) => {
  const real = await original<typeof import("../store/meta")>();
  const writeMeta: typeof real.writeMeta = async (key, value) => {
    const { act } = signing;
    if (key === "me") signing.act = null;
    if (key === "me") await act?.();
    return real.writeMeta(key, value);
  };
  return { ...real, writeMeta };
});

beforeEach(freshPhone);
afterEach(() => {
  stopSync();
  vi.unstubAllGlobals();
});

it("what is saved while the unsent are being read goes out", async () => {
  const server = new FakeServer().install();
  let go = () => {};
  slow.next = new Promise((resolve) => {
    go = resolve;
  });
  startSync();
  const { id } = await add({
    ...{ id: newId(), type: "checkin.create", shift: null, position: null },
    data: aCheckin(),
  });
  go();
  await vi.waitFor(() => expect([...server.stored.keys()]).toEqual([id]), { timeout: 4_000 });
  await vi.waitFor(() => expect(unsentCount.value).toBe(0));
});

it("a first page that was asked for by who left is not kept for who signs in", async () => {
  let answer = (_: Response) => {};
  const answered = new Promise<Response>((resolve) => {
    answer = resolve;
  });
  const asked = vi.fn(() => answered);
  vi.stubGlobal("fetch", asked);
  const pulling = pull();
  await vi.waitFor(() => expect(asked).toHaveBeenCalledOnce());
  asked.mockImplementation(async () => json({ epoch: "e1", changes: [], cursor: "c0", more: false }));
  signing.act = async () => {
    const value = { id: "c1", target: "o1", author_id: "u-alva", stated_at: "", text: "ord" };
    const changes = [{ seq: 1, kind: "comment", id: "c1", deleted: false, value }];
    answer(json({ epoch: "e1", changes, cursor: "c1", more: false }));
    await pulling;
  };
  await saveMe(cim);
  expect(await readRecords()).toEqual([]);
});
