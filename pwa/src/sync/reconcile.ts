/**
 * Asking the server which of everything on this phone it lacks (sync protocol §4.4): after a change of epoch, at the
 * end of a shift, once a day, and when a person asks. Pure; `check.ts` does the asking.
 */
import type { ReconcileAnswer } from "../api/wire";
import { problemOf } from "./answers";
import { DAY_MS, jitter_ms, RETRY_AFTER_MS_MAX, soonestAfter } from "./pace";
import type { Check, CheckOutcome, Effect, Env, Failure, State, Step } from "./types";

/** The server's limit for one request. */
export const IDS_MAX = 10_000;

const NONE = { held: 0, missing: 0, photos: 0, photosMissing: 0 };

export const noCheck = (): Check => ({
  asking: false,
  again: false,
  failures: 0,
  failed_ms: 0,
  at_ms: Number.POSITIVE_INFINITY,
  problem: null,
});

/** As soon as nothing is being pushed. One that is under way asked too early to count. */
export function checkSoon(state: State, now_ms: number): State {
  const { check } = state;
  return { ...state, check: { ...check, again: check.asking, at_ms: Math.min(check.at_ms, now_ms) } };
}

/** Once nothing waits here any more, the server is asked whether it has everything: only then may it be deleted. */
export function onRevoked(state: State, now_ms: number): State {
  const told = { ...state, revoked: true };
  return state.entries.size === 0 ? checkSoon(told, now_ms) : told;
}

/** A check that came to nothing is tried again when there is reason to hope; others keep their time. */
export function checkWoken(check: Check, atOnce: boolean): Check {
  if (check.failures === 0) return check;
  return { ...check, at_ms: Math.min(check.at_ms, soonestAfter(check.failed_ms, atOnce)) };
}

/** How long until the daily check. Of another epoch than the phone's: at once. A wrong clock makes it no longer. */
export function checkIn_ms(
  last: { at: string; epoch: string | null } | null,
  epoch: string | null,
  wall_ms: number,
): number {
  if (last === null || last.epoch !== epoch) return 0;
  const left_ms = Date.parse(last.at) + DAY_MS - wall_ms;
  return Number.isFinite(left_ms) ? Math.max(0, Math.min(DAY_MS, left_ms)) : 0;
}

export function onChecked(before: State, outcome: CheckOutcome, env: Env): Step {
  // Nobody asked, or not since everything began anew: it says nothing of what lies here now.
  if (!before.check.asking) return { state: before, effects: [] };
  const check = { ...before.check, asking: false, again: false };
  if (before.check.again)
    return { state: { ...before, check: { ...check, at_ms: env.now_ms } }, effects: [] };
  const rested: Check = { ...noCheck(), at_ms: env.now_ms + DAY_MS };
  switch (outcome.kind) {
    case "nothing":
      return {
        state: { ...before, check: rested },
        effects: [{ type: "checked", epoch: before.epoch, lost: [], ...NONE }],
      };
    case "checked": {
      const { epoch, lost, lostPhotos, spent = null } = outcome;
      const { held, missing, photos, photosMissing } = outcome;
      const effects: Effect[] = [{ type: "checked", epoch, lost, held, missing, photos, photosMissing }];
      if (lostPhotos.length > 0) effects.push({ type: "wanted", hashes: lostPhotos });
      if (spent !== null && before.entries.size === 0) effects.push({ type: "wipe", ids: spent });
      return { state: { ...before, epoch, lastOk_ms: env.now_ms, check: rested }, effects };
    }
    case "refused":
      return onRefused({ ...before, check: { ...rested, problem: "server" } });
    default:
      return { state: { ...before, check: failedCheck(check, outcome, env) }, effects: [] };
  }
}

/** A server that cannot be asked: everything of another epoch goes out again, and comes back as duplicates. */
function onRefused(state: State): Step {
  const effects: Effect[] = state.epoch === null ? [] : [{ type: "reoffer", epoch: state.epoch }];
  return { state, effects };
}

function failedCheck(check: Check, failure: Failure, { now_ms, random }: Env): Check {
  const failures = check.failures + 1;
  const said_s = failure.kind === "server" ? failure.retryAfter_s : null;
  const wait_ms = said_s === null ? jitter_ms(failures, random) : Math.max(1, said_s) * 1000;
  const at_ms = now_ms + Math.min(RETRY_AFTER_MS_MAX, wait_ms);
  return { ...check, failures, failed_ms: now_ms, at_ms, problem: problemOf(failure) };
}

export function inChunks(ids: readonly string[], size = IDS_MAX): string[][] {
  const chunks: string[][] = [];
  for (let from = 0; from < ids.length; from += size) chunks.push(ids.slice(from, from + size));
  return chunks;
}

/** Only what was asked about can be missing, and all parts must speak of one incarnation of the database. */
export function isAnswerTo(
  ids: readonly string[],
  answer: Pick<ReconcileAnswer, "epoch" | "missing">,
  epoch: string | null,
): boolean {
  const asked = new Set(ids);
  const isSame = epoch === null || epoch === answer.epoch;
  return (
    isSame &&
    new Set(answer.missing).size === answer.missing.length &&
    answer.missing.every((id) => asked.has(id))
  );
}
