/**
 * Listens to `/api/v1/live`. The browser resumes by Last-Event-ID after a dropped line; when it gives up (an answer
 * that is not a stream) we open a new one ourselves, and whatever happened meanwhile is asked for again.
 */
import { attempt, listOfGood, number, object, or, text } from "../parse";
import type { Change } from "./types";

/** The part of EventSource that is used, so that tests can stand in for it. */
export interface Source {
  readonly readyState: number;
  addEventListener(type: string, listener: (event: { data?: unknown }) => void): void;
  close(): void;
}

export interface LiveOptions {
  url: string;
  open(url: string): Source;
  now(): number;
  after(delay_ms: number, work: () => void): () => void;
  /** 0 ≤ n < 1: spreads reconnections of many desks. */
  random(): number;
  onChange(change: Change): void;
  /** Changes may have been missed: all that is shown must be asked for again. */
  onMissed(): void;
  onState(state: LiveState): void;
}

export type LiveState =
  | { is: "connecting" }
  | { is: "connected"; heard_ms: number }
  | { is: "lost"; since_ms: number };

export interface Live {
  /** Tries at once, whatever the backoff says. */
  retry(): void;
  close(): void;
}

const CLOSED = 2;
const BACKOFF_MS_MIN = 1_000;
const BACKOFF_MS_MAX = 30_000;

const change = object({ seq: or(number, 0), shifts: listOfGood(text), kinds: listOfGood(text) });

function parsed(data: unknown): Change | null {
  if (typeof data !== "string") return null;
  try {
    return attempt(change, JSON.parse(data));
  } catch {
    return null;
  }
}

class LiveClient implements Live {
  private source: Source | null = null;
  private cancel: (() => void) | null = null;
  private failures = 0;
  private lost_ms: number | null = null;
  private opened = false;

  constructor(private readonly options: LiveOptions) {
    options.onState({ is: "connecting" });
    this.connect();
  }

  retry(): void {
    this.stop();
    this.failures = 0;
    this.connect();
  }

  close(): void {
    this.stop();
  }

  private stop(): void {
    this.cancel?.();
    this.cancel = null;
    this.source?.close();
    this.source = null;
  }

  private connect(): void {
    const source = this.options.open(this.options.url);
    let first = true;
    this.source = source;
    const ours = (work: () => void) => () => {
      if (this.source === source) work();
    };
    source.addEventListener(
      "open",
      ours(() => {
        // A new source cannot send Last-Event-ID; only one that the browser itself reopened can.
        const missed = first && this.opened;
        first = false;
        this.heard();
        this.opened = true;
        if (missed) this.options.onMissed();
      }),
    );
    source.addEventListener("change", (event) =>
      ours(() => {
        this.heard();
        const found = parsed(event.data);
        if (found) this.options.onChange(found);
        else this.options.onMissed();
      })(),
    );
    source.addEventListener(
      "reset",
      ours(() => {
        this.heard();
        this.options.onMissed();
      }),
    );
    source.addEventListener(
      "error",
      ours(() => this.failed(source)),
    );
  }

  private heard(): void {
    this.failures = 0;
    this.lost_ms = null;
    this.options.onState({ is: "connected", heard_ms: this.options.now() });
  }

  private failed(source: Source): void {
    this.lost_ms ??= this.options.now();
    this.options.onState({ is: "lost", since_ms: this.lost_ms });
    if (source.readyState !== CLOSED) return;
    const ceiling_ms = Math.min(BACKOFF_MS_MAX, BACKOFF_MS_MIN * 2 ** this.failures);
    this.failures++;
    this.stop();
    const delay_ms = ceiling_ms / 2 + (ceiling_ms / 2) * this.options.random();
    this.cancel = this.options.after(delay_ms, () => this.connect());
  }
}

export function listen(options: LiveOptions): Live {
  return new LiveClient(options);
}
