/**
 * Times, distances and lists as people read them: 24 h, Europe/Stockholm, in the chosen language.
 */
import { eveningOf, wallOf } from "./clock";
import { type Language, language } from "./engine";

const LOCALE: Record<Language, string> = { sv: "sv-SE", en: "en-GB" };
const made = new Map<string, Intl.DateTimeFormat>();

function formatter(name: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${language.value} ${name}`;
  const known = made.get(key);
  if (known) return known;
  const fresh = new Intl.DateTimeFormat(LOCALE[language.value], {
    timeZone: "Europe/Stockholm",
    ...options,
  });
  made.set(key, fresh);
  return fresh;
}

const DATE: Intl.DateTimeFormatOptions = { weekday: "long", day: "numeric", month: "short" };

/** 21:40 */
export function time(iso: string): string {
  return wallOf(Date.parse(iso)).time;
}

/** fredag 20 nov. */
export function date(iso: string): string {
  const at_ms = Date.parse(iso);
  return Number.isNaN(at_ms) ? "" : formatter("date", DATE).format(at_ms);
}

/** fredag 20 nov. 21:40 */
export function dateTime(iso: string): string {
  return `${date(iso)} ${time(iso)}`;
}

/** 2026-11-20 21:40: where it is about years. */
export function dayAndTime(iso: string): string {
  const { date, time } = wallOf(Date.parse(iso));
  return `${date} ${time}`;
}

/** 21:40 when it is the same day as `now`, otherwise with its day. */
export function timeNear(iso: string, now_ms: number): string {
  return wallOf(Date.parse(iso)).date === wallOf(now_ms).date ? time(iso) : dateTime(iso);
}

const DAY: Intl.DateTimeFormatOptions = { weekday: "short", day: "numeric", month: "short" };

/** 21:40 in that evening (YYYY-MM-DD) and its night, otherwise with its day: lör 21 nov. 15:00. */
export function timeIn(iso: string, evening: string): string {
  const at_ms = Date.parse(iso);
  if (Number.isNaN(at_ms) || eveningOf(iso) === evening) return time(iso);
  return `${formatter("day", DAY).format(at_ms)} ${time(iso)}`;
}

/** 40 m · 1,2 km */
export function distance(distance_m: number): string {
  if (distance_m < 1000)
    return `${distance_m < 20 ? Math.round(distance_m) : Math.round(distance_m / 10) * 10} m`;
  return `${number(distance_m / 1000, 1)} km`;
}

export function number(value: number, decimals = 0): string {
  return new Intl.NumberFormat(LOCALE[language.value], { maximumFractionDigits: decimals }).format(value);
}

/** "Alva, Cim och Dan" */
export function list(words: readonly string[]): string {
  return new Intl.ListFormat(LOCALE[language.value], { type: "conjunction" }).format(words);
}

/** 4,2 GB */
export function bytes(count: number): string {
  const units = ["B", "kB", "MB", "GB", "TB"];
  const step = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, count)) / 3)));
  return `${number(count / 1000 ** step, step > 1 ? 1 : 0)} ${units[step]}`;
}
