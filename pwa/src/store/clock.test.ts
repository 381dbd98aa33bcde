import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { clockStatement, compareClock } from "./clock";

const HOUR_MS = 3_600_000;

beforeEach(() => vi.useFakeTimers({ toFake: ["Date", "performance"] }));
afterEach(() => vi.useRealTimers());

it("says how old the sample of the server's clock is", async () => {
  await compareClock({ offset_ms: -250, rtt_ms: 80 });
  vi.advanceTimersByTime(60_000);
  expect(clockStatement()).toEqual({ offset_ms: -250, rtt_ms: 80, age_ms: 60_000 });
});

it("counts the sleep of a phone, in which the page's steady clock stands still", async () => {
  await compareClock({ offset_ms: 0, rtt_ms: 80 });
  vi.setSystemTime(Date.now() + 6 * HOUR_MS);
  expect(clockStatement()?.age_ms).toBe(6 * HOUR_MS);
});

it("is not made younger by a clock that was set back", async () => {
  await compareClock({ offset_ms: 0, rtt_ms: 80 });
  vi.advanceTimersByTime(60_000);
  vi.setSystemTime(Date.now() - 100_000);
  expect(clockStatement()?.age_ms).toBe(60_000);
});

it("is not said of a clock that was set back by more than a clock corrects itself", async () => {
  await compareClock({ offset_ms: 0, rtt_ms: 80 });
  vi.advanceTimersByTime(60_000);
  vi.setSystemTime(Date.now() - HOUR_MS);
  expect(clockStatement()).toBeNull();
});
