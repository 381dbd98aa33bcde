/** What the whole desk shares: the live line, and who wants to know when something changed. */
import { computed, signal } from "@preact/signals";
import { whileSeen } from "../device/seen";
import { now_ms } from "../ui/now";
import { ask } from "./ask";
import { type Live, type LiveState, listen } from "./live";
import { problemOf, type Resource, resource } from "./load";
import type { Change, Reference } from "./types";

export const LIVE_URL = "/api/v1/live";
/** Even a line that looks alive may be dead: what is shown is asked for again this often. */
const CHECK_MS = 60_000;
/** A multiple of the beat of `whileSeen`. */
const LACKING_MS = 30_000;

export const live = signal<LiveState>({ is: "connecting" });

/** Null: anything may have changed. */
type Watcher = (change: Change | null) => void;
const watchers = new Set<Watcher>();
let line: Live | null = null;

export function watch(watcher: Watcher): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

const tell = (change: Change | null) => {
  for (const watcher of watchers) watcher(change);
};

function later(delay_ms: number, work: () => void): () => void {
  const timer = setTimeout(work, delay_ms);
  return () => clearTimeout(timer);
}

export function startLive(): () => void {
  line = listen({
    url: LIVE_URL,
    open: (url) => new EventSource(url),
    now: Date.now,
    after: later,
    random: Math.random,
    onChange: tell,
    onMissed: () => tell(null),
    onState: (state) => {
      live.value = state;
    },
  });
  const check = setInterval(() => {
    if (!document.hidden && live.value.is === "connected") tell(null);
  }, CHECK_MS);
  return () => {
    clearInterval(check);
    line?.close();
    line = null;
  };
}

export function retryLive(): void {
  line?.retry();
  tell(null);
}

let probed_ms = 0;

/** The line looks open although nothing comes through: opened again, now and then, to find out. */
function probe(): void {
  if (live.value.is !== "connected" || Date.now() - probed_ms < CHECK_MS) return;
  probed_ms = Date.now();
  line?.retry();
}

/** A resource whose every answer also tells how fresh the line is. */
export function shown<T>(question: (signal: AbortSignal) => Promise<T>): Resource<T> {
  return resource(async (stop) => {
    try {
      const answer = await question(stop);
      if (live.value.is === "connected") live.value = { is: "connected", heard_ms: Date.now() };
      return answer;
    } catch (error) {
      if (problemOf(error) === "offline") probe();
      throw error;
    }
  });
}

let kept: Resource<Reference> | null = null;

/** Words and places change seldom: asked for until they are here, and again when the journal says that they changed. */
export function reference(): Resource<Reference> {
  kept ??= shown((stop) => ask.reference(stop));
  return kept;
}

const REFERENCE_KINDS = ["vocabulary", "category", "area", "place", "user"];
watchers.add((change) => {
  if (change === null) askForLacking();
  else if (change.kinds.some((kind) => REFERENCE_KINDS.includes(kind))) kept?.refresh();
});

function askForLacking(): void {
  const state = kept?.loaded.peek().state;
  if (state === "error" || state === "stale") kept?.refresh();
}

/** Now, with the network, and now and then while somebody sees the desk: those who only read have no live line. */
export function followReference(): () => void {
  askForLacking();
  window.addEventListener("online", askForLacking);
  const end = whileSeen(askForLacking, LACKING_MS);
  return () => {
    window.removeEventListener("online", askForLacking);
    end();
  };
}

export const known = computed(() => {
  const { loaded } = reference();
  const { value } = loaded;
  return value.state === "ready" || value.state === "stale" ? value.data : null;
});

/** Minutes are what the desk counts in. */
export const minute_ms = computed(() => Math.floor(now_ms.value / 60_000) * 60_000);
