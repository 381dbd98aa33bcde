/** What follows from the outcome of one push (sync protocol §5). Pure. */
import type { OpResult } from "../api/wire";
import {
  FAILS_MAX,
  jitter_ms,
  REFUSALS_FREE,
  RETRY_AFTER_MS_MAX,
  SERVER_FAILS_MAX,
  SPLITS_FREE,
  stuckFor_ms,
} from "./pace";
import { checkSoon, onRevoked } from "./reconcile";
import type { Problem } from "./state";
import type {
  Acknowledged,
  Answer,
  Effect,
  Entry,
  Env,
  Failure,
  Flight,
  PushOutcome,
  Slot,
  State,
  Step,
  StuckWhy,
} from "./types";

export function onPushed(before: State, slot: Slot, outcome: PushOutcome, env: Env): Step {
  const flight = before.flights[slot];
  const state: State = { ...before, flights: { ...before.flights, [slot]: null } };
  if (!flight) return { state, effects: [] };
  switch (outcome.kind) {
    case "answer":
      return onAnswer(state, slot, flight, outcome, env);
    case "refused":
      return onRefused(state, slot, flight, env);
    case "server":
      return onServer(state, slot, flight, outcome, env);
    case "epoch":
      return onEpoch(state, outcome.epoch, env);
    case "nothing":
      return { state, effects: [] };
    case "revoked":
      return { state: { ...waiting(state, env), revoked: true, pushProblem: null }, effects: [] };
    case "signin":
    case "old-app":
      return { state: { ...waiting(state, env), pushProblem: outcome.kind }, effects: [] };
    case "no-answer":
      return { state: { ...waiting(state, env), pushProblem: outcome.problem }, effects: [] };
  }
}

export function problemOf(failure: Failure): Problem {
  if (failure.kind === "no-answer") return failure.problem;
  if (failure.kind === "server" || failure.kind === "refused" || failure.kind === "revoked") return "server";
  return failure.kind;
}

/** The common wait, a step longer. */
export function waiting(state: State, { now_ms, random }: Env): State {
  const failures = state.wait.failures + 1;
  const until_ms = now_ms + jitter_ms(failures, random);
  return { ...state, wait: { failures, failed_ms: now_ms, until_ms } };
}

function onAnswer(before: State, slot: Slot, flight: Flight, answer: Answer, env: Env): Step {
  const entries = new Map(before.entries);
  const answers: Acknowledged[] = [];
  const effects: Effect[] = [];
  let isShiftOver = false;
  for (const id of flight.ids) {
    const entry = entries.get(id);
    if (!entry) continue;
    const result = answer.results.find((each) => each.id === id && each.hash === entry.hash);
    const receipt = result && receiptOf(result, answer.epoch);
    if (receipt) {
      // I1: only here does an op leave, on a receipt for its own id and hash.
      answers.push({ id, hash: entry.hash, receipt });
      entries.delete(id);
      isShiftOver ||= entry.endsShift;
      continue;
    }
    const kept = afterNoReceipt(entry, result, env);
    entries.set(id, kept);
    if (kept.stuckWhy !== null) effects.push({ type: "stuck", id, why: kept.stuckWhy });
  }
  const heard = heardFrom({ ...before, entries }, answer, flight, env);
  if (answers.length === 0 && flight.ids.length > 0)
    return { state: waiting(heard.state, env), effects: [...effects, ...heard.effects] };
  const next = passed(heard.state, slot, env);
  const heardOf = answers.some(({ receipt }) => receipt.why === "revoked")
    ? onRevoked(next, env.now_ms)
    : next;
  const state = isShiftOver ? checkSoon(heardOf, env.now_ms) : heardOf;
  return { state, effects: [{ type: "receipts", answers }, ...effects, ...heard.effects] };
}

function receiptOf({ status, seq, received_at, why }: OpResult, epoch: string) {
  if (status === "retry" || seq === null || received_at === null) return null;
  return { seq, received_at, status, why, epoch };
}

function afterNoReceipt(entry: Entry, result: OpResult | undefined, env: Env): Entry {
  // "retry" without fault of the op's own: no mark against it, only a wait.
  if (result?.status === "retry" && result.why !== "hash")
    return { ...entry, notBefore_ms: env.now_ms + jitter_ms(entry.fails + 1, env.random) };
  return failed(entry, result?.why === "hash" ? "hash" : "no-result", env);
}

/** One more mark against a single op; at five it is stuck for a day. */
function failed(entry: Entry, why: StuckWhy, { now_ms, random }: Env): Entry {
  const fails = entry.fails + 1;
  const marked = { ...entry, fails, alone: true, notBefore_ms: now_ms + jitter_ms(fails, random) };
  return fails < FAILS_MAX
    ? { ...marked, stuckUntil_ms: null, stuckWhy: null }
    : {
        ...marked,
        stuckUntil_ms: now_ms + stuckFor_ms(why, entry.timesStuck),
        stuckWhy: why,
        timesStuck: entry.timesStuck + 1,
      };
}

/** What every answer tells besides its results. */
function heardFrom(before: State, answer: Answer, { install }: Flight, env: Env): Step {
  const { epoch, head, server_time, durable_seq } = answer;
  const effects: Effect[] = [{ type: "head", epoch, head, server_time, durable_seq }];
  const fresh = answer.gaps.filter(([from, to]) => !before.gapsOffered.has(`${install} ${from}-${to}`));
  if (answer.want_blobs.length > 0) effects.push({ type: "wanted", hashes: answer.want_blobs });
  if (fresh.length > 0) effects.push({ type: "gaps", install, ranges: fresh });
  if (answer.fork) effects.push({ type: "mint", install });
  const gapsOffered = new Set([
    ...before.gapsOffered,
    ...fresh.map(([from, to]) => `${install} ${from}-${to}`),
  ]);
  const state = { ...before, epoch, gapsOffered, lastOk_ms: env.now_ms, pushProblem: null };
  return { state: epoch === before.epoch ? state : checkSoon(state, env.now_ms), effects };
}

/** A person asks for another go at what is stuck: one, by itself. */
export function retried(state: State, ids: readonly string[]): State {
  const entries = new Map(state.entries);
  for (const id of ids) {
    const entry = entries.get(id);
    if (entry?.stuckUntil_ms === null || entry === undefined) continue;
    const fails = FAILS_MAX - 1;
    entries.set(id, { ...entry, fails, alone: true, stuckUntil_ms: null, stuckWhy: null, notBefore_ms: 0 });
  }
  return { ...state, entries };
}

/** Something got through: the server is well, so waiting ends and batches grow again. */
function passed(state: State, slot: Slot, { now_ms, random }: Env): State {
  const entries = new Map(state.entries);
  // Set aside while the server failed for everything: not the op's own fault, so one more go.
  for (const entry of entries.values())
    if (entry.stuckWhy === "server" && !entry.released)
      entries.set(entry.id, {
        ...entry,
        released: true,
        stuckUntil_ms: null,
        stuckWhy: null,
        fails: FAILS_MAX - 1,
        notBefore_ms: now_ms + jitter_ms(1, random),
      });
  return {
    ...state,
    entries,
    wait: { failures: 0, failed_ms: 0, until_ms: 0 },
    refusals: 0,
    splits: 0,
    width: { ...state.width, [slot]: Math.min(state.limits.ops, state.width[slot] * 2) },
    sameBatch: { ...state.sameBatch, [slot]: { key: "", count: 0 } },
    pull: { ...state.pull, due: true },
  };
}

/** 400, 413, 422: half the batch, at once for the first few. */
function onRefused(before: State, slot: Slot, flight: Flight, env: Env): Step {
  const refusals = before.refusals + 1;
  const until_ms =
    refusals <= REFUSALS_FREE
      ? before.wait.until_ms
      : env.now_ms + jitter_ms(refusals - REFUSALS_FREE, env.random);
  const state = {
    ...before,
    refusals,
    wait: { ...before.wait, failed_ms: env.now_ms, until_ms },
    pushProblem: null,
  };
  return split(state, slot, flight, "refused", env);
}

function split(state: State, slot: Slot, flight: Flight, why: "refused" | "server", env: Env): Step {
  const [only, ...more] = flight.ids;
  const entry = only === undefined ? undefined : state.entries.get(only);
  if (more.length > 0 || !entry) {
    const half = Math.max(1, Math.floor(flight.ids.length / 2));
    return { state: { ...state, width: { ...state.width, [slot]: half } }, effects: [] };
  }
  const marked = failed(entry, why, env);
  const effects: Effect[] = marked.stuckWhy === null ? [] : [{ type: "stuck", id: entry.id, why }];
  return { state: { ...state, entries: new Map(state.entries).set(entry.id, marked) }, effects };
}

/** 5xx and "come back later". A server that says when to come back is not failing on this batch. */
function onServer(
  before: State,
  slot: Slot,
  flight: Flight,
  { status, retryAfter_s }: { status: number; retryAfter_s: number | null },
  env: Env,
): Step {
  const waited: State = { ...waiting(before, env), pushProblem: "server" };
  if (retryAfter_s !== null) {
    const hold_ms = env.now_ms + Math.min(RETRY_AFTER_MS_MAX, Math.max(1, retryAfter_s) * 1000);
    return { state: { ...waited, hold_ms }, effects: [] };
  }
  if (status < 500) return { state: waited, effects: [] };
  const key = flight.ids.join();
  const known = before.sameBatch[slot];
  const count = known.key === key ? known.count + 1 : 1;
  const state = { ...waited, sameBatch: { ...before.sameBatch, [slot]: { key, count } } };
  const [first] = flight.ids;
  const isSuspect = first !== undefined && before.entries.get(first)?.alone === true;
  if (count < SERVER_FAILS_MAX && !isSuspect) return { state, effects: [] };
  const again = { ...state, sameBatch: { ...state.sameBatch, [slot]: { key: "", count: 0 } } };
  return split(isSuspect ? again : hurried(again), slot, flight, "server", env);
}

/** Looking for the one bad op in a batch: short waits, for as many halvings as that can take. */
function hurried(state: State): State {
  if (state.splits >= SPLITS_FREE) return state;
  return { ...state, splits: state.splits + 1, wait: { ...state.wait, failures: 0 } };
}

/** 409: the server's database went back in time. What it has lost is asked for and goes out again. */
function onEpoch(before: State, epoch: string | null, env: Env): Step {
  const state: State = { ...waiting(before, env), epoch, pushProblem: null };
  return { state: checkSoon(state, env.now_ms), effects: [{ type: "forget-seen", epoch }] };
}
