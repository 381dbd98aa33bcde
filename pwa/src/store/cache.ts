/** What was pulled from the server: disposable. Rows and cursor move in one transaction (I10). */
import { attempt, maybe, object, or, text, unknown } from "../parse";
import { whole, withCache } from "./db";
import { idAt } from "./idtime";
import { isSealed, openText, sealText } from "./vault";

export interface Change {
  kind: string;
  id: string;
  deleted: boolean;
  value: unknown;
}

const cursorRow = object({ cursor: text, owner: or(maybe(text), null) });
export const recordRow = object({ kind: text, id: text, value: unknown });
export type RecordRow = ReturnType<typeof recordRow>;

export async function readCursor(): Promise<string | null> {
  return attempt(cursorRow, await withCache((db) => db.get("meta", "cursor")))?.cursor ?? null;
}

/** How often what was pulled was dropped: a first page has no cursor to tell by that it was asked for before that. */
export let drops = 0;

/**
 * Applies one page. False, and nothing written, if the cursor has moved from `from` meanwhile: another tab
 * pulled, the cache was dropped, or somebody else signed in.
 */
export async function applyPage(
  from: string | null,
  page: readonly Change[],
  cursor: string,
  asked = drops,
): Promise<boolean> {
  const changes = await Promise.all(page.map(keptRecord));
  return withCache(async (db) => {
    const tx = db.transaction(["records", "meta"], "readwrite");
    return whole(tx, async () => {
      const held = attempt(cursorRow, await tx.objectStore("meta").get("cursor"))?.cursor ?? null;
      if (asked !== drops) return false;
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
  drops++;
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

/** Numbers, places and codes: calls for help are made of them, also while the phone is locked. */
const READABLE = new Set(["vocabulary", "area", "place", "contact"]);

/** With a lock, what was pulled lies encrypted: as text, which no record is. */
export async function keptRecord<T extends RecordRow>(record: T): Promise<T> {
  const { kind, id, value } = record;
  if (value === undefined || value === null || isSealed(value) || READABLE.has(kind)) return record;
  const text = JSON.stringify(value);
  const sealed = await sealText(text, `record ${kind} ${id}`);
  return sealed === text ? record : { ...record, value: sealed };
}

/** Null for one that cannot be opened now. */
export async function openedRecord(record: RecordRow): Promise<RecordRow | null> {
  const { kind, id, value } = record;
  if (!isSealed(value)) return record;
  const text = await openText(value, `record ${kind} ${id}`);
  return isSealed(text) ? null : { ...record, value: JSON.parse(text) };
}

/** What a host needs to write anything at all: names and codes. It is small, and may not be reachable for hours. */
const NEEDED = new Set(["vocabulary", "area", "place", "contact", "user"]);

/** Drops records, which can be pulled again, and keeps what forms are made of. Gives how many went. */
export const dropPulled = () => dropAllBut(NEEDED);

/** Nobody reads here any more; numbers and places for a call for help stay. */
export const dropForNobody = () => dropAllBut(READABLE);

function dropAllBut(kept: ReadonlySet<string>): Promise<number> {
  drops++;
  return withCache(async (db) => {
    const tx = db.transaction(["records", "meta"], "readwrite");
    return whole(tx, async () => {
      const keys = (await tx.objectStore("records").getAllKeys()).filter(([kind]) => !kept.has(kind));
      for (const key of keys) await tx.objectStore("records").delete(key);
      await tx.objectStore("meta").delete("cursor");
      return keys.length;
    });
  });
}

export async function readRecords(): Promise<RecordRow[]> {
  const pages: RecordRow[][] = [];
  for await (const page of recordPages()) pages.push(page);
  return pages.flat();
}

/** A tap must not wait for thousands of rows: between two pages the browser gets its turn. */
const PAGE = 500;
/** Kinds of which there are thousands, in the order of their names. */
const MANY = ["checkin", "observation"];
/** Sorts behind every id. */
const LAST: string[] = [];

/** `since_ms`: of what there are thousands only what was made later, by its id, which begins with its time. */
export async function* recordPages(since_ms: number | null = null): AsyncGenerator<RecordRow[]> {
  for (const whole of since_ms === null ? [IDBKeyRange.lowerBound([])] : recent(since_ms))
    for (let range: IDBKeyRange | null = whole; range !== null; ) {
      const asked: IDBKeyRange = range;
      const [rows, keys] = await withCache((db) =>
        Promise.all([db.getAll("records", asked, PAGE), db.getAllKeys("records", asked, PAGE)]),
      );
      const open = await Promise.all(
        rows.flatMap((value) => attempt(recordRow, value) ?? []).map(openedRecord),
      );
      yield open.filter((row) => row !== null);
      range = keys.length < PAGE ? null : after(keys.at(-1), whole);
    }
}

function after(key: [string, string] | undefined, { upper }: IDBKeyRange): IDBKeyRange {
  return upper === undefined ? IDBKeyRange.lowerBound(key, true) : IDBKeyRange.bound(key, upper, true);
}

function recent(since_ms: number): IDBKeyRange[] {
  const since = idAt(since_ms);
  const ranges: IDBKeyRange[] = [];
  let from: IDBValidKey[] = [];
  for (const kind of MANY) {
    ranges.push(IDBKeyRange.bound(from, [kind]), IDBKeyRange.bound([kind, since], [kind, LAST]));
    from = [kind, LAST];
  }
  return [...ranges, IDBKeyRange.lowerBound(from)];
}
