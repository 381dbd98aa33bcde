/** What a start proposes, from the clock alone. */
import { firstAfter, weekdayOf } from "../text/clock";

const HOUR_MS = 3_600_000;
const LONGEST_H = 14;
const USUAL_H = 8;
const FRIDAY = 5;

/** 01:00, on Friday and Saturday 02:00; for a shift that is not an evening, eight hours. */
export function plannedEnd(start_ms: number): number {
  // A start after midnight still belongs to the evening before.
  const weekday = weekdayOf(start_ms - 6 * HOUR_MS);
  const usual = firstAfter(weekday >= FRIDAY ? "02:00" : "01:00", start_ms);
  const span_ms = usual - start_ms;
  if (span_ms <= LONGEST_H * HOUR_MS && span_ms >= HOUR_MS) return usual;
  return Math.ceil((start_ms + USUAL_H * HOUR_MS) / HOUR_MS) * HOUR_MS;
}
