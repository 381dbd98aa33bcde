/** A small fetch: same origin, JSON in and out, every answer parsed at the border, every failure an ApiError. */
import { ParseError, type Parser } from "../parse";
import { gzip } from "./gzip";
import { ApiError, parsedProblem, retryAfter } from "./problem";

export { ApiError, type ApiErrorKind, type ProblemBody } from "./problem";

export const BASE = "/api/v1";
const TIMEOUT_MS = 15_000;

export interface Options {
  query?: Record<string, string | number | null | undefined>;
  signal?: AbortSignal;
  timeoutMs?: number;
  /** Compress the request body where the browser can. */
  compress?: boolean;
}

type Method = "GET" | "POST" | "PUT" | "DELETE";

/** For answers without a body (204). */
export const nothing: Parser<null> = () => null;

export const api = {
  get: <T>(path: string, parse: Parser<T>, options?: Options): Promise<T> =>
    request("GET", path, undefined, parse, options),
  post: <T>(path: string, body: unknown, parse: Parser<T>, options?: Options): Promise<T> =>
    request("POST", path, body, parse, options),
  put: <T>(path: string, body: unknown, parse: Parser<T>, options?: Options): Promise<T> =>
    request("PUT", path, body, parse, options),
  delete: <T>(path: string, parse: Parser<T>, options?: Options): Promise<T> =>
    request("DELETE", path, undefined, parse, options),
  /** A file as bytes, such as a basemap; `onProgress` hears how many have come. */
  bytes: (path: string, onProgress?: (got_bytes: number) => void, options?: Options): Promise<ArrayBuffer> =>
    fetchBytes(path, onProgress, options),
};

async function request<T>(
  method: Method,
  path: string,
  body: unknown,
  parse: Parser<T>,
  options: Options = {},
): Promise<T> {
  return limited(options, async (signal) => {
    const response = await send(method, path, body, options, signal);
    const answer = await readJson(response);
    try {
      return parse(answer);
    } catch (error) {
      if (error instanceof ParseError) throw new ApiError("not-lykta", response.status);
      throw error;
    }
  });
}

const FILE_TIMEOUT_MS = 10 * 60_000;

async function fetchBytes(
  path: string,
  onProgress: (got_bytes: number) => void = () => undefined,
  options: Options = {},
): Promise<ArrayBuffer> {
  return limited({ timeoutMs: FILE_TIMEOUT_MS, ...options }, async (signal) => {
    const response = await send("GET", path, undefined, options, signal);
    if (!response.ok) await readJson(response);
    if (response.headers.get("Content-Type")?.includes("text/html")) throw new ApiError("not-lykta");
    return response.body ? gather(response.body, onProgress) : response.arrayBuffer();
  });
}

async function gather(
  body: ReadableStream<Uint8Array>,
  onProgress: (got_bytes: number) => void,
): Promise<ArrayBuffer> {
  const parts: BlobPart[] = [];
  const reader = body.getReader();
  for (let got_bytes = 0; ; onProgress(got_bytes)) {
    const { done, value } = await reader.read();
    if (done) return new Blob(parts).arrayBuffer();
    got_bytes += value.byteLength;
    parts.push(new Uint8Array(value));
  }
}

async function send(
  method: Method,
  path: string,
  body: unknown,
  { query, compress }: Options,
  signal: AbortSignal,
): Promise<Response> {
  const headers: Record<string, string> = { Accept: "application/json" };
  let payload: BodyInit | null = null;
  if (body !== undefined) {
    if (body instanceof Blob) return fetch(BASE + path, { ...OWN, method, headers, body, signal });
    headers["Content-Type"] = "application/json";
    const packed = compress ? await gzip(JSON.stringify(body)) : null;
    if (packed) headers["Content-Encoding"] = "gzip";
    payload = packed ?? JSON.stringify(body);
  }
  const url = `${path.startsWith("/api/") ? path : BASE + path}${queryString(query)}`;
  return fetch(url, { ...OWN, method, headers, body: payload, signal });
}

const OWN = {
  credentials: "same-origin",
  cache: "no-store",
  // A captive portal answers with a redirect to its own page: that is no answer.
  redirect: "error",
} as const;

/** Runs `work` under a time limit that covers the body too, and turns what fetch throws into an ApiError. */
async function limited<T>(options: Options, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const stop = new AbortController();
  let late = false;
  const watchdog = setTimeout(() => {
    late = true;
    stop.abort();
  }, options.timeoutMs ?? TIMEOUT_MS);
  const abort = () => stop.abort();
  options.signal?.addEventListener("abort", abort);
  try {
    return await work(stop.signal);
  } catch (error) {
    if (error instanceof ApiError) throw error;
    throw new ApiError(late ? "timeout" : "network");
  } finally {
    clearTimeout(watchdog);
    options.signal?.removeEventListener("abort", abort);
  }
}

async function readJson(response: Response): Promise<unknown> {
  const { status, headers } = response;
  const wait_s = retryAfter(headers, Date.now());
  const isJson = /^application\/(?:[\w.-]+\+)?json\b/i.test(headers.get("Content-Type") ?? "");
  if (response.ok) {
    if (status === 204) return null;
    if (!isJson) throw new ApiError("not-lykta", status);
    return parsedJson(await response.text(), status);
  }
  // A proxy's own error page still says by its status whether to wait; it never says that anything was stored.
  const body = isJson ? await response.json().catch(() => null) : null;
  throw new ApiError("problem", status, parsedProblem(body), wait_s, body);
}

function parsedJson(text: string, status: number): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ApiError("not-lykta", status);
  }
}

function queryString(query: Options["query"] = {}): string {
  const given = Object.entries(query).flatMap(([key, value]) =>
    value === null || value === undefined ? [] : [[key, String(value)]],
  );
  return given.length === 0 ? "" : `?${new URLSearchParams(given)}`;
}
