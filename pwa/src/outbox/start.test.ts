import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { readAllOps } from "../store/ops";
import { add, newId } from ".";
import { startOutbox } from "./start";
import { alva, freshPhone } from "./testing";

const store = vi.hoisted(() => ({ fails: false }));
vi.mock("../store/ops", async (original) => {
  const real = await original<typeof import("../store/ops")>();
  const readUnsent: typeof real.readUnsent = () =>
    store.fails ? Promise.reject(new DOMException("late", "TimeoutError")) : real.readUnsent();
  return { ...real, readUnsent };
});

let end = () => {};
beforeEach(freshPhone);
afterEach(() => {
  end();
  vi.restoreAllMocks();
});

it("a start that is tried again watches the clock once", async () => {
  const id = newId();
  const data = { hosts: [alva.id], area_id: null, transport: null, planned_end: null, alone_reason: "sjuk" };
  await add({ id, type: "shift.start", shift: id, position: null, data });
  store.fails = true;
  await expect(startOutbox()).rejects.toThrow();
  store.fails = false;
  end = await startOutbox();
  const real = Date.now();
  vi.spyOn(Date, "now").mockReturnValue(real - 3 * 3_600_000);
  document.dispatchEvent(new Event("visibilitychange"));
  const steps = async () => (await readAllOps()).filter(({ type }) => type === "clock.step");
  await vi.waitFor(async () => expect(await steps()).not.toEqual([]));
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(await steps()).toHaveLength(1);
});
