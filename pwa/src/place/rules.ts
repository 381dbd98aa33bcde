/** Which place is meant, from where the phone is and where the host last said to be. */
import type { Place, Position } from "../store/types";

export interface Near {
  place: Place;
  distance_m: number;
}

const EARTH_RADIUS_M = 6_371_008;
/** Further away than this, the nearest place is no guess of where something happened. */
const GUESS_M_MAX = 150;
/** A position too coarse to tell places apart. */
const ACCURACY_M_MAX = 250;
const radians = (degrees: number) => (degrees * Math.PI) / 180;

/** Great-circle distance, WGS 84 degrees in, metres out. */
export function distanceBetween(a: { lat: number; lon: number }, b: { lat: number; lon: number }): number {
  const lat = radians(b.lat - a.lat) / 2;
  const lon = radians(b.lon - a.lon) / 2;
  const h = Math.sin(lat) ** 2 + Math.cos(radians(a.lat)) * Math.cos(radians(b.lat)) * Math.sin(lon) ** 2;
  return 2 * EARTH_RADIUS_M * Math.asin(Math.min(1, Math.sqrt(h)));
}

/** Active places, nearest first. */
export function nearest(places: readonly Place[], position: Position | null, limit = 5): Near[] {
  if (!position) return [];
  return places
    .filter((place) => place.active)
    .map((place) => ({ place, distance_m: distanceBetween(position, place) }))
    .sort((a, b) => a.distance_m - b.distance_m)
    .slice(0, limit);
}

/** The place to propose: the one where the phone is, else the one last arrived at, else none. */
export function proposedPlace(
  places: readonly Place[],
  position: Position | null,
  arrivedAt: string | null,
): string | null {
  if (position && (position.accuracy_m ?? 0) <= ACCURACY_M_MAX) {
    const [first] = nearest(places, position, 1);
    if (first && first.distance_m <= GUESS_M_MAX + (position.accuracy_m ?? 0)) return first.place.id;
    // The phone knows that it is somewhere else than the place last arrived at.
    return null;
  }
  return places.some((place) => place.id === arrivedAt && place.active) ? arrivedAt : null;
}

/** What is typed matches any part of a name; an empty search matches all. */
export function search(places: readonly Place[], words: string): Place[] {
  const wanted = words.trim().toLocaleLowerCase("sv");
  return places
    .filter((place) => place.active && place.name.toLocaleLowerCase("sv").includes(wanted))
    .sort((a, b) => a.name.localeCompare(b.name, "sv"));
}
