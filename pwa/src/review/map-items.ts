/** A shift's records for the map, with the same rules as on the host's phone, and its alarms. Pure but for words. */
import {
  type ItemNames,
  type ItemSet,
  type MapItem,
  type MapRecords,
  recordItems,
  whereOf,
} from "../map/items";
import { namesFrom, restrictedBy } from "../map/words";
import type { AlertValue } from "../store/types";
import { alarmTitle } from "./entry-words";
import type { Entry, Reference } from "./types";

export function recordsOf(entries: readonly Entry[]): MapRecords {
  return {
    observations: entries.flatMap((entry) => (entry.kind === "observation" ? [entry.value] : [])),
    checkins: entries.flatMap((entry) => (entry.kind === "checkin" ? [entry.value] : [])),
    escalations: entries.flatMap((entry) => (entry.kind === "escalation" ? [entry.value] : [])),
  };
}

function alarmItem(alarm: AlertValue, names: ItemNames): MapItem | null {
  const where = whereOf(alarm, new Map());
  const { id, kind, note, stated_at } = alarm;
  const drawn = { id, name: alarmTitle(kind), detail: note, at: stated_at };
  return where && { ...drawn, ...where, kind: "alarm", letter: names.letter("alarm") };
}

export function itemsOf(entries: readonly Entry[], reference: Reference | null): ItemSet {
  const words = reference?.vocabulary ?? null;
  const places = new Map(reference?.places.map((place) => [place.id, place]));
  const names = namesFrom(words);
  const set = recordItems(recordsOf(entries), places, names, restrictedBy(words));
  for (const entry of entries) {
    if (entry.kind !== "alert") continue;
    const item = alarmItem(entry.value, names);
    if (item) set.items.push(item);
    // Of a check-in that did not come nobody has said where.
    else if (entry.value.kind !== "overdue") set.unplaced++;
  }
  return set;
}
