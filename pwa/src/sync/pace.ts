/** How long to wait, and the named limits of sending. Pure. */

export const WAIT_MS_MIN = 1_000;
export const WAIT_MS_MAX = 300_000;
export const HELLO_AGAIN_MS = 10_000;
export const RETRY_AFTER_MS_MAX = 300_000;
export const PULL_EVERY_MS = 60_000;
/** After so many pulls in a row that brought nothing, and as long as nobody does anything, it is asked half as often. */
const QUIET_PULLS = 5;
export const pullEvery_ms = (quiet: number) => (quiet < QUIET_PULLS ? 1 : 2) * PULL_EVERY_MS;
export const DAY_MS = 24 * 3_600_000;
const SERVER_STUCK_MS = 15 * 60_000;
/** Halvings in a row that start the waiting anew: enough to find one bad op among the most that a batch holds. */
export const SPLITS_FREE = 8;
export const FAILS_MAX = 5;
export const SERVER_FAILS_MAX = 3;
/** Refusals in a row that are met at once by a smaller batch; after that each waits longer. */
export const REFUSALS_FREE = 3;
export const LIMITS = { ops: 200, bytes: 524_288, blob_chunk: 524_288 };

/** When to try again after a failure that a wake-up ends the wait for: a storm of them still leaves a second. */
export const soonestAfter = (failed_ms: number, atOnce: boolean) =>
  atOnce || failed_ms === 0 ? 0 : failed_ms + WAIT_MS_MIN;

/** Full jitter: anything from one second up to a bound that doubles with every failure, at most five minutes. */
export function jitter_ms(failures: number, random: () => number): number {
  const bound_ms = Math.min(WAIT_MS_MAX, WAIT_MS_MIN * 2 ** Math.min(failures, 20));
  return Math.max(WAIT_MS_MIN, Math.round(random() * bound_ms));
}

/**
 * How long a stuck op is left alone. A server that fails may be mended within the hour, so such an op is tried
 * again after a quarter of an hour, then ever more seldom; any other once a day.
 */
export function stuckFor_ms(why: string | null, times: number): number {
  return why === "server" ? Math.min(DAY_MS, SERVER_STUCK_MS * 4 ** Math.min(times, 10)) : DAY_MS;
}
