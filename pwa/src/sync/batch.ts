/** Which ops go in the next request of a lane. Pure. */
import type { Entry, Flight, Slot, State } from "./types";

/** Room for the frame around the ops: nonce, install, seen, pending. */
const FRAME_BYTES = 2_048;

type Timed = Pick<Entry, "notBefore_ms" | "stuckUntil_ms">;

const isStuck = (entry: Timed, now_ms: number) =>
  entry.stuckUntil_ms !== null && entry.stuckUntil_ms > now_ms;

export const isReady = (entry: Timed, now_ms: number) =>
  entry.notBefore_ms <= now_ms && !isStuck(entry, now_ms);

/** By the ids' own time: the order in which forms were opened, across installs too. */
const byId = (a: Entry, b: Entry) => (a.id < b.id ? -1 : 1);

/**
 * Unsuspected ops first, as many of one install as fit; a suspected op goes by itself when nothing else is ready,
 * so that one bad op blocks no other (I7).
 */
export function nextBatch(state: State, slot: Slot, now_ms: number): Flight | null {
  const flying = new Set(Object.values(state.flights).flatMap((flight) => flight?.ids ?? []));
  const ready = [...state.entries.values()].filter(
    (entry) => entry.urgent === (slot === "urgent") && !flying.has(entry.id) && isReady(entry, now_ms),
  );
  const clean = ready.filter(({ alone }) => !alone).sort(byId);
  const [first] = clean;
  if (first) return { install: first.install, ids: fitting(clean, first.install, state, slot) };
  const [suspect] = ready.sort((a, b) => a.notBefore_ms - b.notBefore_ms || byId(a, b));
  return suspect ? { install: suspect.install, ids: [suspect.id] } : null;
}

function fitting(clean: readonly Entry[], install: string, state: State, slot: Slot): string[] {
  const count = Math.max(1, Math.min(state.width[slot], state.limits.ops));
  const ids: string[] = [];
  let room = state.limits.bytes - FRAME_BYTES;
  // As they were saved: a clock that was set back must not put the later before the earlier (I15).
  const own = clean.filter((entry) => entry.install === install).sort((a, b) => a.seq - b.seq);
  for (const entry of own) {
    if (ids.length >= count) break;
    // One op larger than the limit goes by itself: the server then says what it thinks of it.
    if (entry.bytes > room && ids.length > 0) break;
    room -= entry.bytes;
    ids.push(entry.id);
  }
  return ids;
}

/** When the soonest op of a lane may go, leaving the common wait aside; null if there is none. */
export function readyAt(state: State, slot: Slot): number | null {
  let soonest: number | null = null;
  for (const entry of state.entries.values()) {
    if (entry.urgent !== (slot === "urgent")) continue;
    const at_ms = Math.max(entry.notBefore_ms, entry.stuckUntil_ms ?? 0);
    if (soonest === null || at_ms < soonest) soonest = at_ms;
  }
  return soonest;
}
