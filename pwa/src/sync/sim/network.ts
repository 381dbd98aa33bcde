/** What lies between phones and server: delays, losses, repeats, strangers' answers, and a server that fails. */
import type { PushRequest } from "../../api/wire";
import { type Chunk, chunkOf } from "./blobs";
import type { Dice } from "./dice";
import type { Loop } from "./loop";
import { type Answered, problem, type Server } from "./server";
import type { Tab } from "./tab";

/** What happens to one request. */
const FATES = {
  ok: 25,
  lost: 4,
  "answer-lost": 5,
  cut: 3,
  twice: 4,
  late: 3,
  hole: 2,
  portal: 3,
  redirect: 2,
  forged: 6,
  "other-hash": 4,
  "half-told": 2,
  "damaged-up": 3,
  "crash-before": 2,
  "crash-after": 2,
  "400": 1,
  "413": 1,
  "422": 1,
  "401": 2,
  "403-portal": 1,
  "408": 1,
  "426": 1,
  "429": 2,
  "500": 4,
  "502-page": 1,
  "503": 3,
} as const;
type Fate = keyof typeof FATES;

const LATE_MS_MAX = 3_600_000;
const DOWN_MS_MAX = 90_000;

interface Ask {
  tab: Tab;
  path: string;
  cursor: string | null;
  push: PushRequest | null;
  /** Ids that a phone asks after. */
  ids: readonly string[] | null;
  chunk: Chunk | null;
  /** Hears what comes back; at most the first counts. */
  reply: (answer: Reply) => void;
}
/** Hears of what pages send, when they do. */
export interface Watched {
  push(tab: Tab, push: PushRequest, flight: Flight): void;
  chunk(tab: Tab, chunk: Chunk, flight: Flight): void;
}

/** A request as its page sees it: under way until it hears of it, or gives it up. */
export class Flight {
  isAnswered = false;

  constructor(private readonly signal: AbortSignal | null | undefined) {}

  get isOver(): boolean {
    return this.isAnswered || this.signal?.aborted === true;
  }
}

type Reply =
  | { kind: "error" }
  | { kind: "answer"; status: number; text: string; type: string; headers: Headers };

export class Network {
  /** 0 for a network that does nothing wrong. */
  trouble = 1;
  isServerDown = false;
  /** The server answers so, to a batch that holds this op, until it is mended. */
  readonly poison = new Map<string, 400 | 500>();

  constructor(
    private readonly loop: Loop,
    private readonly dice: Dice,
    private readonly server: Server,
    private readonly watched: Watched,
  ) {}

  readonly fetch = (tab: Tab, url: string, init: RequestInit): Promise<Response> =>
    new Promise((resolve, reject) => {
      const { pathname, searchParams } = new URL(url, "http://lykta.test");
      const path = pathname.replace("/api/v1", "");
      const push: PushRequest | null = path === "/sync/push" ? JSON.parse(String(init.body)) : null;
      const ids = path === "/sync/reconcile" ? JSON.parse(String(init.body)).ids : null;
      const chunk = chunkOf(path, init);
      if (init.signal?.aborted) {
        reject(new DOMException("aborted", "AbortError"));
        return;
      }
      init.signal?.addEventListener("abort", () => reject(new DOMException("aborted", "AbortError")));
      if (!tab.alive) return;
      const flight = new Flight(init.signal);
      if (push) this.watched.push(tab, push, flight);
      if (chunk) this.watched.chunk(tab, chunk, flight);
      const reply = (answer: Reply) =>
        tab.run(() => {
          flight.isAnswered = true;
          if (answer.kind === "error") reject(new TypeError("network"));
          else resolve(responseOf(answer));
        });
      this.send({ tab, path, push, ids, chunk, cursor: searchParams.get("cursor"), reply });
    });

  private send(ask: Ask): void {
    const fate = this.dice.chance(this.trouble) ? this.dice.weighted(FATES) : "ok";
    const { phone } = ask.tab;
    if (phone.isOffline || fate === "lost") this.later(ask, { kind: "error" });
    else if (fate === "hole") return;
    else if (fate === "late") this.loop.after(this.dice.between(46_000, LATE_MS_MAX), () => this.serve(ask));
    else this.loop.after(this.dice.between(5, 1_500), () => this.arrive(ask, fate));
  }

  private arrive(ask: Ask, fate: Fate): void {
    const foreign = this.foreign(ask, fate);
    if (foreign) {
      this.later(ask, foreign);
      return;
    }
    if (this.isServerDown) {
      this.later(ask, this.dice.chance(0.5) ? { kind: "error" } : page(502));
      return;
    }
    if (fate === "twice") this.loop.after(this.dice.between(1, LATE_MS_MAX), () => this.serve(ask));
    if (fate === "crash-before" || fate === "crash-after") {
      const commit = fate === "crash-after";
      if (ask.push) this.server.push(ask.push, { commit, isRevoked: ask.tab.phone.isRevoked });
      if (ask.chunk) this.server.chunk(ask.chunk, commit);
      this.down();
      this.later(ask, { kind: "error" });
      return;
    }
    const answer = this.answer(fate === "damaged-up" ? damaged(ask) : ask);
    this.later(ask, spoiled(answer, fate));
  }

  /** The server dies and comes back. */
  down(): void {
    this.isServerDown = true;
    this.loop.after(this.dice.between(1_000, DOWN_MS_MAX), () => {
      this.isServerDown = false;
    });
  }

  /** Long after: the server takes it in, and nobody listens any more. */
  private serve(ask: Ask): void {
    if (!this.isServerDown) this.answer(ask);
  }

  private answer({ tab, path, cursor, push, ids, chunk }: Ask): Answered {
    const { isSignedOut, isRevoked } = tab.phone;
    if (path === "/sync/hello") return this.server.hello();
    if (isSignedOut) return problem(401, "session");
    if (path === "/sync/pull") return isRevoked ? problem(403, "device-revoked") : this.server.pull(cursor);
    if (ids) return this.server.reconcile(ids, isRevoked);
    if (chunk) return this.server.chunk(chunk);
    if (!push) return problem(404, "not-found");
    const bad = push.ops.map(({ id }) => this.poison.get(id)).find((status) => status !== undefined);
    if (bad !== undefined) return problem(bad, "poison");
    return this.server.push(push, { isRevoked });
  }

  /** Answers that never saw the server's database. */
  private foreign({ path, push }: Ask, fate: Fate): Reply | null {
    switch (fate) {
      case "portal":
        return page(200);
      case "redirect":
        return { kind: "error" };
      case "403-portal":
        return page(403);
      case "502-page":
        return page(502);
      case "forged":
        return push ? json(imagined(push, { nonce: "another request" })) : page(200);
      case "other-hash":
        return push ? json(imagined(push, {}, (hash) => `${hash.slice(0, -1)}x`)) : page(200);
      case "400":
      case "413":
      case "422":
      case "408":
      case "426":
      case "500":
        return json(problem(Number(fate), "trouble"));
      case "401":
        return path === "/sync/hello" ? null : json(problem(401, "session"));
      case "429":
      case "503":
        return json(problem(Number(fate), "busy"), { "Retry-After": String(this.dice.between(1, 120)) });
      default:
        return null;
    }
  }

  private later({ reply }: Ask, answer: Reply): void {
    this.loop.after(this.dice.between(5, 2_000), () => reply(answer));
  }
}

/** Receipts for what was never stored. */
function imagined(push: PushRequest, frame: object, change = (hash: string) => hash): Answered {
  const at = "2026-11-20T20:00:00.000Z";
  const results = push.ops.map(({ id, hash }) => {
    return { id, hash: change(hash), status: "applied", seq: 1, received_at: at, why: null };
  });
  const base = { nonce: push.nonce, epoch: push.epoch ?? "e", server_time: at, durable_seq: null };
  return { status: 200, body: { ...base, results, head: null, gaps: [], fork: false, ...frame } };
}

/** A byte of the first op, or of the chunk, turned over on the way. */
function damaged(ask: Ask): Ask {
  const { chunk } = ask;
  if (chunk?.patch && chunk.patch.bytes.length > 0) {
    const bytes = chunk.patch.bytes.slice();
    bytes[0] = 255 - (bytes[0] ?? 0);
    return { ...ask, chunk: { ...chunk, patch: { ...chunk.patch, bytes } } };
  }
  const [first, ...others] = ask.push?.ops ?? [];
  if (!ask.push || !first) return ask;
  const body = first.body.replace("ord ", "0rd ");
  return { ...ask, push: { ...ask.push, ops: [{ ...first, body }, ...others] } };
}

function spoiled(answer: Answered, fate: Fate): Reply {
  const whole = json(answer);
  if (fate === "answer-lost") return { kind: "error" };
  if (whole.kind === "error") return whole;
  if (fate === "cut") return { ...whole, text: whole.text.slice(0, whole.text.length / 2) };
  const body = answer.body as { results?: unknown[] } | null;
  if (fate === "half-told" && body?.results)
    return json({ ...answer, body: { ...body, results: body.results.filter((_, n) => n % 2 === 1) } });
  return whole;
}

function json({ status, body, headers: said }: Answered, headers = said ?? {}): Reply {
  const type = status < 400 ? "application/json" : "application/problem+json";
  return { kind: "answer", status, text: JSON.stringify(body), type, headers: new Headers(headers) };
}

const page = (status: number): Reply => ({
  kind: "answer",
  status,
  text: "<h1>Wi-Fi</h1>",
  type: "text/html",
  headers: new Headers(),
});

/** As much of a Response as the app reads; a real one would bring real streams and their timing. */
function responseOf({ status, text, type, headers }: Exclude<Reply, { kind: "error" }>): Response {
  headers.set("Content-Type", type);
  const body = { text: async () => text, json: async () => JSON.parse(text) };
  return Object.assign(Object.create(null), { ok: status < 300, status, headers, ...body });
}
