/** Weeks by ISO 8601, and what a figure is divided by. Pure. */

const DAY_MS = 86_400_000;
const WEEK = /^\d{4}-W\d{2}$/;
/** What links to records may ask for; nothing else of an address goes to the server. */
const ASKED = [
  "area_id",
  "place_id",
  "category",
  "group",
  "action",
  "without",
  "service",
  "outcome",
  "day",
  "hour",
] as const;
export type Asked = Partial<Record<(typeof ASKED)[number], string | number>>;

export const isWeek = (said: string | undefined): said is string => said !== undefined && WEEK.test(said);

/** Of a date as YYYY-MM-DD. */
export function weekOf(date: string): string {
  const day_ms = Date.parse(`${date}T12:00:00Z`);
  const thursday = new Date(day_ms + (3 - ((new Date(day_ms).getUTCDay() + 6) % 7)) * DAY_MS);
  const first_ms = Date.UTC(thursday.getUTCFullYear(), 0, 1, 12);
  const number = 1 + Math.floor((thursday.getTime() - first_ms) / (7 * DAY_MS));
  return `${thursday.getUTCFullYear()}-W${String(number).padStart(2, "0")}`;
}

/** Monday's noon, in UTC. */
function mondayOf(week: string): number {
  const fourth_ms = Date.UTC(Number(week.slice(0, 4)), 0, 4, 12);
  const first_ms = fourth_ms - ((new Date(fourth_ms).getUTCDay() + 6) % 7) * DAY_MS;
  return first_ms + (Number(week.slice(6)) - 1) * 7 * DAY_MS;
}

export const dateOfMonday = (week: string) => new Date(mondayOf(week)).toISOString().slice(0, 10);

export const beside = (week: string, weeks: number) =>
  weekOf(new Date(mondayOf(week) + weeks * 7 * DAY_MS).toISOString().slice(0, 10));

/** The week that is looked at on a date: on a Monday, when the meeting is, the one that has just ended. */
export function weekToMeetOn(date: string): string {
  const before_ms = Date.parse(`${date}T12:00:00Z`) - DAY_MS;
  return weekOf(new Date(before_ms).toISOString().slice(0, 10));
}

export const numberOf = (week: string) => Number(week.slice(6));
export const yearOf = (week: string) => week.slice(0, 4);

export function perHour(count: number, hours: number): number | null {
  return hours > 0 ? count / hours : null;
}

export function askedOf(query: URLSearchParams): Record<string, string> {
  return Object.fromEntries(
    ASKED.flatMap((name) => (query.has(name) ? [[name, query.get(name) ?? ""]] : [])),
  );
}

const EVENING = 15;
const NIGHT = 3;
const BREAKS = 6;

/** Hours of the clock in the order of an evening, those with something in them at least: 15 … 23, 00, 01, 02. */
export function hoursShown(cells: readonly { hour: number }[]): number[] {
  const order = (hour: number) => (hour - BREAKS + 24) % 24;
  const known = cells.map(({ hour }) => order(hour));
  const first = Math.min(order(EVENING), ...known);
  const last = Math.max(order(NIGHT) - 1, ...known);
  return Array.from({ length: last - first + 1 }, (_, n) => (first + n + BREAKS) % 24);
}
