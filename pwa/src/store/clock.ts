/** This page's clocks, and how far the phone's clock was from the server's when last compared. */
import { type ClockMeta, readMeta, writeMeta } from "./meta";

/** One per page life; `mono` counts from its start. */
export const page = crypto.randomUUID();
export const mono_ms = (): number => Math.round(performance.now());

let sample: ClockMeta | null = null;

export async function loadClock(): Promise<void> {
  sample ??= await readMeta("clock");
}

/** `offset_ms` = server minus phone. */
export async function compareClock(found: { offset_ms: number; rtt_ms: number }): Promise<void> {
  sample = { ...found, wall_ms: Date.now(), mono_ms: mono_ms(), page };
  await writeMeta("clock", sample);
}

/** The wall clock and the page's steady clock went apart by more: the one was set, or the other stood still in sleep. */
export const STEP_MS_MIN = 120_000;

/**
 * For an op's `at.clock`; the age is by the wall clock, or by the steady one where that says more. Nothing once the
 * clock was set back, which no sleep does: what was compared then was another one.
 */
export function clockStatement(): { offset_ms: number; rtt_ms: number; age_ms: number } | null {
  if (!sample) return null;
  const wall_ms = Date.now() - sample.wall_ms;
  const steady_ms = sample.page === page ? mono_ms() - sample.mono_ms : wall_ms;
  if (steady_ms - wall_ms > STEP_MS_MIN) return null;
  const age_ms = Math.round(Math.max(0, steady_ms, wall_ms));
  return { offset_ms: sample.offset_ms, rtt_ms: sample.rtt_ms, age_ms };
}

/** RFC 3339 with the device's own offset: what the host's phone showed. */
export function wallClock(at = new Date()): string {
  const offset_min = -at.getTimezoneOffset();
  const local = new Date(at.getTime() + offset_min * 60_000).toISOString().slice(0, -1);
  const two = (n: number) => String(Math.floor(Math.abs(n))).padStart(2, "0");
  return `${local}${offset_min < 0 ? "-" : "+"}${two(offset_min / 60)}:${two(offset_min % 60)}`;
}
