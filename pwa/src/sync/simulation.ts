/** The machine against a made-up server and a made-up network, on a made-up clock. For tests. */
import type { OpResult } from "../api/wire";
import { nextBatch } from "./batch";
import { rules } from "./lane";
import { lane } from "./lane-slot";
import { initial, nextWake, step } from "./machine";
import type { CheckOutcome, ChunkOutcome, Effect, Event, Offer, Photo, PushOutcome, State } from "./types";

/** What the network does to one request, in the order of requests; after the last one all is well. */
export type Luck =
  | "ok"
  | "no-network"
  | "answer-lost"
  | "not-lykta"
  | "500"
  | "503-retry-after"
  | "429"
  | "400"
  | "signin"
  | "epoch"
  /** The database is a copy from before half of what it held, under a new epoch. */
  | "restored"
  | "wrong-hash"
  | "half-answered"
  | "all-retry"
  | "gaps";

/** What becomes of one question about what is missing; after the last one all is well. */
export type CheckLuck = "ok" | "no-network" | "not-lykta" | "503" | "refused" | "signin";

/** What becomes of one chunk of a photo; after the last one all is well. */
export type ChunkLuck = "ok" | "no-network" | "answer-lost" | "503" | "half" | "lost" | "signin";

export type Poison = "400" | "500" | "hash";

export interface Request {
  at_ms: number;
  slot: string;
  ids: readonly string[];
}

lane.rules = rules;

export class Simulation {
  state: State = initial();
  now_ms = 1_000_000;
  readonly stored = new Map<string, { hash: string; seq: number }>();
  readonly made = new Map<string, Offer>();
  readonly receipts = new Map<string, { hash: string; seq: number }>();
  readonly stuck = new Map<string, string>();
  readonly requests: Request[] = [];
  /** What the server has of each photo, and how much there is. */
  readonly blobs = new Map<string, { size: number; has: number; isComplete: boolean }>();
  readonly chunks: {
    at_ms: number;
    sha256: string;
    bytes: number;
    besideWords: boolean;
    offset: number | null;
  }[] = [];
  readonly sentPhotos = new Set<string>();
  readonly chunkLuck: ChunkLuck[] = [];
  halts = 0;
  /** Of this one the bytes never come out as its name says. */
  spoilt: string | null = null;
  readonly others: { at_ms: number; type: string }[] = [];
  private readonly coming: { at_ms: number; event: Event }[] = [];
  private epoch = 1;

  constructor(
    private readonly luck: Luck[],
    private readonly random: () => number,
    private readonly poison: ReadonlyMap<string, Poison> = new Map(),
    private readonly latency_ms = 200,
    private readonly checkLuck: CheckLuck[] = [],
  ) {}

  start(offers: readonly Offer[] = []): void {
    for (const offer of offers) this.made.set(offer.id, offer);
    this.feed({ type: "loaded", offers, epoch: null, visible: true, checkIn_ms: 0 });
  }

  add(offer: Offer): void {
    this.made.set(offer.id, offer);
    this.feed({ type: "added", offers: [offer] });
  }

  /** Runs until `until_ms`, or nothing more would ever happen. */
  run(for_ms: number): void {
    const until_ms = this.now_ms + for_ms;
    for (let turns = 0; turns < 200_000; turns++) {
      this.coming.sort((a, b) => a.at_ms - b.at_ms);
      const arrival_ms = this.coming[0]?.at_ms ?? Number.POSITIVE_INFINITY;
      const wake_ms = Math.max(this.now_ms + 1, nextWake(this.state) ?? Number.POSITIVE_INFINITY);
      const next_ms = Math.min(arrival_ms, wake_ms);
      if (next_ms > until_ms) {
        this.now_ms = until_ms;
        return;
      }
      this.now_ms = next_ms;
      const arrived = arrival_ms <= wake_ms ? this.coming.shift() : undefined;
      this.feed(arrived?.event ?? { type: "tick" });
    }
    throw new Error("busy loop");
  }

  feed(event: Event): void {
    const next = step(this.state, event, { now_ms: this.now_ms, random: this.random });
    this.state = next.state;
    for (const effect of next.effects) this.carryOut(effect);
  }

  /** The server forgets, without a word, what it had answered for. */
  forget(isLost: (n: number) => boolean): void {
    for (const [n, id] of [...this.stored.keys()].entries()) if (isLost(n)) this.stored.delete(id);
  }

  /** Photos that were saved, as the store tells of them. */
  take(...photos: Pick<Photo, "sha256" | "size">[]): void {
    for (const { sha256, size } of photos) this.blobs.set(sha256, { size, has: 0, isComplete: false });
    const left = [...this.blobs].filter(([sha256]) => !this.sentPhotos.has(sha256));
    const waiting = left.map(([sha256, { size }]) => ({ sha256, size, stuckUntil_ms: null }));
    this.feed({ type: "photos", waiting });
  }

  private later(event: Event): void {
    const at_ms = this.now_ms + 1 + Math.round(this.random() * this.latency_ms);
    this.coming.push({ at_ms, event });
  }

  private carryOut(effect: Effect): void {
    switch (effect.type) {
      case "push":
        this.requests.push({ at_ms: this.now_ms, slot: effect.slot, ids: effect.ids });
        this.later({ type: "pushed", slot: effect.slot, outcome: this.answer(effect.ids) });
        return;
      case "hello":
        this.others.push({ at_ms: this.now_ms, type: "hello" });
        this.later({ type: "greeted", outcome: { kind: "no-answer", problem: "offline" } });
        return;
      case "pull":
        this.others.push({ at_ms: this.now_ms, type: "pull" });
        this.later({ type: "pulled", outcome: { kind: "done", isNews: true } });
        return;
      case "check":
        this.others.push({ at_ms: this.now_ms, type: "check" });
        this.later({ type: "checked", outcome: this.check() });
        return;
      case "checked":
        this.offerAgain(effect.lost);
        return;
      case "reoffer":
        this.offerAgain([...this.receipts.keys()]);
        return;
      case "receipts":
        for (const { id, hash, receipt } of effect.answers) this.receipts.set(id, { hash, seq: receipt.seq });
        return;
      case "stuck":
        this.stuck.set(effect.id, effect.why);
        return;
      case "chunk": {
        const { sha256, bytes, offset } = effect;
        const { urgent, bulk } = this.state.flights;
        const besideWords =
          urgent !== null || bulk !== null || nextBatch(this.state, "bulk", this.now_ms) !== null;
        this.chunks.push({ at_ms: this.now_ms, sha256, bytes, besideWords, offset });
        this.later({ type: "chunked", sha256, outcome: this.chunk(effect) });
        return;
      }
      case "halt":
        this.halts += 1;
        return;
      case "photo-sent":
        this.sentPhotos.add(effect.sha256);
        return;
      case "photo-stuck":
        this.stuck.set(effect.sha256, effect.why);
    }
  }

  private offerAgain(ids: readonly string[]): void {
    if (ids.length === 0) return;
    for (const id of ids) this.receipts.delete(id);
    this.feed({ type: "added", offers: ids.flatMap((id) => this.made.get(id) ?? []) });
  }

  private chunk({ sha256, offset, bytes }: Extract<Effect, { type: "chunk" }>): ChunkOutcome {
    const luck = this.chunkLuck.shift() ?? "ok";
    const blob = this.blobs.get(sha256);
    if (luck === "no-network" || !blob) return { kind: "no-answer", problem: "offline" };
    if (luck === "503") return { kind: "server", status: 503, retryAfter_s: 5 };
    if (luck === "signin") return { kind: "signin" };
    if (luck === "lost") blob.has = Math.floor(blob.has / 2);
    if (offset === blob.has && !blob.isComplete) {
      const got = luck === "half" ? Math.ceil(bytes / 2) : bytes;
      blob.has = Math.min(blob.size, blob.has + got);
      if (blob.has === blob.size && this.spoilt === sha256) blob.has = 0;
      else blob.isComplete = blob.has === blob.size;
    }
    if (luck === "answer-lost") return { kind: "no-answer", problem: "offline" };
    return { kind: "at", offset: blob.has, isComplete: blob.isComplete };
  }

  private check(): CheckOutcome {
    const luck = this.checkLuck.shift() ?? "ok";
    if (luck === "no-network") return { kind: "no-answer", problem: "offline" };
    if (luck === "not-lykta") return { kind: "no-answer", problem: "not-lykta" };
    if (luck === "503") return { kind: "server", status: 503, retryAfter_s: 30 };
    if (luck === "refused") return { kind: "refused", status: 404 };
    if (luck === "signin") return { kind: "signin" };
    const missing = [...this.made.keys()].filter((id) => !this.stored.has(id));
    const lost = missing.filter((id) => this.receipts.has(id));
    const counted = { held: this.made.size, missing: missing.length, photos: 0, photosMissing: 0 };
    return { kind: "checked", epoch: `e${this.epoch}`, lost, lostPhotos: [], ...counted };
  }

  private answer(ids: readonly string[]): PushOutcome {
    const luck = this.luck.shift() ?? "ok";
    if (luck === "no-network") return { kind: "no-answer", problem: "offline" };
    if (luck === "not-lykta") return { kind: "no-answer", problem: "not-lykta" };
    if (luck === "500") return { kind: "server", status: 500, retryAfter_s: null };
    if (luck === "503-retry-after") return { kind: "server", status: 503, retryAfter_s: 30 };
    if (luck === "429") return { kind: "server", status: 429, retryAfter_s: 5 };
    if (luck === "400") return { kind: "refused", status: 400 };
    if (luck === "signin") return { kind: "signin" };
    if (luck === "epoch") return { kind: "epoch", epoch: `e${++this.epoch}` };
    if (luck === "restored") {
      const kept = this.stored.size / 2;
      this.forget((n) => n >= kept);
      return { kind: "epoch", epoch: `e${++this.epoch}` };
    }
    const kinds = ids.map((id) => this.poison.get(id));
    if (kinds.includes("500")) return { kind: "server", status: 500, retryAfter_s: null };
    if (kinds.includes("400")) return { kind: "refused", status: 400 };
    const results =
      luck === "all-retry" ? ids.map((id) => this.retry(id, "busy")) : ids.map((id) => this.store(id));
    if (luck === "answer-lost") return { kind: "no-answer", problem: "offline" };
    return {
      kind: "answer",
      epoch: `e${this.epoch}`,
      server_time: "2026-11-20T20:00:00.000Z",
      durable_seq: null,
      results: mangled(results, luck),
      head: null,
      gaps: luck === "gaps" ? [[1, 3]] : [],
      fork: false,
      want_blobs: [],
    };
  }

  private store(id: string): OpResult {
    if (this.poison.get(id) === "hash") return this.retry(id, "hash");
    const hash = this.made.get(id)?.hash ?? "";
    const known = this.stored.get(id);
    const seq = known?.seq ?? this.stored.size + 1;
    this.stored.set(id, { hash, seq });
    const received_at = "2026-11-20T20:00:00.000Z";
    return { id, hash, status: known ? "duplicate" : "applied", seq, received_at, why: null };
  }

  private retry(id: string, why: string): OpResult {
    const hash = this.made.get(id)?.hash ?? "";
    return { id, hash, status: "retry", seq: null, received_at: null, why };
  }
}

function mangled(results: OpResult[], luck: Luck): OpResult[] {
  if (luck === "wrong-hash")
    return results.map((result) => ({ ...result, hash: `${result.hash}0`, seq: -1 }));
  if (luck === "half-answered") return results.filter((_, n) => n % 2 === 0);
  return results;
}

let counter = 0;
export function anOffer(partial: Partial<Offer> = {}): Offer {
  counter += 1;
  const id = partial.id ?? `op-${String(counter).padStart(6, "0")}`;
  return {
    id,
    install: "i1",
    seq: counter,
    hash: `h-${id}`,
    urgent: false,
    endsShift: false,
    bytes: 600,
    stuckUntil_ms: null,
    ...partial,
  };
}

/** A repeatable die. */
export function dice(seed: number): () => number {
  let state = seed >>> 0 || 1;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
