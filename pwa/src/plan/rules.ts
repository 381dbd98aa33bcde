/** Pure rules of the calendar page: which days a month shows, in weeks, and which week of the year each is. */

const DAY_MS = 86_400_000;
/** Noon, so that no clock of anybody's moves it to another day. */
const noon = (day: string) => Date.parse(`${day}T12:00:00Z`);
const dayOf = (at_ms: number) => new Date(at_ms).toISOString().slice(0, 10);

export const addDays = (day: string, days: number) => dayOf(noon(day) + days * DAY_MS);

/** 0 Monday … 6 Sunday. */
export const weekday = (day: string) => (new Date(noon(day)).getUTCDay() + 6) % 7;

/** "2026-11" → "2026-12"; steps of whole months. */
export function addMonths(month: string, months: number): string {
  const [year = 0, number = 1] = month.split("-").map(Number);
  const at = year * 12 + number - 1 + months;
  return `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, "0")}`;
}

/** The weeks that a month touches, each from Monday. */
export function weeksOf(month: string): string[][] {
  const first = `${month}-01`;
  const weeks: string[][] = [];
  for (let monday = addDays(first, -weekday(first)); monday.slice(0, 7) <= month; monday = addDays(monday, 7))
    weeks.push([0, 1, 2, 3, 4, 5, 6].map((days) => addDays(monday, days)));
  return weeks;
}

/** ISO 8601: the week that has the year's first Thursday is the first. */
export function weekNumber(monday: string): number {
  const thursday = addDays(monday, 3);
  const newYear = noon(`${thursday.slice(0, 4)}-01-01`);
  return Math.floor((noon(thursday) - newYear) / (7 * DAY_MS)) + 1;
}

const MONTH = /^\d{4}-(0[1-9]|1[0-2])$/;
export const isMonth = (said: string | null): said is string => said !== null && MONTH.test(said);
