// @vitest-environment node
import { expect, it } from "vitest";
import type { Position } from "../store/types";
import { ownFeatures } from "./features";

const at = (lat: number, accuracy_m: number): Position => ({
  lat,
  lon: 14.5755,
  accuracy_m,
  age_ms: 0,
  source: "gnss",
});

/** Metres on the WGS 84 ellipsoid, which a phone's position is given on: not the sphere that the circle is drawn on. */
function metres(from: Position, [lon, lat]: readonly [number, number]): number {
  const [a, e2] = [6_378_137, 0.006_694_379_990_14];
  const rad = (degrees: number) => (degrees * Math.PI) / 180;
  const w2 = 1 - e2 * Math.sin(rad(from.lat)) ** 2;
  const north = rad(lat - from.lat) * ((a * (1 - e2)) / w2 ** 1.5);
  const east = rad(lon - from.lon) * (a / Math.sqrt(w2)) * Math.cos(rad(from.lat));
  return Math.hypot(north, east);
}

function ringOf(own: Position): [number, number][] {
  const geometry = ownFeatures.circle(own).features[0]?.geometry;
  return geometry?.type === "Polygon" ? (geometry.coordinates[0] ?? []) : [];
}

it.each([
  [56, 8],
  [56, 500],
  [68, 8],
  [68, 500],
])("draws the accuracy at %d° N as a circle of %d m, within half a per cent", (lat, radius_m) => {
  const own = at(lat, radius_m);
  const ring = ringOf(own);
  expect(ring.length).toBeGreaterThanOrEqual(32);
  expect(ring[0]).toEqual(ring.at(-1));
  const off = ring.map((point) => Math.abs(metres(own, point) / radius_m - 1));
  expect(Math.max(...off)).toBeLessThan(0.005);
});

it("draws no circle that the dot would hide, and none without a position", () => {
  expect(ringOf(at(56, 4))).toEqual([]);
  expect(ownFeatures.circle(null).features).toEqual([]);
  expect(ownFeatures.point(null).features).toEqual([]);
});
