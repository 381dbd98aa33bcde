/**
 * A position as it is read aloud to 112: degrees and decimal minutes (WGS 84), and SWEREF 99 TM. Pure, and without
 * imports: `tests/place/test_coordinates.py` runs this very file against PROJ.
 */

/** WGS 84 degrees. */
export interface Degrees {
  lat: number;
  lon: number;
}

export interface Sweref {
  north_m: number;
  east_m: number;
}

/** GRS 80 and the projection's own numbers (Lantmäteriet, SWEREF 99 TM; EPSG:3006). */
const AXIS_M = 6_378_137;
const FLATTENING = 1 / 298.257222101;
const MERIDIAN = 15;
const SCALE = 0.9996;
const FALSE_EAST_M = 500_000;
/** Where the projection is meant to be used (EPSG:3006): Sweden with its sea. Beyond it the numbers name no place on a Swedish map. */
const SWEDEN = { south: 54.96, north: 69.07, west: 10.03, east: 24.17 };

const E2 = FLATTENING * (2 - FLATTENING);
const N = FLATTENING / (2 - FLATTENING);
const RADIUS_M = (AXIS_M / (1 + N)) * (1 + N ** 2 / 4 + N ** 4 / 64);

/** Series in the flattening; the terms left out are below a tenth of a millimetre in Sweden. */
const CONFORMAL = [
  E2,
  (5 * E2 ** 2 - E2 ** 3) / 6,
  (104 * E2 ** 3 - 45 * E2 ** 4) / 120,
  (1237 * E2 ** 4) / 1260,
];
const BETA = [
  N / 2 - (2 * N ** 2) / 3 + (5 * N ** 3) / 16 + (41 * N ** 4) / 180,
  (13 * N ** 2) / 48 - (3 * N ** 3) / 5 + (557 * N ** 4) / 1440,
  (61 * N ** 3) / 240 - (103 * N ** 4) / 140,
  (49561 * N ** 4) / 161280,
];

const radians = (degrees: number) => (degrees * Math.PI) / 180;

/** Null outside Sweden, and for what is no position at all. */
export function sweref99tm({ lat, lon }: Degrees): Sweref | null {
  const isInside = lat >= SWEDEN.south && lat <= SWEDEN.north && lon >= SWEDEN.west && lon <= SWEDEN.east;
  return isInside ? projected(radians(lat), radians(lon - MERIDIAN)) : null;
}

/** Gauss–Krüger by Krüger's series. */
function projected(lat: number, east: number): Sweref {
  const sine = Math.sin(lat);
  const flattened = CONFORMAL.reduce((sum, term, n) => sum + term * sine ** (2 * n), 0);
  const conformal = lat - sine * Math.cos(lat) * flattened;
  const xi = Math.atan2(Math.tan(conformal), Math.cos(east));
  const eta = Math.atanh(Math.cos(conformal) * Math.sin(east));
  let [up, right] = [xi, eta];
  BETA.forEach((term, at) => {
    const k = 2 * (at + 1);
    up += term * Math.sin(k * xi) * Math.cosh(k * eta);
    right += term * Math.cos(k * xi) * Math.sinh(k * eta);
  });
  return { north_m: SCALE * RADIUS_M * up, east_m: FALSE_EAST_M + SCALE * RADIUS_M * right };
}

const NARROW = "\u00a0";

function grouped(metres: number): string {
  return String(Math.round(metres)).replace(/\B(?=(\d{3})+$)/g, NARROW);
}

/** "N 6 212 345" and "E 473 215", whole metres; null outside Sweden. */
export function swerefWords(at: Degrees): { north: string; east: string } | null {
  const found = sweref99tm(at);
  if (found === null) return null;
  return { north: `N${NARROW}${grouped(found.north_m)}`, east: `E${NARROW}${grouped(found.east_m)}` };
}

const PER_DEGREE = 60_000;

/** Thousandths of a minute are counted whole before they are parted, or 59,9996' would be told as 60,000'. */
function minutes(degrees: number, digits: number, point: string): string {
  const thousandths = Math.round(Math.abs(degrees) * PER_DEGREE);
  const whole = String(Math.floor(thousandths / PER_DEGREE)).padStart(digits, "0");
  const rest = ((thousandths % PER_DEGREE) / 1000).toFixed(3).padStart(6, "0").replace(".", point);
  return `${whole}°${NARROW}${rest}'`;
}

/** "56° 03,126' N" and "014° 34,518' E"; with a point instead of the comma in English. */
export function minuteWords({ lat, lon }: Degrees, language: "sv" | "en"): { lat: string; lon: string } {
  const point = language === "sv" ? "," : ".";
  return {
    lat: `${minutes(lat, 2, point)}${NARROW}${lat < 0 ? "S" : "N"}`,
    lon: `${minutes(lon, 3, point)}${NARROW}${lon < 0 ? "W" : "E"}`,
  };
}
