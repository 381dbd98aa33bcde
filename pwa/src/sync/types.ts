/** What the sync machine knows, hears and asks for. */
import type { OpResult } from "../api/wire";
import type { Problem } from "./state";

/** An op without a receipt, as far as sending needs to know it. */
export interface Offer {
  id: string;
  install: string;
  seq: number;
  hash: string;
  urgent: boolean;
  /** The end of a shift: once it is answered, everything on the phone is checked. */
  endsShift: boolean;
  bytes: number;
  /** When a stuck op may be tried again; null for one that is not stuck. */
  stuckUntil_ms: number | null;
}

export interface Entry extends Offer {
  fails: number;
  /** Suspected of making a batch fail: sent by itself, after the others. */
  alone: boolean;
  notBefore_ms: number;
  stuckWhy: StuckWhy | null;
  timesStuck: number;
  /** Already given another go after a server came back: only once, or a bad op would follow every good one. */
  released: boolean;
}

/** A saved photo that the server does not have whole. */
export interface Photo {
  sha256: string;
  size: number;
  stuckUntil_ms: number | null;
}

export interface Upload extends Photo {
  /** As the server said it; null: it must be asked. */
  offset: number | null;
  fails: number;
  notBefore_ms: number;
  /** The server has it whole, and the store has yet to say so. */
  isSent: boolean;
}

/** Photos, one chunk at a time. */
export interface Lane {
  uploads: ReadonlyMap<string, Upload>;
  flight: { sha256: string; begun_ms: number; isHalted: boolean } | null;
  /** Of the next chunk. */
  bytes: number;
  wait: { failures: number; failed_ms: number; until_ms: number };
  problem: Problem | null;
}

/** What the machine asks of the lane; `lane.ts` answers. */
export interface LaneRules {
  photos(state: State, waiting: readonly Photo[]): State;
  woken(lane: Lane, atOnce: boolean): Lane;
  forgets(lane: Lane): Lane;
  plan(state: State, now_ms: number): Step;
  halted(state: State): Step;
  next(state: State): number | null;
  chunked(state: State, sha256: string, outcome: ChunkOutcome, env: Env): Step;
}

export type StuckWhy = "refused" | "server" | "hash" | "no-result";
export type Slot = "urgent" | "bulk";

export interface Flight {
  install: string;
  ids: readonly string[];
}

export interface State {
  loaded: boolean;
  visible: boolean;
  entries: ReadonlyMap<string, Entry>;
  flights: Readonly<Record<Slot, Flight | null>>;
  /** Most ops in one request: halved when a batch fails, doubled when one passes. */
  width: Readonly<Record<Slot, number>>;
  /** 5xx in a row for one and the same batch. */
  sameBatch: Readonly<Record<Slot, { key: string; count: number }>>;
  limits: Limits;
  lane: Lane;
  wait: { failures: number; failed_ms: number; until_ms: number };
  /** `Retry-After`: holds everything but alerts and escalations. */
  hold_ms: number;
  refusals: number;
  splits: number;
  epoch: string | null;
  hello: { due: boolean; asking: boolean; failures: number; failed_ms: number; at_ms: number };
  /** `quiet`: pulls in a row that brought nothing. */
  pull: { due: boolean; running: boolean; failures: number; quiet: number; at_ms: number };
  check: Check;
  pushProblem: Problem | null;
  pullProblem: Problem | null;
  oldApp: boolean;
  /** As the server last said; a new sign-in makes another phone of it. */
  revoked: boolean;
  lastOk_ms: number | null;
  gapsOffered: ReadonlySet<string>;
}

export interface Limits {
  ops: number;
  bytes: number;
  blob_chunk: number;
}

/** Asking what the server lacks: when next, and why the last try came to nothing. */
export interface Check {
  asking: boolean;
  /** Wanted anew while one was under way. */
  again: boolean;
  failures: number;
  failed_ms: number;
  at_ms: number;
  problem: Problem | null;
}

export interface Answer {
  kind: "answer";
  epoch: string;
  server_time: string;
  durable_seq: number | null;
  results: readonly OpResult[];
  head: { seq: number; chain: string } | null;
  gaps: readonly (readonly [number, number])[];
  fork: boolean;
  /** Photos that the ops of the push name and that are not there. */
  want_blobs: readonly string[];
}

export type Failure =
  /** Not an answer at all: network, time-out, redirect, a captive portal, a wrong nonce. */
  | { kind: "no-answer"; problem: "offline" | "not-lykta" }
  | { kind: "refused"; status: number }
  | { kind: "server"; status: number; retryAfter_s: number | null }
  | { kind: "signin" }
  /** This phone may hand in what it holds, and read nothing. */
  | { kind: "revoked" }
  | { kind: "old-app" };

export type PushOutcome =
  | Answer
  | Failure
  | { kind: "epoch"; epoch: string | null }
  /** Nothing was sent: another tab had these ops answered already. */
  | { kind: "nothing" };
export type PullOutcome = { kind: "done"; isNews: boolean } | { kind: "skipped" } | Failure;
export interface Counted {
  held: number;
  missing: number;
  /** Photos that the ops name, and those of them that are not there whole. */
  photos: number;
  photosMissing: number;
}

export type CheckOutcome =
  /** `lost`: those among the missing that had a receipt. */
  | ({
      kind: "checked";
      epoch: string;
      lost: readonly string[];
      lostPhotos: readonly string[];
      /** The phone is revoked and the server has all of these, photos too: nothing else may be deleted. */
      spent?: readonly string[] | null;
    } & Counted)
  /** This phone holds nothing to ask about. */
  | { kind: "nothing" }
  | Failure;
export type HelloOutcome =
  | {
      kind: "hello";
      epoch: string;
      server_time: string;
      durable_seq: number | null;
      limits: Limits;
      oldApp: boolean;
    }
  | Failure;

export type Event =
  | { type: "loaded"; offers: readonly Offer[]; epoch: string | null; visible: boolean; checkIn_ms: number }
  /** Another tab sends from now on; what is under way here is still listened to. */
  | { type: "paused" }
  | { type: "added"; offers: readonly Offer[] }
  | { type: "wake"; manual?: boolean }
  | { type: "visible"; visible: boolean }
  | { type: "tick" }
  /** A person asks for it. */
  | { type: "check" }
  /** A person asks for another go at what is stuck. */
  | { type: "retry"; ids: readonly string[] }
  | { type: "pushed"; slot: Slot; outcome: PushOutcome }
  | { type: "pulled"; outcome: PullOutcome }
  | { type: "checked"; outcome: CheckOutcome }
  | { type: "greeted"; outcome: HelloOutcome }
  /** All saved photos that are not sent, as they lie in the store. */
  | { type: "photos"; waiting: readonly Photo[] }
  | { type: "chunked"; sha256: string; outcome: ChunkOutcome };

export type ChunkOutcome =
  | { kind: "at"; offset: number; isComplete: boolean }
  /** What lies in the phone is not what its name says. */
  | { kind: "damaged" }
  | Failure;

export interface Acknowledged {
  id: string;
  hash: string;
  receipt: {
    seq: number;
    received_at: string;
    status: "applied" | "duplicate" | "quarantined";
    why: string | null;
    epoch: string;
  };
}

export type Effect =
  | { type: "hello" }
  | { type: "push"; slot: Slot; install: string; ids: readonly string[] }
  | { type: "pull" }
  /** `evenEmpty`: ask though nothing is held. */
  | { type: "check"; evenEmpty: boolean }
  /** `lost` goes out again; all else that is retained is known to be there in this epoch. */
  | ({ type: "checked"; epoch: string | null; lost: readonly string[] } & Counted)
  /** Everything off this phone, if there is nothing on it but these. */
  | { type: "wipe"; ids: readonly string[] }
  /** `offset` null: only ask how far it has come. */
  | { type: "chunk"; sha256: string; offset: number | null; bytes: number }
  /** The chunk on its way is given up. */
  | { type: "halt" }
  | { type: "photo-at"; sha256: string; offset: number }
  | { type: "photo-sent"; sha256: string }
  | { type: "photo-stuck"; sha256: string; why: "refused" | "damaged" }
  /** Photos that the server lacks, whatever it said before. */
  | { type: "wanted"; hashes: readonly string[] }
  | { type: "receipts"; answers: readonly Acknowledged[] }
  | { type: "stuck"; id: string; why: StuckWhy }
  /** Everything retained whose receipt is of another epoch goes out again. */
  | { type: "reoffer"; epoch: string }
  | { type: "gaps"; install: string; ranges: readonly (readonly [number, number])[] }
  | {
      type: "head";
      epoch: string;
      head: { seq: number; chain: string } | null;
      server_time: string;
      durable_seq: number | null;
    }
  | { type: "forget-seen"; epoch: string | null }
  | { type: "mint"; install: string };

/** Clock and dice are handed in, so that every run can be repeated. */
export interface Env {
  now_ms: number;
  random: () => number;
}

export interface Step {
  state: State;
  effects: readonly Effect[];
}
