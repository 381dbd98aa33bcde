/** The machine's state as the screens see it, in this tab and the others. */
import { attempt, maybe, object, oneOf, text } from "../parse";
import { broadcast } from "../store/channel";
import { readMeta } from "../store/meta";
import { nextPush } from "./machine";
import { type SyncState, syncState } from "./state";
import type { State } from "./types";

export function publish(state: State, leading: boolean): void {
  if (!leading) {
    syncState.value = { ...syncState.value, online: navigator.onLine };
    return;
  }
  const next = shown(state);
  if (JSON.stringify(next) === JSON.stringify(syncState.value)) return;
  syncState.value = next;
  broadcast({ kind: "sync", state: next });
  void tellServerTime(next);
}

function shown(state: State): SyncState {
  const next_ms = nextPush(state);
  const problem = state.pushProblem ?? (state.oldApp ? "old-app" : state.pullProblem);
  return {
    phase: phaseOf(state, next_ms),
    online: navigator.onLine,
    lastOkAt: iso(state.lastOk_ms),
    nextTryAt: iso(next_ms),
    problem,
    serverTime: syncState.value.serverTime,
  };
}

function phaseOf({ flights, pull }: State, next_ms: number | null): SyncState["phase"] {
  if (flights.urgent || flights.bulk) return "pushing";
  if (pull.running) return "pulling";
  return next_ms === null ? "idle" : "waiting";
}

const iso = (at_ms: number | null) => (at_ms === null ? null : new Date(at_ms).toISOString());

async function tellServerTime({ lastOkAt }: SyncState): Promise<void> {
  const head = await readMeta("head").catch(() => null);
  const serverTime = head?.server_time ?? null;
  if (syncState.value.lastOkAt === lastOkAt && serverTime !== syncState.value.serverTime)
    syncState.value = { ...syncState.value, serverTime };
}

const fromOtherTab = object({
  phase: oneOf("idle", "pushing", "pulling", "waiting"),
  lastOkAt: maybe(text),
  nextTryAt: maybe(text),
  problem: maybe(oneOf("signin", "offline", "server", "not-lykta", "old-app")),
  serverTime: maybe(text),
});

/** The other tab may run another build of this app. */
export function showFromOtherTab(state: unknown): void {
  const shared = attempt(fromOtherTab, state);
  if (shared) syncState.value = { ...shared, online: navigator.onLine };
}
