/** The time in a UUIDv7 (RFC 9562): its first 48 bits, in milliseconds. */

/** Sorts before every id that was made at that time or later. */
export function idAt(ms: number): string {
  const hex = Math.max(0, ms).toString(16).padStart(12, "0");
  return `${hex.slice(0, 8)}-${hex.slice(8)}`;
}

/** Milliseconds; null where there is none to be read. */
export function timeOf(id: string): number | null {
  const hex = /^([0-9a-f]{8})-([0-9a-f]{4})-7/.exec(id);
  return hex ? Number.parseInt(`${hex[1]}${hex[2]}`, 16) : null;
}
