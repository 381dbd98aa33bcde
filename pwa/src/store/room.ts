/** Makes room for what a host writes: what can be fetched again goes first, and only that ever goes. */
import { dropBasemaps } from "./basemaps";
import { dropPulled } from "./cache";
import { health, storageHealth } from "./state";

export const isFull = (error: unknown): boolean =>
  error instanceof DOMException && error.name === "QuotaExceededError";

/** The largest and least missed first. Each gives how many rows went. */
const GIVES_WAY = [dropBasemaps, dropPulled];

/** Runs `work`, again after each thing dropped while it fails for want of room: `work` must be idempotent. */
export async function withRoom<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!isFull(error)) throw error;
    return await afterMakingRoom(work, error);
  }
}

async function afterMakingRoom<T>(work: () => Promise<T>, first: unknown): Promise<T> {
  if (storageHealth.peek().problem !== "lost") health({ problem: "full" });
  let full = first;
  for (const drop of GIVES_WAY) {
    // A cache that cannot be emptied frees nothing; what was to be written still decides what is said.
    if ((await drop().catch(() => 0)) === 0) continue;
    try {
      return await work();
    } catch (error) {
      if (!isFull(error)) throw error;
      full = error;
    }
  }
  throw full;
}
