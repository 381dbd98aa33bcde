/** Whether all that was written has come, as facts to be put into words. Pure. */
import type { Completeness, Gap, Phone } from "./types";

/** A stretch of a phone's numbers that the server has never seen. */
export type Missing = Pick<Gap, "label" | "from" | "to" | "count">;

export type Verdict =
  | { is: "complete"; received: number; expected: number }
  | { is: "missing"; received: number; expected: number; gaps: Missing[]; unexplained: number }
  | { is: "open"; received: number; gaps: Missing[]; phones: Phone[] }
  /** The shift has ended, but a phone has not said how many it has. */
  | { is: "unstated"; received: number; gaps: Missing[]; phones: Phone[] };

export function verdict(completeness: Completeness, status: "open" | "ended"): Verdict {
  const { received, expected, complete, gaps, phones } = completeness;
  if (expected !== null && complete) return { is: "complete", received, expected };
  if (expected !== null) {
    const named = gaps.reduce((sum, gap) => sum + gap.count, 0);
    const unexplained = Math.max(0, expected - received - named);
    return { is: "missing", received, expected, gaps, unexplained };
  }
  const silent = phones.filter((phone) => phone.expected === null);
  if (status === "ended") return { is: "unstated", received, gaps, phones: silent };
  return { is: "open", received, gaps, phones };
}

/** All that the phones of a shift say they still hold; null when none has said. */
export function unsent(phones: readonly Phone[]): number | null {
  const said = phones.flatMap((phone) => (phone.pending === null ? [] : [phone.pending]));
  return said.length === 0 ? null : said.reduce((sum, n) => sum + n, 0);
}

/** Whole minutes past a promise, or null while it is kept (or none was made). */
export function overdueMinutes(next_due: string | null, now_ms: number): number | null {
  if (next_due === null) return null;
  const minutes = Math.floor((now_ms - Date.parse(next_due)) / 60_000);
  return minutes >= 1 ? minutes : null;
}
