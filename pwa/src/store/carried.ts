/**
 * What this phone carries for a colleague's: encrypted copies that it can neither read nor alter. Loaded after the
 * start; what the start needs to know is `carriedOps` in `state.ts`.
 */
import { signal } from "@preact/signals";
import { attempt, maybe, number, object, oneOf, or, text } from "../parse";
import { broadcast } from "./channel";
import { withCore } from "./db";
import { carriedOps } from "./state";

/** What came of it, in the server's numbers. */
export const importAnswer = object({ new: number, known: number, quarantined: number, damaged: number });

export const carriedRow = object({
  /** The beginning of the SHA-256 of what was read: the same codes read twice are one. */
  id: text,
  ops: number,
  jwe: text,
  /** When it was read, by this phone's clock. */
  at: text,
  state: oneOf("waiting", "delivered", "refused"),
  /** The server's code for why it would not take it. */
  why: or(maybe(text), null),
  told: or(maybe(importAnswer), null),
});
export type Carried = ReturnType<typeof carriedRow>;

/** Everything carried, the oldest first; also what has been delivered, until somebody takes it away. */
export const carried = signal<readonly Carried[]>([]);

/** Counts the readings: one that was overtaken by a newer shows nothing, or what is delivered would go out again. */
let readings = 0;

export async function loadCarried(): Promise<void> {
  const reading = ++readings;
  const stored = await withCore((db) => db.getAll("carried"));
  const rows = stored.flatMap((value) => attempt(carriedRow, value) ?? []);
  if (reading !== readings) return;
  const waiting = rows.filter(({ state }) => state === "waiting");
  carried.value = rows.sort((a, b) => (a.at < b.at ? -1 : 1));
  carriedOps.value = waiting.reduce((sum, { ops }) => sum + ops, 0);
}

/** Stored, synced and read back when this resolves: the colleague may then put the phone away. Raises otherwise. */
export async function keepCarried(row: Carried): Promise<void> {
  await withCore(async (db) => {
    const tx = db.transaction("carried", "readwrite", { durability: "strict" });
    await tx.store.put(row);
    await tx.done;
  });
  const read = attempt(carriedRow, await withCore((db) => db.get("carried", row.id)));
  if (read?.jwe !== row.jwe) throw new DOMException("a carried copy did not read back", "DataError");
  await changed();
}

/** Only what is not waiting: nothing undelivered is thrown away by a tap. */
export async function dropCarried(id: string): Promise<void> {
  const row = carried.value.find((one) => one.id === id);
  if (row === undefined || row.state === "waiting") return;
  await withCore((db) => db.delete("carried", id));
  await changed();
}

async function changed(): Promise<void> {
  broadcast({ kind: "carried" });
  await loadCarried();
}
