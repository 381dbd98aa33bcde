/**
 * The story of a shift in the order that the hosts state it, with its silences drawn. Pure: the clock is passed in.
 */
import type { Entry } from "./types";

const MINUTE_MS = 60_000;
export const GAP_MS = 30 * MINUTE_MS;
/** Sooner than this after it was written, an entry came at once. */
export const LATE_MS = 2 * MINUTE_MS;

export type GapLine = {
  line: "gap";
  key: string;
  from: string;
  /** Null: still going on. */
  to: string | null;
  /** `quiet`: nothing was written. `offline`: things were written, and came afterwards. */
  why: "quiet" | "offline";
  /** Entries written in the gap that came after it. */
  late: number;
};
export type EntryLine = { line: "entry"; key: string; entry: Entry; late_at: string | null };
export type Line = GapLine | EntryLine;

const ms = (iso: string) => Date.parse(iso);

/** When the entry reached the server, if that was notably after it was written. */
export function lateAt(entry: Pick<Entry, "stated_at" | "received_at">): string | null {
  return ms(entry.received_at) - ms(entry.stated_at) > LATE_MS ? entry.received_at : null;
}

type Clocks = Pick<Entry, "stated_at" | "estimated_at" | "estimated_within_ms">;

/** The server's own estimate, where the phone's clock was notably wrong however far off the estimate is. */
export function clockWrong(entry: Clocks): string | null {
  const { estimated_at, estimated_within_ms } = entry;
  if (estimated_at === null) return null;
  const off_ms = Math.abs(ms(estimated_at) - ms(entry.stated_at)) - (estimated_within_ms ?? 0);
  return off_ms > LATE_MS ? estimated_at : null;
}

export function inOrder(entries: readonly Entry[]): Entry[] {
  return [...entries].sort((a, b) => ms(a.stated_at) - ms(b.stated_at) || a.seq - b.seq);
}

/** Comments and reviews are written at a desk, a missed check-in by the server: none says that anybody was heard. */
function fromTheField(entry: Entry): boolean {
  if (entry.kind === "alert") return entry.value.author_id !== null;
  return entry.kind !== "comment" && entry.kind !== "review";
}

type Span = { from: number; to: number };

/** Stretches of more than 30 minutes between neighbours. */
function spans(times: readonly number[]): Span[] {
  const sorted = [...times].sort((a, b) => a - b);
  return sorted.flatMap((from, i) => {
    const to = sorted[i + 1];
    return to !== undefined && to - from > GAP_MS ? [{ from, to }] : [];
  });
}

const iso = (at: number) => new Date(at).toISOString();

const gapLine = (span: Span, why: GapLine["why"], late: number): GapLine => ({
  line: "gap",
  key: `gap-${why}-${span.from}`,
  from: iso(span.from),
  to: iso(span.to),
  why,
  late,
});

/** @param now_ms given while the shift is open: a silence may still be going on. */
export function gaps(entries: readonly Entry[], now_ms: number | null): GapLine[] {
  const field = entries.filter(fromTheField);
  const offline = spans(field.map((e) => ms(e.received_at))).flatMap((span) => {
    const late = field.filter((e) => {
      const stated = ms(e.stated_at);
      return stated > span.from && stated < span.to && ms(e.received_at) >= span.to && lateAt(e);
    }).length;
    return late > 0 ? [{ span, late }] : [];
  });
  const quiet = spans(field.map((e) => ms(e.stated_at))).filter(
    (span) => !offline.some((o) => o.span.from <= span.from && span.to <= o.span.to),
  );
  const lines = [
    ...offline.map(({ span, late }) => gapLine(span, "offline", late)),
    ...quiet.map((span) => gapLine(span, "quiet", 0)),
  ];
  const last = Math.max(...field.map((e) => ms(e.received_at)));
  if (now_ms !== null && field.length > 0 && now_ms - last > GAP_MS)
    lines.push({ ...gapLine({ from: last, to: now_ms }, "quiet", 0), to: null });
  return lines.sort((a, b) => ms(a.from) - ms(b.from));
}

/** Entries by stated time, each gap after the last entry stated before it began. */
export function timeline(entries: readonly Entry[], now_ms: number | null): Line[] {
  const lines: Line[] = [];
  const waiting = gaps(entries, now_ms);
  for (const entry of inOrder(entries)) {
    while (waiting[0] && ms(waiting[0].from) < ms(entry.stated_at)) {
      const gap = waiting.shift();
      if (gap) lines.push(gap);
    }
    lines.push({ line: "entry", key: entry.id, entry, late_at: lateAt(entry) });
  }
  return [...lines, ...waiting];
}
