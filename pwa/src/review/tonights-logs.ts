/** The logs of all shifts that are out, for the maps of the evening. */
import { ask } from "./ask";
import { type Followed, followed } from "./followed";
import type { ShiftLog } from "./types";

/** Crews out at once whose logs are read for the map; more than any known organisation has. */
const LOGS_MAX = 12;

export const tonightsLogs = (): Followed<ShiftLog[]> =>
  followed({
    all: async (stop) => {
      const out = await ask.out(Date.now(), stop);
      return Promise.all(out.slice(0, LOGS_MAX).map(({ id }) => ask.shift(id, stop)));
    },
    some: async (known, named, stop) => {
      const others = known.filter(({ shift }) => !named.includes(shift.id));
      const asked = named.slice(0, LOGS_MAX - others.length);
      const found = await Promise.all(asked.map((id) => ask.shift(id, stop)));
      return [...found.filter(({ shift }) => shift.status === "open"), ...others];
    },
  });
