/**
 * One thing asked of the server and shown: what is on the screen stays there while it is asked for again, and after a
 * failure, with the time it is from.
 */
import { type ReadonlySignal, signal } from "@preact/signals";
import { ApiError } from "../api/index";
import { coalesce } from "./coalesce";

export type Problem = "offline" | "failed" | "signin" | "forbidden" | "not_found";

export type Loaded<T> =
  | { state: "loading" }
  | { state: "ready"; data: T; at_ms: number; problem: null }
  /** Shown, but older than it should be. */
  | { state: "stale"; data: T; at_ms: number; problem: Problem }
  | { state: "error"; problem: Problem };

export interface Resource<T> {
  loaded: ReadonlySignal<Loaded<T>>;
  /** Asks again: at once, or after a rest; never twice at the same time. */
  refresh(): void;
  close(): void;
}

const REST_MS_MIN = 300;
const REST_MS_MAX = 3_000;
/** So that what happened is on the board within the second; a server that is slow to answer is asked less often. */
export const restAfter = (took_ms: number) => Math.min(REST_MS_MAX, Math.max(REST_MS_MIN, took_ms));

export function problemOf(error: unknown): Problem {
  if (!(error instanceof ApiError)) return "failed";
  if (error.kind === "network" || error.kind === "timeout" || error.kind === "not-lykta") return "offline";
  if (error.status === 401) return "signin";
  if (error.status === 403) return "forbidden";
  return error.status === 404 ? "not_found" : "failed";
}

/** These mean that the reader may not see it any longer: nothing old is left on the screen. */
const HIDES: readonly Problem[] = ["forbidden", "not_found"];

export function resource<T>(ask: (signal: AbortSignal) => Promise<T>): Resource<T> {
  const loaded = signal<Loaded<T>>({ state: "loading" });
  const stop = new AbortController();
  const load = async () => {
    if (stop.signal.aborted) return;
    try {
      const data = await ask(stop.signal);
      if (!stop.signal.aborted) loaded.value = { state: "ready", data, at_ms: Date.now(), problem: null };
    } catch (error) {
      if (stop.signal.aborted) return;
      const problem = problemOf(error);
      const was = loaded.value;
      loaded.value =
        (was.state === "ready" || was.state === "stale") && !HIDES.includes(problem)
          ? { ...was, state: "stale", problem }
          : { state: "error", problem };
    }
  };
  const refresh = coalesce(load, {
    rest_ms: restAfter,
    now: () => performance.now(),
    after: (delay_ms, work) => setTimeout(work, delay_ms),
  });
  refresh();
  return { loaded, refresh, close: () => stop.abort() };
}
