/** A point that the host set on the map: where it happened, which is not always where the phone is. */
import { number, object, type Parser } from "../parse";
import type { Place, Position } from "../store/types";

export interface Pin {
  lat: number;
  lon: number;
}

export const parsePin: Parser<Pin> = object({ lat: number, lon: number });

/** Nobody measured it, so it has no accuracy. */
export function pinned({ lat, lon }: Pin): Position {
  return { lat, lon, accuracy_m: null, age_ms: 0, source: "map" };
}

export function pinOf(position: Position | null): Pin | null {
  return position?.source === "map" ? { lat: position.lat, lon: position.lon } : null;
}

/** What a correction says of where it was: the pin, or that the point of this place holds now, or nothing new. */
export function movedTo(before: Position | null, pin: Pin | null, place: Place | undefined): Position | null {
  if (pin) return pinned(pin);
  if (pinOf(before) === null || !place) return null;
  return { lat: place.lat, lon: place.lon, accuracy_m: null, age_ms: 0, source: "place" };
}
