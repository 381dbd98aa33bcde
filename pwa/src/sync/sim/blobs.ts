/** The photos of the made-up server (sync protocol §4.6): by hash, resumable, whole chunks or nothing of them. */
import { createHash } from "node:crypto";
import type { Answered } from "./server";

/** Never changed in place, so a copy of the list is a backup. */
export interface Held {
  bytes: Uint8Array;
  isComplete: boolean;
}
export type Blobs = ReadonlyMap<string, Held>;

export interface Chunk {
  sha256: string;
  /** Null: only asks how far it has come. */
  patch: { offset: number; size: number; isLast: boolean; digest: string; bytes: Uint8Array } | null;
}

const NONE: Held = { bytes: new Uint8Array(), isComplete: false };
export const hexOf = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
const digestOf = (bytes: Uint8Array) => `sha-256=:${createHash("sha256").update(bytes).digest("base64")}:`;

/** What the request of a page asks for; null where it is about no photo. */
export function chunkOf(path: string, { method, headers, body }: RequestInit): Chunk | null {
  const sha256 = /^\/blobs\/([0-9a-f]{64})$/.exec(path)?.[1];
  if (sha256 === undefined) return null;
  if (method !== "PATCH" || !(body instanceof ArrayBuffer)) return { sha256, patch: null };
  const said = new Headers(headers);
  const number = (name: string) => Number(said.get(name) ?? Number.NaN);
  const patch = {
    offset: number("Upload-Offset"),
    size: number("Upload-Length"),
    isLast: said.get("Upload-Complete") === "?1",
    digest: said.get("Content-Digest") ?? "",
    bytes: new Uint8Array(body),
  };
  return { sha256, patch };
}

/** (what the server holds afterwards, its answer) */
export function take(blobs: Blobs, { sha256, patch }: Chunk): [Blobs, Answered] {
  const held = blobs.get(sha256) ?? NONE;
  if (patch === null) return [blobs, told(204, held)];
  if (digestOf(patch.bytes) !== patch.digest) return [blobs, refused(400, "blob-digest")];
  if (held.isComplete || patch.offset !== held.bytes.length) return [blobs, told(409, held)];
  const joined = new Uint8Array(held.bytes.length + patch.bytes.length);
  joined.set(held.bytes);
  joined.set(patch.bytes, held.bytes.length);
  const isComplete = patch.isLast && joined.length === patch.size && hexOf(joined) === sha256;
  // A whole that is not what its name says begins again.
  const now = patch.isLast && !isComplete ? NONE : { bytes: joined, isComplete };
  return [new Map(blobs).set(sha256, now), told(now === NONE ? 409 : 204, now)];
}

/** Of the photos that these ops name, those that are not here whole. */
export function lacking(ops: readonly { type: string; body: string }[], blobs: Blobs): string[] {
  return [...new Set(ops.flatMap(named))].filter((sha256) => !blobs.get(sha256)?.isComplete);
}

/** Which photos an op names, by its sealed text. */
export function named({ type, body }: { type: string; body: string }): string[] {
  if (!body.includes("sha256")) return [];
  const { data } = JSON.parse(body);
  const told: { sha256: string }[] = type === "photo.attach" ? [data] : (data.attachments ?? []);
  return told.map(({ sha256 }) => sha256);
}

const told = (status: number, { bytes, isComplete }: Held): Answered => ({
  status,
  body: null,
  headers: { "Upload-Offset": String(bytes.length), "Upload-Complete": isComplete ? "?1" : "?0" },
});

const refused = (status: number, name: string): Answered => ({
  status,
  body: { type: `/problems/${name}`, title: name, status },
});
