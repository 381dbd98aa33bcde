/** A large file with its progress. It may take long, but not stand still: the time limit is on silence, not on the whole. */
import { ApiError } from "./problem";

const SILENCE_MS = 30_000;
const BASE = "/api/v1";

/** @param onProgress bytes so far */
export async function download(path: string, onProgress: (got: number) => void): Promise<ArrayBuffer> {
  const stop = new AbortController();
  let watchdog = setTimeout(() => stop.abort(), SILENCE_MS);
  const alive = () => {
    clearTimeout(watchdog);
    watchdog = setTimeout(() => stop.abort(), SILENCE_MS);
  };
  try {
    const response = await fetch(BASE + path, {
      credentials: "same-origin",
      redirect: "error",
      signal: stop.signal,
    });
    if (!response.ok) throw new ApiError("problem", response.status);
    if (response.headers.get("Content-Type")?.includes("text/html")) throw new ApiError("not-lykta");
    return await readAll(response, (got) => {
      alive();
      onProgress(got);
    });
  } catch (error) {
    if (error instanceof ApiError) throw error;
    throw new ApiError(stop.signal.aborted ? "timeout" : "network");
  } finally {
    clearTimeout(watchdog);
  }
}

async function readAll(response: Response, onProgress: (got: number) => void): Promise<ArrayBuffer> {
  const reader = response.body?.getReader();
  if (!reader) return response.arrayBuffer();
  const parts: Uint8Array[] = [];
  let got = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    parts.push(value);
    got += value.byteLength;
    onProgress(got);
  }
  const whole = new Uint8Array(got);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.byteLength;
  }
  return whole.buffer;
}
