/** Positions as people type and paste them. Pure. */

export interface LonLat {
  lon: number;
  lat: number;
}

/** About a metre: nobody points more exactly. */
const SHOWN_DECIMALS = 5;
/** Degrees with a dot or a Swedish comma; the comma between two numbers has no digit right after it, or they have dots. */
const NUMBER = /^[-−+]?\d{1,8}(\.\d+)?$/;

/** "56.05, 14.58", "56,05 14,58" and "56.05 14.58" alike; latitude first, as maps tell it. Null: not two numbers. */
export function positionFrom(typed: string): LonLat | null {
  const clean = typed.trim().replace(/^\(|\)$/g, "");
  const parts = clean.includes(".")
    ? clean.split(/[\s,;]+/)
    : clean.split(/\s*;\s*|\s*,?\s+/).map((part) => part.replace(",", "."));
  if (parts.length !== 2 || !parts.every((part) => NUMBER.test(part))) return null;
  const [lat, lon] = parts.map((part) => Number(part.replace("−", "-")));
  return lat === undefined || lon === undefined ? null : { lat, lon };
}

export const positionText = ({ lon, lat }: LonLat): string =>
  `${Number(lat.toFixed(SHOWN_DECIMALS))}, ${Number(lon.toFixed(SHOWN_DECIMALS))}`;

export type Corners = { is: "corners"; corners: LonLat[] } | { is: "wrong"; row: number };

/** One corner a line; empty lines are let be. */
export function cornersFrom(typed: string): Corners {
  const corners: LonLat[] = [];
  for (const [at, line] of typed.split("\n").entries()) {
    if (line.trim() === "") continue;
    const corner = positionFrom(line);
    if (corner === null) return { is: "wrong", row: at + 1 };
    corners.push(corner);
  }
  return { is: "corners", corners };
}

export const cornersText = (corners: readonly LonLat[]): string => corners.map(positionText).join("\n");

type Ring = [number, number][];
export type Outline =
  | { type: "Polygon"; coordinates: Ring[] }
  | { type: "MultiPolygon"; coordinates: Ring[][] };

/** The corners without the last, which repeats the first. Null: holes or several parts, which are not drawn here. */
export function cornersOf(outline: Outline | null): LonLat[] | null {
  if (outline === null) return [];
  const rings = outline.type === "Polygon" ? outline.coordinates : (outline.coordinates[0] ?? []);
  const isOne = rings.length === 1 && (outline.type === "Polygon" || outline.coordinates.length === 1);
  return isOne ? (rings[0] ?? []).slice(0, -1).map(([lon, lat]) => ({ lon, lat })) : null;
}

export function outlineOf(corners: readonly LonLat[]): Outline {
  const ring: Ring = corners.map(({ lon, lat }) => [lon, lat]);
  const [first] = ring;
  return { type: "Polygon", coordinates: [first ? [...ring, first] : []] };
}
