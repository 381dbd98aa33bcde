/**
 * Where the lane of photos comes into the machine. Its rules are fetched with the first photo (`photos.ts`), since most
 * evenings begin without one; until then the lane is empty, and nothing waits in it.
 */
import type { Lane, LaneRules } from "./types";

const BYTES_FIRST = 65_536;

export const emptyLane = (): Lane => ({
  uploads: new Map(),
  flight: null,
  bytes: BYTES_FIRST,
  wait: { failures: 0, failed_ms: 0, until_ms: 0 },
  problem: null,
});

export const lane: { rules: LaneRules | null } = { rules: null };
