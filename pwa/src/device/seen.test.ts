import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { whileSeen } from "./seen";

let seen: DocumentVisibilityState = "visible";

function turn(to: DocumentVisibilityState): void {
  seen = to;
  document.dispatchEvent(new Event("visibilitychange"));
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(document, "visibilityState", "get").mockImplementation(() => seen);
});
afterEach(() => {
  turn("visible");
  vi.useRealTimers();
  vi.restoreAllMocks();
});

it("runs at its interval while seen, all by one timer, and not at all in a pocket", () => {
  const [often, seldom] = [vi.fn(), vi.fn()];
  const ends = [whileSeen(often), whileSeen(seldom, 30_000)];
  vi.advanceTimersByTime(60_000);
  expect([often.mock.calls.length, seldom.mock.calls.length, vi.getTimerCount()]).toEqual([4, 2, 1]);
  turn("hidden");
  vi.advanceTimersByTime(3_600_000);
  expect([often.mock.calls.length, seldom.mock.calls.length, vi.getTimerCount()]).toEqual([4, 2, 0]);
  turn("visible");
  expect([often.mock.calls.length, seldom.mock.calls.length]).toEqual([5, 3]);
  for (const end of ends) end();
  expect(vi.getTimerCount()).toBe(0);
});
