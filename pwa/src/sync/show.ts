/** The machine's state as the screens see it, in this tab and the others. */
import { attempt, flag, maybe, number, object, oneOf, or, text } from "../parse";
import { broadcast } from "../store/channel";
import { readMeta } from "../store/meta";
import { nextPush } from "./machine";
import { type SyncState, syncState } from "./state";
import type { Counted, State } from "./types";

/** The phone's clock when the machine last heard from the server: the steady clock stands still in sleep. */
let lastOk: { steady_ms: number | null; at: string | null } = { steady_ms: null, at: null };

export function publish(state: State, { leading, now_ms }: { leading: boolean; now_ms: number }): void {
  const online = navigator.onLine;
  if (!leading) {
    if (online !== syncState.value.online) syncState.value = { ...syncState.value, online };
    return;
  }
  if (state.lastOk_ms !== lastOk.steady_ms)
    lastOk = { steady_ms: state.lastOk_ms, at: new Date().toISOString() };
  const next = shown(state, now_ms);
  if (JSON.stringify(next) === JSON.stringify(syncState.value)) return;
  syncState.value = next;
  broadcast({ kind: "sync", state: next });
  void tellServerTime(next);
}

function shown(state: State, now_ms: number): SyncState {
  const next_ms = nextPush(state);
  const problem = state.pushProblem ?? (state.oldApp ? "old-app" : (state.pullProblem ?? state.lane.problem));
  return {
    phase: phaseOf(state, next_ms),
    online: navigator.onLine,
    lastOkAt: lastOk.at,
    nextTryAt: next_ms === null ? null : inSeconds(next_ms - now_ms),
    problem,
    revoked: state.revoked,
    serverTime: syncState.value.serverTime,
    check: {
      asking: state.check.asking || state.check.at_ms <= now_ms,
      problem: state.check.problem,
    },
    checked: syncState.value.checked,
  };
}

/** To the second: a screen needs no more, and does not redraw for less. */
function inSeconds(wait_ms: number): string {
  const at_s = Math.ceil((Date.now() + Math.max(0, wait_ms)) / 1000);
  return new Date(at_s * 1000).toISOString();
}

function phaseOf({ flights, pull, lane }: State, next_ms: number | null): SyncState["phase"] {
  if (flights.urgent || flights.bulk || lane.flight) return "pushing";
  if (pull.running) return "pulling";
  return next_ms === null ? "idle" : "waiting";
}

async function tellServerTime({ lastOkAt }: SyncState): Promise<void> {
  const head = await readMeta("head").catch(() => null);
  const serverTime = head?.server_time ?? null;
  if (syncState.value.lastOkAt === lastOkAt && serverTime !== syncState.value.serverTime)
    syncState.value = { ...syncState.value, serverTime };
}

/** Before the state that follows from it is published: a check that is over has its result. */
export function noteChecked({ held, missing, photos, photosMissing }: Counted): void {
  const checked = { at: new Date().toISOString(), held, missing, photos, photosMissing };
  syncState.value = { ...syncState.value, checked };
}

export async function recallChecked(): Promise<void> {
  const checked = await readMeta("checked").catch(() => null);
  if (checked && syncState.value.checked === null) syncState.value = { ...syncState.value, checked };
}

const problem = oneOf("signin", "offline", "server", "not-lykta", "old-app");

const fromOtherTab = object({
  phase: oneOf("idle", "pushing", "pulling", "waiting"),
  lastOkAt: maybe(text),
  nextTryAt: maybe(text),
  problem: maybe(problem),
  revoked: or(flag, false),
  serverTime: maybe(text),
  check: or(object({ asking: flag, problem: maybe(problem) }), { asking: false, problem: null }),
  checked: or(
    maybe(
      object({
        at: text,
        held: number,
        missing: number,
        photos: or(number, 0),
        photosMissing: or(number, 0),
      }),
    ),
    null,
  ),
});

/** The other tab may run another build of this app. */
export function showFromOtherTab(state: unknown): void {
  const shared = attempt(fromOtherTab, state);
  if (shared) syncState.value = { ...shared, online: navigator.onLine };
}
