/** Alarms at the desk: those that ask for something now, newest kinds of danger first. Pure. */
import type { AlertStep, AlertValue } from "../store/types";

const DAY_MS = 24 * 3_600_000;
const RANK: Readonly<Record<string, number>> = { threat: 0, help: 0, overdue: 1, test: 2 };

export const isSeen = (alert: AlertValue) => alert.acknowledged.length > 0;

/** Unseen first, then by danger, then the newest; a test that somebody has seen, or that is a day old, is done. */
export function ordered(alerts: readonly AlertValue[], now_ms: number): AlertValue[] {
  const rank = (one: AlertValue) => RANK[one.kind] ?? 0;
  return alerts
    .filter((one) => one.kind !== "test" || (!isSeen(one) && now_ms - Date.parse(one.received_at) < DAY_MS))
    .sort(
      (a, b) =>
        Number(isSeen(a)) - Number(isSeen(b)) ||
        rank(a) - rank(b) ||
        Date.parse(b.received_at) - Date.parse(a.received_at),
    );
}

/** Whom a step reached by some way, whom by none, and whether that is known yet. */
export function outcome(step: AlertStep): { known: boolean; reached: string[]; lost: string[] } {
  if (step.told === null) return { known: false, reached: [], lost: [] };
  const reached = new Set(step.told.filter(({ ok }) => ok).map(({ person }) => person));
  return { known: true, reached: [...reached], lost: step.to.filter((person) => !reached.has(person)) };
}
