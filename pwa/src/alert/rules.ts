/** Holding to raise, numbers to reach people by, and when a check-in asks for attention. Plain arithmetic. */
import type { Contact, Position } from "../store/types";

export const HOLD_MS = 2_000;

/** 0 … 1; in quarters for those who want no motion. */
export function heldPart(since_ms: number, now_ms: number, isStill: boolean): number {
  const part = Math.min(1, Math.max(0, (now_ms - since_ms) / HOLD_MS));
  return isStill ? Math.floor(part * 4) / 4 : part;
}

/** The organisation's own people to reach in an emergency, nearest first: the supervisor, then the one on call. */
const REACH = ["CHEF", "TIB"];

export function reachable(contacts: readonly Contact[]): Contact[] {
  return REACH.flatMap((service) => contacts.filter((contact) => contact.service === service));
}

/** Swedish mobile numbers: a fixed line takes no text message. */
export const takesText = (number: string) => /^(\+46|0046|0)7/.test(number.replace(/[^\d+]/g, ""));

/** Both kinds of phones read the text after `?&body=`. */
export function smsHref(number: string, body: string): string {
  return `sms:${number.replace(/[^\d+]/g, "")}?&body=${encodeURIComponent(body)}`;
}

/** "56.16120, 14.86540": five decimals are a metre. */
export const degrees = ({ lat, lon }: Pick<Position, "lat" | "lon">) =>
  `${lat.toFixed(5)}, ${lon.toFixed(5)}`;

const MINUTE_MS = 60_000;
const SOON_MS = 2 * MINUTE_MS;
/** An app that was away for longer says it on the screen, and does not startle. */
const LATE_MS_MAX = 30 * MINUTE_MS;

/** What a promise asks for now: nothing, a hint shortly before, or attention once it is due. */
export function nudge(due: string | null, now_ms: number): "none" | "soon" | "due" {
  if (due === null) return "none";
  const left_ms = Date.parse(due) - now_ms;
  if (left_ms <= 0) return left_ms > -LATE_MS_MAX ? "due" : "none";
  return left_ms <= SOON_MS ? "soon" : "none";
}
