/** Plane facts about points on the earth, without a library: the list needs them where the map library is not loaded. */

export interface LonLat {
  lon: number;
  lat: number;
}

const EARTH_RADIUS_M = 6_371_008.8;
const CIRCLE_POINTS = 48;
/** About one metre: two records closer than this cannot be told apart on any screen. */
const SAME_POINT_DECIMALS = 5;

const radians = (degrees: number) => (degrees * Math.PI) / 180;

/** Great-circle distance in metres. */
export function distance(a: LonLat, b: LonLat): number {
  const dLat = radians(b.lat - a.lat);
  const dLon = radians(b.lon - a.lon);
  const h =
    Math.sin(dLat / 2) ** 2 + Math.cos(radians(a.lat)) * Math.cos(radians(b.lat)) * Math.sin(dLon / 2) ** 2;
  return 2 * EARTH_RADIUS_M * Math.asin(Math.min(1, Math.sqrt(h)));
}

/** A closed ring of [lon, lat] around `centre`, for drawing how sure a position is. */
export function circleRing(centre: LonLat, radius_m: number): [number, number][] {
  const dLat = (radius_m / EARTH_RADIUS_M) * (180 / Math.PI);
  const dLon = dLat / Math.max(0.01, Math.cos(radians(centre.lat)));
  const ring: [number, number][] = [];
  for (let i = 0; i <= CIRCLE_POINTS; i++) {
    const angle = ((i % CIRCLE_POINTS) / CIRCLE_POINTS) * 2 * Math.PI;
    ring.push([centre.lon + dLon * Math.cos(angle), centre.lat + dLat * Math.sin(angle)]);
  }
  return ring;
}

export type Box = [west: number, south: number, east: number, north: number];

/** Smallest box around the points, or null when there is none. */
export function boxAround(points: readonly LonLat[]): Box | null {
  const first = points[0];
  if (!first) return null;
  const box: Box = [first.lon, first.lat, first.lon, first.lat];
  for (const { lon, lat } of points) {
    box[0] = Math.min(box[0], lon);
    box[1] = Math.min(box[1], lat);
    box[2] = Math.max(box[2], lon);
    box[3] = Math.max(box[3], lat);
  }
  return box;
}

export function samePointKey({ lon, lat }: LonLat): string {
  return `${lon.toFixed(SAME_POINT_DECIMALS)},${lat.toFixed(SAME_POINT_DECIMALS)}`;
}

/** Positions of a GeoJSON geometry, whatever its depth; anything that is not a pair of numbers is skipped. */
export function pointsOf(coordinates: unknown): LonLat[] {
  if (!Array.isArray(coordinates)) return [];
  const [lon, lat] = coordinates;
  if (typeof lon === "number" && typeof lat === "number") return [{ lon, lat }];
  return coordinates.flatMap(pointsOf);
}
