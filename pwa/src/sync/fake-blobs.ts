/** The photos of the fake server: by hash, resumable, and complete only when the bytes are those of the name. */
import { sha256Of } from "../store/blobs";

export interface FakeBlob {
  bytes: Uint8Array;
  isComplete: boolean;
}

/** What becomes of the next requests instead of the usual. */
export type BlobFate = "cut before" | "cut after" | "half" | Response;

export class FakeBlobs {
  readonly held = new Map<string, FakeBlob>();
  readonly asked: { method: string; sha256: string; at: string | null; bytes: number }[] = [];
  readonly fate: BlobFate[] = [];
  /** No chunk is answered before. */
  gate: Promise<void> = Promise.resolve();

  async answer(sha256: string, init: RequestInit): Promise<Response> {
    const headers = new Headers(init.headers);
    const chunk = init.body instanceof ArrayBuffer ? init.body : new ArrayBuffer(0);
    const at = headers.get("Upload-Offset");
    this.asked.push({ method: init.method ?? "", sha256, at, bytes: chunk.byteLength });
    const fate = this.fate.shift();
    if (fate === "cut before") throw new TypeError("network");
    if (fate instanceof Response) return fate;
    const blob = this.held.get(sha256) ?? { bytes: new Uint8Array(), isComplete: false };
    this.held.set(sha256, blob);
    if (init.method === "HEAD") return told(204, blob);
    await this.gate;
    if (headers.get("Content-Digest") !== (await digestOf(chunk))) return problem(400, "blob-digest");
    if (Number(at) !== blob.bytes.byteLength || blob.isComplete) return told(409, blob);
    const got = fate === "half" ? chunk.slice(0, chunk.byteLength / 2) : chunk;
    const joined = new Uint8Array(blob.bytes.byteLength + got.byteLength);
    joined.set(blob.bytes);
    joined.set(new Uint8Array(got), blob.bytes.byteLength);
    blob.bytes = joined;
    const isLast = headers.get("Upload-Complete") === "?1" && got.byteLength === chunk.byteLength;
    blob.isComplete = isLast && (await sha256Of(blob.bytes.slice().buffer)) === sha256;
    if (isLast && !blob.isComplete) blob.bytes = new Uint8Array();
    if (fate === "cut after" || fate === "half") throw new TypeError("network");
    return told(isLast && !blob.isComplete ? 409 : 204, blob);
  }
}

function told(status: number, { bytes, isComplete }: FakeBlob): Response {
  const headers = {
    "Upload-Offset": String(bytes.byteLength),
    "Upload-Complete": isComplete ? "?1" : "?0",
  };
  return new Response(null, { status, headers });
}

export function problem(status: number, name: string, headers: Record<string, string> = {}): Response {
  const body = JSON.stringify({ type: `/problems/${name}`, title: name, status });
  return new Response(body, { status, headers: { "Content-Type": "application/problem+json", ...headers } });
}

async function digestOf(chunk: ArrayBuffer): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", chunk));
  return `sha-256=:${btoa(String.fromCharCode(...digest))}:`;
}
