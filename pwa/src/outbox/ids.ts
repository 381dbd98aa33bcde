/** UUIDv7 (RFC 9562), monotonic on this phone even while its clock stands still or goes back. */

const AHEAD_MS_MAX = 24 * 3_600_000;
const COUNTER_MAX = 0xfff;
let last_ms = 0;
let counter = 0;

/** Continues after `id`, the last one of an earlier page life. */
export function continueAfter(id: string): void {
  const hex = id.replaceAll("-", "");
  const ms = Number.parseInt(hex.slice(0, 12), 16);
  if (!Number.isFinite(ms) || ms <= last_ms) return;
  last_ms = ms;
  counter = Number.parseInt(hex.slice(13, 16), 16) || 0;
}

export function newId(): string {
  const now_ms = Date.now();
  // A clock that was years ahead for a moment must not date every later id: randomness alone keeps them apart.
  if (now_ms > last_ms || last_ms - now_ms > AHEAD_MS_MAX) {
    last_ms = now_ms;
    counter = crypto.getRandomValues(new Uint16Array(1)).reduce((_, n) => n & 0xff, 0);
  } else if (++counter > COUNTER_MAX) {
    last_ms += 1;
    counter = 0;
  }
  return formatted(last_ms, counter, crypto.getRandomValues(new Uint8Array(8)));
}

function formatted(ms: number, count: number, random: Uint8Array): string {
  const time = ms.toString(16).padStart(12, "0");
  const high = count.toString(16).padStart(3, "0");
  const [first = 0, ...rest] = random;
  const tail = [(first & 0x3f) | 0x80, ...rest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return `${time.slice(0, 8)}-${time.slice(8)}-7${high}-${tail.slice(0, 4)}-${tail.slice(4)}`;
}
