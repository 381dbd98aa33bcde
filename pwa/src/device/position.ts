/** Where the phone is, asked only at the moment a host acts. No trail, no watching. */

/** `lat`, `lon` in WGS 84 degrees; `accuracy_m` and `age_ms` as the device states them. */
export interface Position {
  lat: number;
  lon: number;
  accuracy_m: number | null;
  age_ms: number;
  source: "gnss" | "map" | "place";
}

const TIMEOUT_MS = 8_000;
const AGE_MS_MAX = 15_000;

/** Null when there is none to be had: refused, no signal, too slow, or no such hardware. Never rejects. */
export function currentPosition({
  timeoutMs = TIMEOUT_MS,
}: {
  timeoutMs?: number;
} = {}): Promise<Position | null> {
  return new Promise((resolve) => {
    if (!("geolocation" in navigator)) {
      resolve(null);
      return;
    }
    // Some devices never answer while the permission question is open, whatever `timeout` says.
    const watchdog = setTimeout(() => resolve(null), timeoutMs + 500);
    const done = (found: Position | null) => {
      clearTimeout(watchdog);
      resolve(found);
    };
    navigator.geolocation.getCurrentPosition(
      ({ coords, timestamp }) => done(stated(coords, timestamp)),
      () => done(null),
      { enableHighAccuracy: true, timeout: timeoutMs, maximumAge: AGE_MS_MAX },
    );
  });
}

function stated(coords: GeolocationCoordinates, timestamp: number): Position | null {
  if (!Number.isFinite(coords.latitude) || !Number.isFinite(coords.longitude)) return null;
  return {
    lat: coords.latitude,
    lon: coords.longitude,
    accuracy_m: Number.isFinite(coords.accuracy) ? Math.round(coords.accuracy * 10) / 10 : null,
    age_ms: Math.max(0, Math.round(Date.now() - timestamp)),
    source: "gnss",
  };
}
