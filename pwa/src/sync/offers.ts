/** Stored rows as the machine knows them. Pure. */
import type { OpRow } from "../store/rows";
import { stuckFor_ms } from "./pace";
import { wire } from "./send";
import type { Offer } from "./types";

const URGENT = /^(alert|escalation)\./;
const encoder = new TextEncoder();

/** Of rows without a receipt. A stuck op waits its day out, unless another build of the app gave up on it. */
export function offers(rows: readonly OpRow[], build: string): Offer[] {
  return rows
    .filter(({ state }) => state !== "acked")
    .map((row) => ({
      id: row.id,
      install: row.install,
      seq: row.seq,
      hash: row.hash,
      urgent: URGENT.test(row.type),
      bytes: encoder.encode(JSON.stringify(wire(row))).byteLength + 1,
      stuckUntil_ms:
        row.state === "stuck" && row.stuck_build === build && row.stuck_ms !== null
          ? row.stuck_ms + stuckFor_ms(row.why, 0)
          : null,
    }));
}
