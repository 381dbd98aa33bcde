/**
 * What the map and its list show: one set of items, made once, so that neither can show what the other lacks.
 * Pure: names are passed in.
 */
import type {
  Area,
  CheckinValue,
  EscalationValue,
  ObservationValue,
  Place,
  Position,
  QuestionValue,
} from "../store/types";
import { distance, type LonLat, samePointKey } from "./geo";

export type ItemKind = "place" | "observation" | "checkin" | "escalation" | "question" | "alarm";

export interface MapItem extends LonLat {
  id: string;
  kind: ItemKind;
  /** One or two characters inside the symbol. */
  letter: string;
  name: string;
  detail: string | null;
  at: string | null;
  accuracy_m: number | null;
  /** Where the point is from: measured, pinned on a map, or the point of a place. */
  source: Position["source"];
}

export interface MapRecords {
  observations: readonly ObservationValue[];
  checkins: readonly CheckinValue[];
  escalations: readonly EscalationValue[];
}

export interface ItemNames {
  category(code: string): string;
  service(code: string): string;
  checkin(kind: string): string;
  placeKind(kind: string): string;
  letter(kind: Exclude<ItemKind, "observation">): string;
}

export interface ItemSet {
  items: MapItem[];
  /** Records of the restricted circle: never on a map, but not hidden silently either. */
  restricted: number;
  /** Records that say neither position nor known place. */
  unplaced: number;
}

type Places = ReadonlyMap<string, Place>;

interface Where extends LonLat {
  accuracy_m: number | null;
  source: Position["source"];
}

/** A pin beats the chosen place, and the place beats the phone: reports are often written somewhere else. */
export function whereOf(
  record: { position: Position | null; place_id?: string | null },
  places: Places,
): Where | null {
  const { position } = record;
  const place = record.place_id ? places.get(record.place_id) : undefined;
  if (position && (position.source === "map" || !place)) {
    const { lon, lat, accuracy_m, source } = position;
    return { lon, lat, accuracy_m, source };
  }
  return place ? { lon: place.lon, lat: place.lat, accuracy_m: null, source: "place" } : null;
}

export function placeItems(places: readonly Place[], names: ItemNames): MapItem[] {
  return places
    .filter((place) => place.active)
    .map((place) => ({
      id: place.id,
      kind: "place",
      letter: names.letter("place"),
      name: place.name,
      detail: names.placeKind(place.kind),
      at: null,
      lon: place.lon,
      lat: place.lat,
      accuracy_m: null,
      source: "place",
    }));
}

/** "Is it still there?" stands at the place that it is asked of; one of a place that is not known is in the list alone. */
export function questionItems(
  questions: readonly QuestionValue[],
  places: Places,
  names: ItemNames,
): { items: MapItem[]; unplaced: QuestionValue[] } {
  const items: MapItem[] = [];
  const unplaced: QuestionValue[] = [];
  for (const question of questions) {
    const place = places.get(question.place_id);
    if (place) items.push(questionItem(question, place, names));
    else unplaced.push(question);
  }
  return { items, unplaced };
}

function questionItem(question: QuestionValue, place: Place, names: ItemNames): MapItem {
  return {
    id: question.id,
    kind: "question",
    letter: names.letter("question"),
    name: names.category(question.category),
    detail: place.name,
    at: question.happened_from,
    lon: place.lon,
    lat: place.lat,
    accuracy_m: null,
    source: "place",
  };
}

type Drawn = Pick<MapItem, "id" | "kind" | "letter" | "name" | "detail" | "at">;

const drawnObservation = (o: ObservationValue, places: Places, names: ItemNames): Drawn => ({
  id: o.id,
  kind: "observation",
  letter: o.category.replace("-", "").slice(0, 2),
  name: names.category(o.category),
  detail: placeName(o.place_id, places) ?? o.place_text,
  at: o.happened.from,
});

const drawnCheckin = (c: CheckinValue, places: Places, names: ItemNames): Drawn => ({
  id: c.id,
  kind: "checkin",
  letter: names.letter("checkin"),
  name: names.checkin(c.kind),
  detail: placeName(c.place_id, places),
  at: c.stated_at,
});

const drawnEscalation = (e: EscalationValue, names: ItemNames): Drawn => ({
  id: e.id,
  kind: "escalation",
  letter: names.letter("escalation"),
  name: names.service(e.service),
  detail: e.cause,
  at: e.stated_at,
});

const placeName = (id: string | null, places: Places) => (id ? (places.get(id)?.name ?? null) : null);

export function recordItems(
  records: MapRecords,
  places: Places,
  names: ItemNames,
  isRestricted: (category: string) => boolean,
): ItemSet {
  const set: ItemSet = { items: [], restricted: 0, unplaced: 0 };
  const add = (item: Drawn, where: Where | null) => {
    if (where) set.items.push({ ...item, ...where });
    else set.unplaced++;
  };
  for (const o of records.observations) {
    if (o.status === "retracted") continue;
    if (isRestricted(o.category)) set.restricted++;
    else add(drawnObservation(o, places, names), whereOf(o, places));
  }
  for (const c of records.checkins) add(drawnCheckin(c, places, names), whereOf(c, places));
  const seen = new Map(records.observations.map((o) => [o.id, o]));
  for (const e of records.escalations) {
    const about = e.observation_id ? seen.get(e.observation_id) : undefined;
    if (about && isRestricted(about.category)) set.restricted++;
    else add(drawnEscalation(e, names), (about && whereOf(about, places)) ?? whereOf(e, places));
  }
  return set;
}

export interface ListedItem {
  item: MapItem;
  distance_m: number | null;
}

/** Near first when the own position is known; else newest record first, places last by name. */
export function listed(items: readonly MapItem[], own: LonLat | null): ListedItem[] {
  const rows = items.map((item) => ({ item, distance_m: own ? distance(own, item) : null }));
  return rows.sort((a, b) => {
    if (a.distance_m !== null && b.distance_m !== null && a.distance_m !== b.distance_m)
      return a.distance_m - b.distance_m;
    const newest = (b.item.at ?? "").localeCompare(a.item.at ?? "");
    return newest || a.item.name.localeCompare(b.item.name, "sv");
  });
}

/** Ids of all items drawn on the very same point as `id`, itself first. */
export function samePoint(items: readonly MapItem[], id: string): string[] {
  const item = items.find((one) => one.id === id);
  if (!item) return [];
  const key = samePointKey(item);
  const others = items.filter((one) => one.id !== id && samePointKey(one) === key);
  return [id, ...others.map((one) => one.id)];
}

/** An area that can be drawn. */
export type MapArea = Area & { geometry: NonNullable<Area["geometry"]> };

export function drawableAreas(areas: readonly Area[]): MapArea[] {
  return areas.filter((area): area is MapArea => area.active && area.geometry !== null);
}
