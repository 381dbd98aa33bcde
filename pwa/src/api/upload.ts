/** Sending a photo's bytes (sync protocol §4.6): how far it has come, and the next chunk. Its own limits, no JSON. */
import { BASE } from ".";
import { ApiError, parsedProblem, retryAfter } from "./problem";

const TIMEOUT_MS = 90_000;
const CONFLICT = 409;

export interface Uploaded {
  offset: number;
  isComplete: boolean;
}

export function blobHead(sha256: string, signal: AbortSignal): Promise<Uploaded> {
  return asked(sha256, { method: "HEAD" }, signal);
}

export async function blobPatch(
  sha256: string,
  { offset, chunk, size }: { offset: number; chunk: ArrayBuffer; size: number },
  signal: AbortSignal,
): Promise<Uploaded> {
  const headers = {
    "Content-Type": "application/partial-upload",
    "Upload-Offset": String(offset),
    "Upload-Length": String(size),
    "Upload-Complete": offset + chunk.byteLength === size ? "?1" : "?0",
    "Content-Digest": `sha-256=:${await digest(chunk)}:`,
  };
  return asked(sha256, { method: "PATCH", headers, body: chunk }, signal);
}

async function digest(chunk: ArrayBuffer): Promise<string> {
  return btoa(String.fromCharCode(...new Uint8Array(await crypto.subtle.digest("SHA-256", chunk))));
}

async function asked(sha256: string, init: RequestInit, signal: AbortSignal): Promise<Uploaded> {
  const stop = new AbortController();
  let late = false;
  const watchdog = setTimeout(() => {
    late = true;
    stop.abort();
  }, TIMEOUT_MS);
  const abort = () => stop.abort();
  signal.addEventListener("abort", abort);
  // Halted while its bytes were read and hashed: that is told once, and not again.
  if (signal.aborted) abort();
  try {
    return await answered(
      await fetch(`${BASE}/blobs/${sha256}`, {
        ...init,
        ...{ signal: stop.signal, credentials: "same-origin", cache: "no-store", redirect: "error" },
      }),
    );
  } catch (error) {
    if (error instanceof ApiError) throw error;
    throw new ApiError(late ? "timeout" : "network");
  } finally {
    clearTimeout(watchdog);
    signal.removeEventListener("abort", abort);
  }
}

/** 409 is an answer, too: it says where to go on. What says no offset is not Lykta. */
async function answered(response: Response): Promise<Uploaded> {
  const { status, headers } = response;
  const said = headers.get("Upload-Offset");
  if ((response.ok || status === CONFLICT) && said !== null && /^\d+$/.test(said))
    return { offset: Number(said), isComplete: response.ok && headers.get("Upload-Complete") === "?1" };
  if (response.ok) throw new ApiError("not-lykta", status);
  const isJson = /^application\/(?:[\w.-]+\+)?json\b/i.test(headers.get("Content-Type") ?? "");
  // What answers HEAD has no body, but says by its type that it is Lykta that refuses.
  const body = isJson ? await response.json().catch(() => ({})) : null;
  throw new ApiError("problem", status, parsedProblem(body), retryAfter(headers, Date.now()), body);
}
