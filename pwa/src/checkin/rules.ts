/** Promises and countdowns: plain arithmetic on instants. */

const MINUTE_MS = 60_000;

export const PROMISES_MIN = [15, 30, 45, 60] as const;
const USUAL_MIN = 30;

export interface Countdown {
  /** Whole minutes left; of lateness when overdue. */
  minutes: number;
  isOverdue: boolean;
  /** 1 just promised … 0 due. */
  left: number;
}

export function countdown(stated: string, due: string, now_ms: number): Countdown {
  const left_ms = Date.parse(due) - now_ms;
  const span_ms = Math.max(MINUTE_MS, Date.parse(due) - Date.parse(stated));
  return {
    minutes: left_ms >= 0 ? Math.ceil(left_ms / MINUTE_MS) : Math.floor(-left_ms / MINUTE_MS),
    isOverdue: left_ms < 0,
    left: Math.min(1, Math.max(0, left_ms / span_ms)),
  };
}

/** The span last promised, so that the host need not choose it each time. */
export function usualPromise(last: { statedAt: string; nextDue: string | null } | undefined): number {
  if (!last?.nextDue) return USUAL_MIN;
  const span_min = (Date.parse(last.nextDue) - Date.parse(last.statedAt)) / MINUTE_MS;
  return PROMISES_MIN.reduce((best, offered) =>
    Math.abs(offered - span_min) < Math.abs(best - span_min) ? offered : best,
  );
}

export function dueAt(now_ms: number, minutes: number): string {
  return new Date(now_ms + minutes * MINUTE_MS).toISOString();
}
