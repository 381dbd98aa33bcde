/** A file that the server makes of what is asked for, with its progress; the limit is on silence. */
import { ApiError, BASE } from "./index";
import { parsedProblem } from "./problem";

/** To make a large file takes the server a while, in which nothing comes. */
const SILENCE_MS = 5 * 60_000;

export interface Taken {
  name: string;
  content: Blob;
}

/**
 * @param body null: the address says it all, and nothing is posted
 * @param onProgress bytes so far, and of how many (null where that is not said)
 */
export async function takeFile(
  path: string,
  body: unknown,
  onProgress: (got: number, all: number | null) => void,
): Promise<Taken> {
  const stop = new AbortController();
  let watchdog = setTimeout(() => stop.abort(), SILENCE_MS);
  try {
    const response = await fetch(BASE + path, {
      credentials: "same-origin",
      cache: "no-store",
      redirect: "error",
      ...(body === null ? {} : posted(body)),
      signal: stop.signal,
    });
    if (!response.ok) {
      const said: unknown = await response.json().catch(() => null);
      throw new ApiError("problem", response.status, parsedProblem(said), null, said);
    }
    const name = /filename="([\w.-]+)"/.exec(response.headers.get("Content-Disposition") ?? "")?.[1];
    // A captive portal's page is not a file of ours.
    if (!name) throw new ApiError("not-lykta", response.status);
    const content = await gather(response, (got, all) => {
      clearTimeout(watchdog);
      watchdog = setTimeout(() => stop.abort(), SILENCE_MS);
      onProgress(got, all);
    });
    return { name, content };
  } catch (error) {
    if (error instanceof ApiError) throw error;
    throw new ApiError(stop.signal.aborted ? "timeout" : "network");
  } finally {
    clearTimeout(watchdog);
  }
}

const posted = (body: unknown) => ({
  method: "POST",
  headers: { "Content-Type": "application/json" },
  body: JSON.stringify(body),
});

async function gather(response: Response, onProgress: (got: number, all: number | null) => void) {
  const type = response.headers.get("Content-Type") ?? "";
  const said = Number(response.headers.get("Content-Length"));
  const all = said > 0 ? said : null;
  const reader = response.body?.getReader();
  if (!reader) return response.blob();
  const parts: BlobPart[] = [];
  for (let got = 0; ; onProgress(got, all)) {
    const { done, value } = await reader.read();
    if (done) {
      // A line that was cut ends like one that is done: half a file must not be saved as a whole one.
      if (all !== null && got !== all) throw new ApiError("network");
      return new Blob(parts, { type });
    }
    got += value.byteLength;
    parts.push(new Uint8Array(value));
  }
}
