/** What was read long ago leaves the phone: the server may have erased it, and nobody on patrol needs it. */
import { attempt, object, text } from "../parse";
import { openedRecord, type RecordRow, recordRow } from "./cache";
import { whole, withCache } from "./db";
import { idAt } from "./idtime";

/** Well beyond what hosts are sent, and less than the shortest time that can be decided for keeping shifts. */
const KEEP_READ_MS = 60 * 24 * 3_600_000;
/** Made when it happened, which their ids tell. */
const OF_SHIFTS = [
  "shift",
  "checkin",
  "observation",
  "escalation",
  "comment",
  "review",
  "photo",
  "handover",
  "alert",
  "followup",
  "debrief",
];
/** Written long before they are over: kind → when that is. */
const PLANNED: readonly [string, (value: unknown) => string | undefined][] = [
  ["plan", (value) => attempt(object({ ends_at: text }), value)?.ends_at],
  ["briefing", (value) => attempt(object({ valid_to: text }), value)?.valid_to],
];

/** By the server's clock. What lies sealed, and cannot be opened now, is looked at another time. */
export async function dropRead(server_time: string): Promise<void> {
  const before_ms = Date.parse(server_time) - KEEP_READ_MS;
  const isOver = (end: string | undefined) => end !== undefined && Date.parse(end) < before_ms;
  const over: [string, string][] = [];
  for (const [kind, end] of PLANNED) {
    const rows = await withCache((db) => db.getAll("records", IDBKeyRange.bound([kind], [kind, []])));
    const open = await Promise.all(rows.flatMap((row) => attempt(recordRow, row) ?? []).map(openedRecord));
    const found = open.filter((row): row is RecordRow => row !== null && isOver(end(row.value)));
    over.push(...found.map(({ id }): [string, string] => [kind, id]));
  }
  await withCache(async (db) => {
    const tx = db.transaction("records", "readwrite");
    return whole(tx, async () => {
      for (const kind of OF_SHIFTS) await tx.store.delete(IDBKeyRange.bound([kind], [kind, idAt(before_ms)]));
      for (const key of over) await tx.store.delete(key);
    });
  });
}
