/** What was pulled from the server: disposable. Rows and cursor move in one transaction (I10). */
import { attempt, maybe, object, or, text, unknown } from "../parse";
import { whole, withCache } from "./db";

export interface Change {
  kind: string;
  id: string;
  deleted: boolean;
  value: unknown;
}

const cursorRow = object({ cursor: text, owner: or(maybe(text), null) });
const recordRow = object({ kind: text, id: text, value: unknown });
export type RecordRow = ReturnType<typeof recordRow>;

export async function readCursor(): Promise<string | null> {
  return attempt(cursorRow, await withCache((db) => db.get("meta", "cursor")))?.cursor ?? null;
}

/**
 * Applies one page. False, and nothing written, if the cursor has moved from `from` meanwhile: another tab
 * pulled, the cache was dropped, or somebody else signed in.
 */
export function applyPage(from: string | null, changes: readonly Change[], cursor: string): Promise<boolean> {
  return withCache(async (db) => {
    const tx = db.transaction(["records", "meta"], "readwrite");
    return whole(tx, async () => {
      const held = attempt(cursorRow, await tx.objectStore("meta").get("cursor"))?.cursor ?? null;
      if (held !== from) return held === cursor;
      const store = tx.objectStore("records");
      for (const { kind, id, deleted, value } of changes)
        await (deleted ? store.delete([kind, id]) : store.put({ kind, id, value }, [kind, id]));
      await tx.objectStore("meta").put({ cursor }, "cursor");
      return true;
    });
  });
}

/** Drops what was pulled, never anything that a host made. Basemaps stay: they are files, not records. */
export function dropRecords(): Promise<void> {
  return withCache(async (db) => {
    const tx = db.transaction(["records", "meta"], "readwrite");
    await whole(tx, async () => {
      await tx.objectStore("records").clear();
      await tx.objectStore("meta").delete("cursor");
    });
  });
}

/** Everything that was fetched, basemaps too: nothing of the organisation's stays on a phone that was revoked. */
export function clearCache(): Promise<void> {
  return withCache(async (db) => {
    const names = [...db.objectStoreNames];
    const tx = db.transaction(names, "readwrite");
    await whole(tx, async () => {
      for (const name of names) await tx.objectStore(name).clear();
    });
  });
}

/** What a host needs to write anything at all: names and codes. It is small, and may not be reachable for hours. */
const NEEDED = new Set(["vocabulary", "area", "place", "contact", "user"]);

/** Drops records, which can be pulled again, and keeps what forms are made of. Gives how many went. */
export function dropPulled(): Promise<number> {
  return withCache(async (db) => {
    const tx = db.transaction(["records", "meta"], "readwrite");
    return whole(tx, async () => {
      const keys = (await tx.objectStore("records").getAllKeys()).filter(([kind]) => !NEEDED.has(kind));
      for (const key of keys) await tx.objectStore("records").delete(key);
      await tx.objectStore("meta").delete("cursor");
      return keys.length;
    });
  });
}

export async function readRecords(): Promise<RecordRow[]> {
  const stored = await withCache((db) => db.getAll("records"));
  return stored.flatMap((value) => attempt(recordRow, value) ?? []);
}
