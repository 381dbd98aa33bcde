/** A shift's records for the map, with the same rules as on the host's phone. Pure but for words. */
import { type ItemSet, type MapRecords, recordItems } from "../map/items";
import { namesFrom, restrictedBy } from "../map/words";
import type { Entry, Reference } from "./types";

export function recordsOf(entries: readonly Entry[]): MapRecords {
  return {
    observations: entries.flatMap((entry) => (entry.kind === "observation" ? [entry.value] : [])),
    checkins: entries.flatMap((entry) => (entry.kind === "checkin" ? [entry.value] : [])),
    escalations: entries.flatMap((entry) => (entry.kind === "escalation" ? [entry.value] : [])),
  };
}

export function itemsOf(entries: readonly Entry[], reference: Reference | null): ItemSet {
  const words = reference?.vocabulary ?? null;
  const places = new Map(reference?.places.map((place) => [place.id, place]));
  return recordItems(recordsOf(entries), places, namesFrom(words), restrictedBy(words));
}
