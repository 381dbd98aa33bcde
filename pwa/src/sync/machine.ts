/**
 * When to send what, as a pure function: (state, event) → (state, effects). No clock, no network, no storage, so
 * that any run of good and bad luck can be played through in a test. `run.ts` carries the effects out.
 */
import { onPushed, problemOf, retried } from "./answers";
import { nextBatch, readyAt } from "./batch";
import { emptyLane, lane } from "./lane-slot";
import { HELLO_AGAIN_MS, jitter_ms, LIMITS, PULL_EVERY_MS, pullEvery_ms, soonestAfter } from "./pace";
import { checkSoon, checkWoken, noCheck, onChecked, onRevoked } from "./reconcile";
import type { Effect, Entry, Env, Event, HelloOutcome, Offer, PullOutcome, Slot, State, Step } from "./types";

const SLOTS: readonly Slot[] = ["urgent", "bulk"];

export function initial(): State {
  return {
    loaded: false,
    visible: true,
    entries: new Map(),
    flights: { urgent: null, bulk: null },
    width: { urgent: LIMITS.ops, bulk: LIMITS.ops },
    sameBatch: { urgent: { key: "", count: 0 }, bulk: { key: "", count: 0 } },
    limits: LIMITS,
    lane: emptyLane(),
    wait: { failures: 0, failed_ms: 0, until_ms: 0 },
    hold_ms: 0,
    refusals: 0,
    splits: 0,
    epoch: null,
    hello: { due: true, asking: false, failures: 0, failed_ms: 0, at_ms: 0 },
    pull: { due: true, running: false, failures: 0, quiet: 0, at_ms: 0 },
    check: noCheck(),
    pushProblem: null,
    pullProblem: null,
    oldApp: false,
    revoked: false,
    lastOk_ms: null,
    gapsOffered: new Set(),
  };
}

export function step(before: State, event: Event, env: Env): Step {
  const heard = hear(before, event, env);
  const known = heard.state.epoch === before.epoch ? heard.state : inNewEpoch(heard.state);
  const planned = plan(known, env.now_ms);
  return { state: planned.state, effects: [...heard.effects, ...planned.effects] };
}

const inNewEpoch = (state: State): State => ({
  ...state,
  lane: lane.rules?.forgets(state.lane) ?? state.lane,
});

function hear(state: State, event: Event, env: Env): Step {
  switch (event.type) {
    case "loaded":
      return quiet({
        ...state,
        loaded: true,
        visible: event.visible,
        epoch: event.epoch,
        entries: merged(new Map(), state.entries, event.offers),
        check: {
          ...state.check,
          at_ms: Math.min(state.check.at_ms, env.now_ms + event.checkIn_ms),
        },
      });
    case "paused":
      return quiet({ ...state, loaded: false });
    case "added": {
      const entries = merged(state.entries, state.entries, event.offers);
      return quiet(
        reset(
          { ...state, entries, pull: stirred(state.pull, env.now_ms) },
          event.offers.some(({ urgent }) => urgent),
        ),
      );
    }
    case "wake":
      return quiet(woken(state, event.manual === true));
    case "visible":
      return quiet(event.visible ? woken({ ...state, visible: true }, false) : { ...state, visible: false });
    case "tick":
      return quiet(state);
    case "check":
      return quiet(checkSoon(woken(state, true), env.now_ms));
    case "retry":
      return quiet(retried(woken(state, true), event.ids));
    case "pushed":
      return onPushed(state, event.slot, event.outcome, env);
    case "pulled":
      return quiet(onPulled(state, event.outcome, env));
    case "checked":
      return onChecked(state, event.outcome, env);
    case "greeted":
      return onGreeted(state, event.outcome, env);
    case "photos":
      return quiet(lane.rules?.photos(state, event.waiting) ?? state);
    case "chunked":
      return lane.rules?.chunked(state, event.sha256, event.outcome, env) ?? quiet(state);
  }
}

/** Somebody is writing: what colleagues write meanwhile is asked for as often as ever. */
const stirred = (pull: State["pull"], now_ms: number): State["pull"] => ({
  ...pull,
  quiet: 0,
  at_ms: Math.min(pull.at_ms, now_ms + PULL_EVERY_MS),
});

const quiet = (state: State): Step => ({ state, effects: [] });

/** Adds offers to `onto`; what `known` remembers against an op is kept. */
function merged(
  onto: ReadonlyMap<string, Entry>,
  known: ReadonlyMap<string, Entry>,
  offers: readonly Offer[],
): Map<string, Entry> {
  const entries = new Map(onto);
  for (const offer of offers)
    entries.set(
      offer.id,
      known.get(offer.id) ?? {
        ...offer,
        fails: 0,
        // A stuck op comes back for one try, by itself.
        alone: offer.stuckUntil_ms !== null,
        notBefore_ms: 0,
        stuckWhy: null,
        timesStuck: 0,
        released: false,
      },
    );
  return entries;
}

/** Ends the common wait. A storm of wake-ups still leaves a second after a failure, except `atOnce`. */
function reset(state: State, atOnce: boolean): State {
  const until_ms = Math.min(state.wait.until_ms, soonestAfter(state.wait.failed_ms, atOnce));
  return { ...state, wait: { ...state.wait, failures: 0, until_ms } };
}

function woken(state: State, manual: boolean): State {
  const base = reset(state, manual);
  return {
    ...base,
    lane: lane.rules?.woken(state.lane, manual) ?? state.lane,
    hold_ms: manual ? 0 : state.hold_ms,
    hello: {
      ...state.hello,
      due: state.hello.due || state.pushProblem !== null,
      at_ms: helloAgain_ms(state.hello, manual),
    },
    pull: { ...state.pull, due: true, quiet: 0 },
    check: checkWoken(state.check, manual),
  };
}

/** After a good answer a push is the better question: a network that breaks every so many requests must meet others. */
const helloAgain_ms = ({ failures, failed_ms, at_ms }: State["hello"], manual: boolean) =>
  manual || failures > 0 ? Math.min(at_ms, soonestAfter(failed_ms, manual)) : at_ms;

function onPulled(state: State, outcome: PullOutcome, { now_ms, random }: Env): State {
  const pull = { ...state.pull, running: false };
  if (outcome.kind === "revoked") {
    const later = { ...pull, failures: 0, at_ms: now_ms + PULL_EVERY_MS };
    return onRevoked({ ...state, pullProblem: null, pull: later }, now_ms);
  }
  if (outcome.kind === "done" || outcome.kind === "skipped") {
    const lastOk_ms = outcome.kind === "done" ? now_ms : state.lastOk_ms;
    const quiet = outcome.kind === "done" && outcome.isNews ? 0 : pull.quiet + 1;
    return {
      ...state,
      lastOk_ms,
      revoked: outcome.kind !== "done" && state.revoked,
      pullProblem: null,
      pull: { ...pull, failures: 0, quiet, at_ms: now_ms + pullEvery_ms(quiet) },
    };
  }
  const failures = pull.failures + 1;
  const at_ms = now_ms + Math.max(PULL_EVERY_MS, jitter_ms(failures, random));
  return { ...state, pullProblem: problemOf(outcome), pull: { ...pull, failures, at_ms } };
}

function onGreeted(before: State, outcome: HelloOutcome, { now_ms, random }: Env): Step {
  if (outcome.kind !== "hello") {
    const failures = before.hello.failures + 1;
    const at_ms = now_ms + jitter_ms(failures, random);
    const hello = { due: true, asking: false, failures, failed_ms: now_ms, at_ms };
    return quiet({ ...before, hello, pushProblem: before.pushProblem ?? problemOf(outcome) });
  }
  const { epoch, server_time, durable_seq, limits, oldApp } = outcome;
  const effects: Effect[] = [{ type: "head", epoch, head: null, server_time, durable_seq }];
  const isNetwork = before.pushProblem === "offline" || before.pushProblem === "not-lykta";
  const state: State = {
    ...before,
    hello: { due: false, asking: false, failures: 0, failed_ms: 0, at_ms: now_ms + HELLO_AGAIN_MS },
    epoch,
    limits: {
      ops: Math.max(1, limits.ops),
      bytes: Math.max(1, limits.bytes),
      blob_chunk: Math.max(1, limits.blob_chunk),
    },
    oldApp,
    lastOk_ms: now_ms,
    // Lykta is there after all: what waited for a network need wait no longer.
    pushProblem: isNetwork ? null : before.pushProblem,
    wait: isNetwork ? { failures: 0, failed_ms: 0, until_ms: 0 } : before.wait,
  };
  return { state: epoch === before.epoch ? state : checkSoon(state, now_ms), effects };
}

/** Starts what may start now. Alerts and escalations first: bulk never starts beside them (I20). */
function plan(before: State, now_ms: number): Step {
  if (!before.loaded) return quiet(before);
  let state = before;
  const effects: Effect[] = [];
  if (state.hello.due && !state.hello.asking && now_ms >= state.hello.at_ms) {
    state = { ...state, hello: { ...state.hello, asking: true } };
    effects.push({ type: "hello" });
  }
  for (const slot of SLOTS) {
    if (state.flights[slot] || now_ms < opensAt(state, slot)) continue;
    if (slot === "bulk" && state.flights.urgent) continue;
    const flight = nextBatch(state, slot, now_ms);
    if (!flight) continue;
    state = { ...state, flights: { ...state.flights, [slot]: flight } };
    effects.push({ type: "push", slot, ...flight });
  }
  const last = planPhotos(state, now_ms);
  state = last.state;
  effects.push(...last.effects);
  if (mayCheck(state, now_ms)) {
    state = { ...state, check: { ...state.check, asking: true, again: false } };
    effects.push({ type: "check", evenEmpty: state.revoked });
  }
  if (mayPull(state, now_ms)) {
    state = { ...state, pull: { ...state.pull, due: false, running: true } };
    effects.push({ type: "pull" });
  }
  return { state, effects };
}

/** After all words; a call for help has the line for itself. */
function planPhotos(state: State, now_ms: number): Step {
  if (state.flights.urgent) return lane.rules?.halted(state) ?? quiet(state);
  return isPushing(state) ? quiet(state) : (lane.rules?.plan(state, now_ms) ?? quiet(state));
}

const opensAt = ({ wait, hold_ms }: State, slot: Slot) =>
  slot === "urgent" ? wait.until_ms : Math.max(wait.until_ms, hold_ms);

const isPushing = ({ flights }: State) => flights.urgent !== null || flights.bulk !== null;

function mayPull(state: State, now_ms: number): boolean {
  const { due, running, at_ms } = state.pull;
  if (running || isPushing(state)) return false;
  return due || (state.visible && now_ms >= at_ms);
}

/** After what is on its way: what has just arrived need not be called missing. */
const mayCheck = (state: State, now_ms: number) =>
  !state.check.asking && !isPushing(state) && now_ms >= state.check.at_ms;

/** When the next effect may be due, if nothing is heard before; null for never. */
export function nextWake(state: State): number | null {
  const times: number[] = [];
  if (state.hello.due && !state.hello.asking) times.push(state.hello.at_ms);
  if (!isPushing(state)) {
    const at_ms = nextPush(state);
    if (at_ms !== null) times.push(at_ms);
    if (!state.check.asking && Number.isFinite(state.check.at_ms)) times.push(state.check.at_ms);
    const chunk_ms = lane.rules?.next(state) ?? null;
    if (chunk_ms !== null) times.push(chunk_ms);
    if (state.visible && !state.pull.running) times.push(state.pull.at_ms);
  }
  return times.length === 0 ? null : Math.min(...times);
}

/** When the next push may go; null when nothing waits. */
export function nextPush(state: State): number | null {
  const times = SLOTS.flatMap((slot) => {
    const ready_ms = readyAt(state, slot);
    return ready_ms === null ? [] : [Math.max(ready_ms, opensAt(state, slot))];
  });
  return times.length === 0 ? null : Math.min(...times);
}
