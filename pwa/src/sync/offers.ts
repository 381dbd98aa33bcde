/** Stored rows as the machine knows them. Pure. */
import { isShut, type OpRow } from "../store/rows";
import { stuckFor_ms } from "./pace";
import { wire } from "./send";
import type { Offer } from "./types";

const URGENT = /^(alert|escalation)\./;
const encoder = new TextEncoder();

/** `now_ms` is the machine's steady clock, `wall_ms` the phone's. */
export interface Clocks {
  build: string;
  wall_ms: number;
  now_ms: number;
}

/** Of rows without a receipt. What neither this phone nor the organisation can read now waits for the PIN. */
export function offers(rows: readonly OpRow[], clocks: Clocks): Offer[] {
  return rows
    .filter((row) => row.state !== "acked" && (!isShut(row) || row.escrow !== null))
    .map((row) => ({
      id: row.id,
      install: row.install,
      seq: row.seq,
      hash: row.hash,
      urgent: URGENT.test(row.type),
      endsShift: row.type === "shift.end",
      bytes: encoder.encode(JSON.stringify(wire(row))).byteLength + 1,
      stuckUntil_ms: row.state === "stuck" ? stuckUntil(row, clocks) : null,
    }));
}

type Stuck = Pick<OpRow, "why" | "stuck_ms" | "stuck_build">;

/** What is stuck waits its time out, unless another build of the app gave up on it. A wrong clock makes it no longer. */
export function stuckUntil(row: Stuck, { build, wall_ms, now_ms }: Clocks): number | null {
  if (row.stuck_build !== build || row.stuck_ms === null) return null;
  const whole_ms = stuckFor_ms(row.why, 0);
  const left_ms = row.stuck_ms + whole_ms - wall_ms;
  return now_ms + Math.max(0, Math.min(whole_ms, left_ms));
}
