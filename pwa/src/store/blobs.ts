/**
 * Photos' bytes, as chunks of ArrayBuffer: a Blob in IndexedDB fails, or comes back as another one, in Safari.
 * What is read is compared with its name. Nothing deletes the bytes of a photo that waits to be sent but its host.
 */
import { attempt } from "../parse";
import { type Blobs, whole, withBlobs } from "./db";
import { type PhotoRow, photoRow, photosChanged } from "./photos";
import { openPhoto, sealPhoto } from "./vault";

const CHUNK_BYTES = 256 * 1024;

export async function sha256Of(bytes: ArrayBuffer): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", bytes);
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The bytes did not come back as they were written. */
export class NotKept extends Error {
  override name = "NotKept";
}

/** Keeps a photo for the form `draft`; resolves when it was read back. Raises NotKept, DOMException (no room). */
export async function keepPhoto(bytes: ArrayBuffer, mime: string, draft: string): Promise<PhotoRow> {
  const sha256 = await sha256Of(bytes);
  const fresh: PhotoRow = {
    ...{ sha256, size: bytes.byteLength, mime, state: "kept", drafts: [], offset: 0 },
    ...{ why: null, stuck_ms: null, stuck_build: null, taken_ms: Date.now() },
  };
  const chunks = await sealedChunks(sha256, bytes);
  const row = await withBlobs(async (db) => {
    const tx = db.transaction(["photos", "chunks"], "readwrite", { durability: "strict" });
    return whole(tx, async () => {
      const known = attempt(photoRow, await tx.objectStore("photos").get(sha256)) ?? fresh;
      const kept = { ...known, drafts: [...new Set([...known.drafts, draft])] };
      for (const [n, chunk] of chunks.entries()) await tx.objectStore("chunks").put(chunk, [sha256, n]);
      await tx.objectStore("photos").put(kept);
      return kept;
    });
  });
  if ((await readPhoto(sha256)) === null) throw new NotKept("the photo did not read back");
  await photosChanged();
  return row;
}

export const chunkName = (sha256: string, n: number) => `photo ${sha256} ${n}`;

function sealedChunks(sha256: string, bytes: ArrayBuffer): Promise<unknown[]> {
  const starts = Array.from({ length: Math.ceil(bytes.byteLength / CHUNK_BYTES) }, (_, n) => n * CHUNK_BYTES);
  return Promise.all(
    starts.map((at, n) => sealPhoto(bytes.slice(at, at + CHUNK_BYTES), chunkName(sha256, n))),
  );
}

/** Null where it is not here, not whole, not what its name says, or locked. */
export async function readPhoto(sha256: string): Promise<ArrayBuffer | null> {
  const stored = await withBlobs((db) => db.getAll("chunks", chunksOf(sha256)));
  const opened = await Promise.all(stored.map((chunk, n) => openPhoto(chunk, chunkName(sha256, n))));
  const parts = opened.filter((part) => part !== null);
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.byteLength, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(new Uint8Array(part), at);
    at += part.byteLength;
  }
  return (await sha256Of(joined.buffer)) === sha256 ? joined.buffer : null;
}

/** A form lets go of a photo. What no op and no other form names is gone at once. */
export function letGo(draft: string, hashes: readonly string[]): Promise<void> {
  return changed(hashes, (row) => {
    const drafts = row.drafts.filter((id) => id !== draft);
    return drafts.length === 0 && row.state === "kept" ? "delete" : { ...row, drafts };
  });
}

/** An op that names them is saved: from now on they are to be sent. */
export function markNamed(hashes: readonly string[], draft: string | null): Promise<void> {
  return changed(hashes, (row) => ({
    ...row,
    state: row.state === "kept" ? "waiting" : row.state,
    drafts: row.drafts.filter((id) => id !== draft),
  }));
}

/** The server lacks them, whatever it said before. */
export function markWanted(hashes: readonly string[]): Promise<void> {
  return changed(hashes, (row) => (row.state === "waiting" ? null : { ...row, state: "waiting", offset: 0 }));
}

export function markOffset(sha256: string, offset: number): Promise<void> {
  return changed([sha256], (row) => (row.state === "waiting" ? { ...row, offset, why: null } : null));
}

export function markSent(sha256: string): Promise<void> {
  return changed([sha256], (row) => ({ ...row, state: "sent", offset: row.size, why: null, stuck_ms: null }));
}

export function markPhotoStuck(sha256: string, why: string, at_ms: number, build: string): Promise<void> {
  return changed([sha256], (row) =>
    row.state === "waiting" ? { ...row, why, stuck_ms: at_ms, stuck_build: build } : null,
  );
}

/** Deletes rows with their bytes, but never one that waits to be sent. */
export function deletePhotos(hashes: readonly string[]): Promise<void> {
  return changed(hashes, (row) => (row.state === "waiting" ? null : "delete"));
}

/** A host's own word, for a photo that should not have been taken: gone from the phone before it was ever sent. */
export function removeUnsent(sha256: string): Promise<void> {
  return changed([sha256], (row) => (row.state === "sent" ? null : "delete"));
}

/** Null leaves a row. In one strict transaction. */
async function changed(
  hashes: readonly string[],
  turn: (row: PhotoRow) => PhotoRow | "delete" | null,
): Promise<void> {
  if (hashes.length === 0) return;
  if (await withBlobs((db) => change(db, hashes, turn))) await photosChanged();
}

async function change(
  db: Blobs,
  hashes: readonly string[],
  turn: (row: PhotoRow) => PhotoRow | "delete" | null,
): Promise<boolean> {
  const tx = db.transaction(["photos", "chunks"], "readwrite", { durability: "strict" });
  return whole(tx, async () => {
    let isChanged = false;
    for (const sha256 of hashes) {
      const row = attempt(photoRow, await tx.objectStore("photos").get(sha256));
      const turned = row && turn(row);
      if (!turned) continue;
      isChanged = true;
      if (turned !== "delete") await tx.objectStore("photos").put(turned);
      else {
        await tx.objectStore("photos").delete(sha256);
        await tx.objectStore("chunks").delete(chunksOf(sha256));
      }
    }
    return isChanged;
  });
}

const chunksOf = (sha256: string) => IDBKeyRange.bound([sha256, 0], [sha256, Number.MAX_SAFE_INTEGER]);
