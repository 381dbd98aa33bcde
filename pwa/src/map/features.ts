/** Items as GeoJSON for the map's sources. Pure. */
import type { Position } from "../store/types";
import { circleRing } from "./geo";
import type { MapArea, MapItem } from "./items";
import { symbolId } from "./symbols";

/** Below this the circle would hide behind the dot that marks the position. */
const CIRCLE_FROM_M = 5;

type Geometry =
  | { type: "Point"; coordinates: [number, number] }
  | { type: "Polygon"; coordinates: [number, number][][] };

const collection = <F>(list: F[]) => ({
  type: "FeatureCollection" as const,
  features: list,
});
const feature = <G, P>(geometry: G, properties: P) => ({
  type: "Feature" as const,
  geometry,
  properties,
});
const point = (lon: number, lat: number): Geometry => ({ type: "Point", coordinates: [lon, lat] });

export const features = {
  areas: (areas: readonly MapArea[]) =>
    collection(areas.map((area) => feature(area.geometry, { name: area.name }))),

  points: (items: readonly MapItem[]) =>
    collection(
      items.map((item) =>
        feature(point(item.lon, item.lat), {
          id: item.id,
          name: item.name,
          symbol: symbolId(item.kind, item.letter),
        }),
      ),
    ),
};

export const ownFeatures = {
  point: (own: Position | null) => collection(own ? [feature(point(own.lon, own.lat), {})] : []),

  circle: (own: Position | null) => {
    const radius_m = own?.accuracy_m ?? 0;
    if (!own || radius_m < CIRCLE_FROM_M) return collection([]);
    const ring: Geometry = { type: "Polygon", coordinates: [circleRing(own, radius_m)] };
    return collection([feature(ring, {})]);
  },
};
