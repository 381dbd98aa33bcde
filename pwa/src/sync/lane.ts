/**
 * The lane of photos, the last one (sync protocol §5): one chunk at a time, between what is said in words. Pure; the
 * server's offset is asked for before the first chunk and whenever it is in doubt, and is believed.
 */
import { problemOf } from "./answers";
import { isReady } from "./batch";
import { FAILS_MAX, jitter_ms, RETRY_AFTER_MS_MAX, soonestAfter, stuckFor_ms } from "./pace";
import { checkSoon } from "./reconcile";
import type { ChunkOutcome, Effect, Env, Lane, LaneRules, Photo, State, Step, Upload } from "./types";

/** A chunk begins small, so that a thin line gets one through, and grows while they go quickly. */
const BYTES_MIN = 16_384;
const QUICK_MS = 2_000;
const SLOW_MS = 8_000;

/** What waits, as it lies in the store; what is known of those that are under way is kept. */
function onPhotos(state: State, waiting: readonly Photo[]): State {
  const { lane } = state;
  const uploads = new Map(
    waiting.map((photo): [string, Upload] => {
      const fresh = { ...photo, offset: null, fails: 0, notBefore_ms: 0, isSent: false };
      return [photo.sha256, lane.uploads.get(photo.sha256) ?? fresh];
    }),
  );
  return { ...state, lane: { ...lane, uploads } };
}

/** What ends the common wait ends this one, too. `atOnce`: a person asks, and then nothing is left aside. */
function laneWoken(lane: Lane, atOnce: boolean): Lane {
  const until_ms = Math.min(lane.wait.until_ms, soonestAfter(lane.wait.failed_ms, atOnce));
  const free = ([id, one]: [string, Upload]): [string, Upload] => [
    id,
    atOnce ? { ...one, stuckUntil_ms: null, notBefore_ms: 0 } : one,
  ];
  const uploads = new Map([...lane.uploads].map(free));
  return { ...lane, uploads, wait: { ...lane.wait, failures: 0, until_ms } };
}

/** The server's database is another one: what it has must be asked for. */
function laneForgets(lane: Lane): Lane {
  const uploads = new Map([...lane.uploads].map(([id, upload]) => [id, { ...upload, offset: null }]));
  return { ...lane, uploads };
}

const opensAt = ({ wait, hold_ms, lane }: State) => Math.max(wait.until_ms, hold_ms, lane.wait.until_ms);

/** Called when nothing else goes out, and nothing else could. */
function planChunk(state: State, now_ms: number): Step {
  const { lane } = state;
  if (lane.flight !== null || now_ms < opensAt(state)) return { state, effects: [] };
  const next = [...lane.uploads.values()].find((upload) => !upload.isSent && isReady(upload, now_ms));
  if (!next) return { state, effects: [] };
  const { sha256, offset } = next;
  const bytes = Math.min(lane.bytes, state.limits.blob_chunk);
  const flight = { sha256, begun_ms: now_ms, isHalted: false };
  return {
    state: { ...state, lane: { ...lane, flight } },
    effects: [{ type: "chunk", sha256, offset, bytes }],
  };
}

/** Somebody calls for help: the line is for that alone. */
function halted(state: State): Step {
  const { flight } = state.lane;
  if (flight === null || flight.isHalted) return { state, effects: [] };
  const lane = { ...state.lane, flight: { ...flight, isHalted: true } };
  return { state: { ...state, lane }, effects: [{ type: "halt" }] };
}

/** When the next chunk may go, if nothing is heard before; null for never. */
function nextChunk(state: State): number | null {
  const { lane } = state;
  const left = [...lane.uploads.values()].filter(({ isSent }) => !isSent);
  if (lane.flight !== null || left.length === 0) return null;
  const ready = left.map((one) => Math.max(one.notBefore_ms, one.stuckUntil_ms ?? 0));
  return Math.max(opensAt(state), Math.min(...ready));
}

function onChunk(before: State, sha256: string, outcome: ChunkOutcome, env: Env): Step {
  const { flight } = before.lane;
  const lane: Lane = { ...before.lane, flight: null };
  const upload = lane.uploads.get(sha256);
  if (!upload) return { state: { ...before, lane }, effects: [] };
  const took_ms = flight === null ? 0 : env.now_ms - flight.begun_ms;
  switch (outcome.kind) {
    case "at":
      return onProgress({ ...before, lane }, upload, outcome, took_ms, env);
    case "damaged":
      return failed({ ...before, lane }, upload, { why: "damaged", isLast: true }, env);
    case "refused":
      return failed({ ...before, lane }, upload, { why: "refused", isLast: false }, env);
    default: {
      // What arrived of a chunk that was cut off, only the server knows.
      const uploads = new Map(lane.uploads).set(sha256, { ...upload, offset: null });
      if (flight?.isHalted) return { state: { ...before, lane: { ...lane, uploads } }, effects: [] };
      const wait = waited(lane, outcome, env);
      const bytes = Math.max(BYTES_MIN, Math.floor(lane.bytes / 2));
      const problem = problemOf(outcome);
      return { state: { ...before, lane: { ...lane, uploads, bytes, wait, problem } }, effects: [] };
    }
  }
}

function waited({ wait }: Lane, outcome: ChunkOutcome, { now_ms, random }: Env): Lane["wait"] {
  const failures = wait.failures + 1;
  const said_s = outcome.kind === "server" ? outcome.retryAfter_s : null;
  const wait_ms = said_s === null ? jitter_ms(failures, random) : Math.max(1, said_s) * 1000;
  return { failures, failed_ms: now_ms, until_ms: now_ms + Math.min(RETRY_AFTER_MS_MAX, wait_ms) };
}

type Progress = Extract<ChunkOutcome, { kind: "at" }>;

function onProgress(before: State, upload: Upload, at: Progress, took_ms: number, env: Env): Step {
  const { sha256, size } = upload;
  const wait = { failures: 0, failed_ms: 0, until_ms: 0 };
  const pace = took_ms < QUICK_MS ? 2 : took_ms > SLOW_MS ? 0.5 : 1;
  // Asking how far it has come says nothing of how fast bytes go.
  const bytes = Math.floor(before.lane.bytes * (upload.offset === null ? 1 : pace));
  const sized = Math.min(before.limits.blob_chunk, Math.max(BYTES_MIN, bytes));
  const lane: Lane = { ...before.lane, wait, problem: null, bytes: sized };
  const state: State = { ...before, lastOk_ms: env.now_ms, lane };
  const uploads = new Map(lane.uploads);
  if (at.isComplete && at.offset === size) {
    uploads.set(sha256, { ...upload, isSent: true });
    const next: State = { ...state, lane: { ...lane, uploads } };
    const isLast = [...uploads.values()].every(({ isSent }) => isSent);
    // A revoked phone is emptied when the server has everything, photos too: that is asked now.
    const asking = isLast && state.revoked ? checkSoon(next, env.now_ms) : next;
    return { state: asking, effects: [{ type: "photo-sent", sha256 }] };
  }
  // Not further than before: what came was not what its name says, or the server has lost it.
  const isStrange = at.offset > size || (upload.offset !== null && at.offset <= upload.offset);
  if (isStrange) return failed(state, { ...upload, offset: at.offset > size ? null : at.offset }, AGAIN, env);
  uploads.set(sha256, { ...upload, offset: at.offset });
  const effects: Effect[] = [{ type: "photo-at", sha256, offset: at.offset }];
  return { state: { ...state, lane: { ...lane, uploads } }, effects };
}

const AGAIN = { why: "refused", isLast: false } as const;

/** Five times, or at once where nothing would change it: given up for a day, said on the screen, kept. */
function failed(
  before: State,
  upload: Upload,
  { why, isLast }: { why: "refused" | "damaged"; isLast: boolean },
  { now_ms, random }: Env,
): Step {
  const fails = upload.fails + 1;
  const { sha256 } = upload;
  const isStuck = isLast || fails >= FAILS_MAX;
  const marked: Upload = isStuck
    ? { ...upload, offset: null, fails: 0, stuckUntil_ms: now_ms + stuckFor_ms(why, 0) }
    : { ...upload, fails, notBefore_ms: now_ms + jitter_ms(fails, random) };
  const lane = { ...before.lane, uploads: new Map(before.lane.uploads).set(sha256, marked) };
  const effects: Effect[] = isStuck ? [{ type: "photo-stuck", sha256, why }] : [];
  return { state: { ...before, lane }, effects };
}

export const rules: LaneRules = {
  photos: onPhotos,
  woken: laneWoken,
  forgets: laneForgets,
  plan: planChunk,
  halted,
  next: nextChunk,
  chunked: onChunk,
};
