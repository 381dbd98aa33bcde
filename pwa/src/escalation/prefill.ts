/** What the card says at once: the last that was seen, as long as it is fresh. Pure. */
import type { ObservationView } from "../observation/view";
import type { Category, Code } from "../store/types";

const FRESH_MS = 60 * 60_000;
/** Closed to all but a few: its name must not travel on in a call for help, which colleagues read. */
const RESTRICTED = 3;

interface Known {
  observations: readonly ObservationView[];
  category: (code: string) => Category | undefined;
  name: (item: { sv: string; en: string }) => string;
  counts: readonly Code[];
  /** "{n} personer", for a band. */
  people: (band: string) => string;
}

export interface Seen {
  observation: string;
  words: string;
  placeId: string | null;
  placeText: string;
}

/** Null when nothing was seen lately that may be told. `observations`: newest first. */
export function lastSeen(known: Known, now_ms: number): Seen | null {
  const last = known.observations.find((one) => !one.isRetracted);
  if (!last || now_ms - Date.parse(last.statedAt) > FRESH_MS) return null;
  const { content } = last;
  const category = known.category(content.category);
  if (!category || category.protection >= RESTRICTED) return null;
  const band = known.counts.find((one) => one.code === content.count && /[1-9]/.test(one.code));
  const words = [known.name(category), band ? known.people(known.name(band)) : ""].filter(Boolean).join(", ");
  return { observation: last.id, words, placeId: content.place_id, placeText: content.place_text ?? "" };
}
