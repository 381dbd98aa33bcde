/** A server written from the sync protocol, small enough to be read beside it. It forgets all but what it committed. */
import { createHash } from "node:crypto";
import type { OpResult, PushRequest, WireOp } from "../../api/wire";
import { type Blobs, type Chunk, lacking, take as takeChunk } from "./blobs";

export interface Row {
  seq: number;
  op: WireOp;
  install: string;
  received_ms: number;
  status: "applied" | "quarantined";
  why: string | null;
  waitsFor: string | null;
  /** Where readers find it: its own seq, or that of what released it. */
  shown: number | null;
  chain: string;
}

/** What lies on the server's disk. Rows are never changed in place, so a copy of the list is a backup. */
export interface Stored {
  epoch: string;
  rows: readonly Row[];
  blobs: Blobs;
}

export interface Answered {
  status: number;
  body: unknown;
  headers?: Record<string, string>;
}

export const hashOf = (body: string) => `sha256:${createHash("sha256").update(body).digest("hex")}`;
export const receiptKey = (epoch: string, id: string, hash: string, seq: number) =>
  [epoch, id, hash, seq].join(" ");

const OPS_MAX = 20;
const PAGE_MAX = 5;
const CHUNK_MAX = 40_000;
const DAY_MS = 86_400_000;

export class Server {
  stored: Stored;
  /** Receipts for what was committed, of every epoch. */
  readonly issued = new Set<string>();
  /** What phones were told, on asking, not to be missing: in which epoch. */
  readonly confirmed = new Set<string>();
  backups: { at_ms: number; stored: Stored }[] = [];
  durable: number | null = null;
  /** Put back by hand, and nobody has noticed. */
  isBehind = false;
  /** Photos that were whole here at some time, and how far each ever came. */
  readonly completed = new Set<string>();
  readonly reached = new Map<string, number>();

  constructor(
    private readonly newEpoch: () => string,
    private readonly now_ms: () => number,
    /** Without: an older server, which phones cannot ask what is missing. */
    private readonly reconciles: boolean,
  ) {
    this.stored = { epoch: newEpoch(), rows: [], blobs: new Map() };
    this.backUp();
  }

  private get server_time(): string {
    return new Date(this.now_ms()).toISOString();
  }

  backUp(): void {
    this.backups.push({ at_ms: this.now_ms(), stored: this.stored });
  }

  /** A verified copy off the machine: from now on phones may let go of what it covers. */
  verify(): void {
    this.backUp();
    this.durable = this.stored.rows.length;
  }

  /** Copies that the promise to phones allows to go back to: they still hold whatever came later (I11). */
  restorable(): Stored[] {
    const from_ms = this.now_ms() - 13 * DAY_MS;
    const held = this.backups.filter(
      ({ at_ms, stored }) => at_ms > from_ms || (this.durable !== null && stored.rows.length >= this.durable),
    );
    return held.map(({ stored }) => stored);
  }

  /** A phone let go of this op for good: no copy without it is ever put back. */
  pin(id: string): void {
    this.backups = this.backups.filter(({ stored }) => stored.rows.some(({ op }) => op.id === id));
    this.backUp();
  }

  /**
   * By the restore tool, which mints an epoch; or by copying the file, which does not. `keeps`: photos that came
   * later, or whose files are lost, unless they lie beside the copies.
   */
  restore(copy: Stored, byTool: boolean, keeps: (sha256: string) => boolean): void {
    this.isBehind = !byTool;
    const whole = [...this.stored.blobs].filter(([sha256, { isComplete }]) => isComplete && keeps(sha256));
    const there = [...copy.blobs].filter(([sha256, { isComplete }]) => !isComplete || keeps(sha256));
    const blobs = new Map([...there, ...whole]);
    this.stored = { ...copy, blobs, ...(byTool ? { epoch: this.newEpoch() } : {}) };
    this.backups = this.backups.filter(({ stored }) => stored.rows.length <= copy.rows.length);
    if (this.durable !== null) this.durable = Math.min(this.durable, copy.rows.length);
    this.backUp();
  }

  hello(): Answered {
    const limits = { ops: OPS_MAX, bytes: 524_288, blob_chunk: CHUNK_MAX };
    const { epoch } = this.stored;
    const { server_time, durable: durable_seq } = this;
    return ok({ protocol: [1], epoch, server_time, durable_seq, min_ui_build: 1, limits });
  }

  pull(cursor: string | null): Answered {
    const { epoch, rows } = this.stored;
    const [their, after] = cursor?.split("|") ?? [epoch, "0"];
    if (their !== epoch) return problem(410, "reset");
    const fresh = rows
      .flatMap((row) =>
        row.shown !== null && row.shown > Number(after) ? [{ ...row, shown: row.shown }] : [],
      )
      .sort((a, b) => a.shown - b.shown || a.seq - b.seq);
    const last = fresh[PAGE_MAX - 1]?.shown;
    // A page ends at a whole seq: what one op released comes together.
    const page = last === undefined ? fresh : fresh.filter(({ shown }) => shown <= last);
    const more = page.length < fresh.length;
    const to = more ? (page.at(-1)?.shown ?? 0) : Math.max(Number(after), rows.length);
    const changes = page.map(({ seq, op }) => ({ seq, kind: "other", id: op.id, deleted: false, value: {} }));
    return ok({ epoch, changes, cursor: `${epoch}|${to}`, more });
  }

  /** `commit` says whether the disk took it: false for a server that dies before. */
  chunk(chunk: Chunk, commit = true): Answered {
    const [blobs, answer] = takeChunk(this.stored.blobs, chunk);
    if (!commit || blobs === this.stored.blobs) return answer;
    this.stored = { ...this.stored, blobs };
    const held = blobs.get(chunk.sha256);
    const reached = Math.max(held?.bytes.length ?? 0, this.reached.get(chunk.sha256) ?? 0);
    this.reached.set(chunk.sha256, reached);
    if (held?.isComplete) this.completed.add(chunk.sha256);
    return answer;
  }

  reconcile(ids: readonly string[], isRevoked: boolean): Answered {
    if (!this.reconciles) return problem(404, "not-found");
    const { epoch, rows, blobs } = this.stored;
    const asked = new Set(ids);
    const held = rows.filter(({ op }) => asked.has(op.id)).map(({ op }) => op);
    const known = new Set(held.map(({ id }) => id));
    for (const { id, hash } of held) this.confirmed.add([epoch, id, hash].join(" "));
    const missing = [...asked].filter((id) => !known.has(id));
    return ok({
      epoch,
      missing,
      missing_blobs: lacking(held, blobs),
      ...(isRevoked ? { revoked: true } : {}),
    });
  }

  /** `commit` as above. */
  push(request: PushRequest, { commit = true, isRevoked = false } = {}): Answered {
    if (request.ops.length > OPS_MAX) return problem(413, "too-large");
    const steppedBack = this.lookBack(request);
    if (steppedBack) return steppedBack;
    const rows = [...this.stored.rows];
    const results = request.ops.map((op) => this.take(op, request.install, rows, isRevoked));
    if (!commit) return problem(500, "crash");
    this.stored = { ...this.stored, rows };
    const { epoch } = this.stored;
    for (const { id, hash, seq } of results)
      if (seq !== null) this.issued.add(receiptKey(epoch, id, hash, seq));
    const { server_time, durable: durable_seq } = this;
    const want_blobs = lacking(request.ops, this.stored.blobs);
    const frame = { nonce: request.nonce, epoch, server_time, durable_seq, want_blobs };
    const told = results.map((result) => final(result, rows));
    return ok({ ...frame, results: told, head: this.head(), ...numbering(request.install, rows) });
  }

  private head() {
    const { rows } = this.stored;
    return { seq: rows.length, chain: rows.at(-1)?.chain ?? "start" };
  }

  private lookBack({ seen, epoch }: PushRequest): Answered | null {
    if (!seen) return null;
    const known = seen.seq === 0 ? "start" : this.stored.rows[seen.seq - 1]?.chain;
    if (known === seen.chain) return null;
    if (epoch === null || epoch === this.stored.epoch) {
      this.stored = { ...this.stored, epoch: this.newEpoch() };
      this.isBehind = false;
    }
    return problem(409, "epoch", { epoch: this.stored.epoch });
  }

  private take(op: WireOp, install: string, rows: Row[], isRevoked: boolean): OpResult {
    const { id, hash } = op;
    if (hashOf(op.body) !== hash)
      return { id, hash, status: "retry", seq: null, received_at: null, why: "hash" };
    const same = rows.filter((row) => row.op.id === id);
    const twin = same.find((row) => row.op.hash === hash);
    if (twin) return { ...receipt(twin), status: "duplicate" };
    const target = targetOf(op);
    const waitsFor = !isRevoked && target !== null && !isApplied(target, rows) ? target : null;
    const held = isRevoked ? "revoked" : waitsFor !== null ? "target" : null;
    const why = same.length > 0 ? "conflict" : held;
    const seq = rows.length + 1;
    const chain = link([rows.at(-1)?.chain ?? "start", id, hash, `${seq}`]);
    const status = why === null ? "applied" : "quarantined";
    const shown = why === null ? seq : null;
    const row: Row = { seq, op, install, received_ms: this.now_ms(), status, why, waitsFor, shown, chain };
    rows.push(row);
    if (why === null) release(id, seq, rows);
    return receipt(row);
  }
}

const link = (parts: readonly string[]) => hashOf(parts.map((part) => `${part.length}:${part}`).join(""));

function receipt({ op, seq, received_ms, status, why }: Row): OpResult {
  return { id: op.id, hash: op.hash, status, seq, received_at: new Date(received_ms).toISOString(), why };
}

/** What was released in the same transaction is told as applied. */
function final(result: OpResult, rows: readonly Row[]): OpResult {
  const row = result.seq === null ? undefined : rows[result.seq - 1];
  return result.status === "quarantined" && row?.status === "applied" ? receipt(row) : result;
}

function release(id: string, at: number, rows: Row[]): void {
  for (const [index, row] of rows.entries()) {
    if (row.waitsFor !== id) continue;
    rows[index] = { ...row, status: "applied", why: null, waitsFor: null, shown: at };
    release(row.op.id, at, rows);
  }
}

const isApplied = (id: string, rows: readonly Row[]) =>
  rows.some(({ op, status }) => op.id === id && status === "applied");

const TARGETED = ["comment.add", "photo.attach"];

function targetOf({ type, body }: WireOp): string | null {
  return TARGETED.includes(type) ? JSON.parse(body).data.target : null;
}

function numbering(install: string, rows: readonly Row[]) {
  const seqs = rows
    .filter((row) => row.install === install && row.why !== "conflict")
    .map(({ op }) => op.seq);
  const held = new Set(seqs);
  const gaps: [number, number][] = [];
  const highest = Math.max(0, ...seqs);
  for (let seq = 1; seq <= highest; seq++) {
    if (held.has(seq)) continue;
    const open = gaps.at(-1);
    if (open && open[1] === seq - 1) open[1] = seq;
    else gaps.push([seq, seq]);
  }
  return { gaps, fork: held.size !== seqs.length };
}

const ok = (body: unknown): Answered => ({ status: 200, body });

export const problem = (status: number, name: string, extra: object = {}): Answered => ({
  status,
  body: { type: `/problems/${name}`, title: name, status, ...extra },
});
