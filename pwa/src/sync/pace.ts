/** How long to wait, and the named limits of sending. Pure. */

export const WAIT_MS_MIN = 1_000;
export const WAIT_MS_MAX = 300_000;
export const RETRY_AFTER_MS_MAX = 300_000;
export const PULL_EVERY_MS = 60_000;
export const STUCK_FOR_MS = 24 * 3_600_000;
export const FAILS_MAX = 5;
export const SERVER_FAILS_MAX = 3;
/** Refusals in a row that are met at once by a smaller batch; after that each waits longer. */
export const REFUSALS_FREE = 3;
export const LIMITS = { ops: 200, bytes: 524_288 };

/** Full jitter: anything from one second up to a bound that doubles with every failure, at most five minutes. */
export function jitter_ms(failures: number, random: () => number): number {
  const bound_ms = Math.min(WAIT_MS_MAX, WAIT_MS_MIN * 2 ** Math.min(failures, 20));
  return Math.max(WAIT_MS_MIN, Math.round(random() * bound_ms));
}
