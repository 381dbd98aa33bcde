/** Basemap files, kept whole in `lykta-cache` as chunks of bytes: Blobs in IndexedDB fail in Safari. */
import { attempt, number, object, oneOf, or, text } from "../parse";
import { heard, whole, withCache } from "./db";

const CHUNK_BYTES = 4 * 1024 * 1024;

/** As the server tells of it and as it is kept. */
export const basemapRow = object({
  id: text,
  name: text,
  kind: oneOf("pmtiles", "geojson"),
  size: number,
  sha256: text,
  attribution: or(text, ""),
});
export type Basemap = ReturnType<typeof basemapRow>;

export async function listBasemaps(): Promise<Basemap[]> {
  const stored = await withCache((db) => db.getAll("basemaps"));
  return stored.flatMap((value) => attempt(basemapRow, value) ?? []);
}

export function saveBasemap(map: Basemap, bytes: ArrayBuffer): Promise<void> {
  return withCache(async (db) => {
    const tx = db.transaction(["basemaps", "chunks"], "readwrite");
    await whole(tx, async () => {
      await tx.objectStore("chunks").delete(chunksOf(map.id));
      for (let at = 0, n = 0; at < bytes.byteLength; at += CHUNK_BYTES, n++)
        await tx.objectStore("chunks").put(bytes.slice(at, at + CHUNK_BYTES), [map.id, n]);
      await tx.objectStore("basemaps").put(map, map.id);
    });
  });
}

/** Null if it is not held whole. */
export async function readBasemap(id: string): Promise<ArrayBuffer | null> {
  const [row, chunks] = await withCache((db) => {
    const tx = heard(db.transaction(["basemaps", "chunks"]));
    return Promise.all([tx.objectStore("basemaps").get(id), tx.objectStore("chunks").getAll(chunksOf(id))]);
  });
  const map = attempt(basemapRow, row);
  const parts = chunks.filter((part) => part instanceof ArrayBuffer);
  if (!map || parts.reduce((sum, part) => sum + part.byteLength, 0) !== map.size) return null;
  const whole = new Uint8Array(map.size);
  let at = 0;
  for (const part of parts) {
    whole.set(new Uint8Array(part), at);
    at += part.byteLength;
  }
  return whole.buffer;
}

export function dropBasemap(id: string): Promise<void> {
  return withCache(async (db) => {
    const tx = db.transaction(["basemaps", "chunks"], "readwrite");
    await whole(tx, async () => {
      await tx.objectStore("basemaps").delete(id);
      await tx.objectStore("chunks").delete(chunksOf(id));
    });
  });
}

/** Maps can be fetched again. Gives how many chunks went. */
export function dropBasemaps(): Promise<number> {
  return withCache(async (db) => {
    const tx = db.transaction(["basemaps", "chunks"], "readwrite");
    return whole(tx, async () => {
      const held = await tx.objectStore("chunks").count();
      await tx.objectStore("chunks").clear();
      await tx.objectStore("basemaps").clear();
      return held;
    });
  });
}

const chunksOf = (id: string) => IDBKeyRange.bound([id, 0], [id, Number.MAX_SAFE_INTEGER]);
