/** The logs of all shifts that are out, for the maps of the evening. */
import { ask } from "./ask";
import type { ShiftLog } from "./types";

/** Crews out at once whose logs are read for the map; more than any known organisation has. */
const LOGS_MAX = 12;

export async function tonightsLogs(stop: AbortSignal): Promise<ShiftLog[]> {
  const out = await ask.out(Date.now(), stop);
  return Promise.all(out.slice(0, LOGS_MAX).map(({ id }) => ask.shift(id, stop)));
}
