/** A server for tests, behind `fetch`: it stores what is pushed and can be told to misbehave. */
import { vi } from "vitest";
import type { PushRequest, WireOp } from "../api/wire";
import { namedIn } from "../store/naming";
import { FakeBlobs } from "./fake-blobs";

type Reply = Response | "cut";
export interface Asked {
  path: string;
  init: RequestInit;
  push: PushRequest | null;
}

const NOW = "2026-11-20T20:00:00.000Z";

export function json(body: unknown, status = 200, headers: Record<string, string> = {}): Response {
  const type = status < 400 ? "application/json" : "application/problem+json";
  return new Response(JSON.stringify(body), { status, headers: { "Content-Type": type, ...headers } });
}

export class FakeServer {
  epoch = "e1";
  readonly stored = new Map<string, WireOp>();
  readonly asked: Asked[] = [];
  readonly photos = new FakeBlobs();
  /** Answers for the next pushes instead of the usual one. */
  readonly instead: ((push: PushRequest) => Reply)[] = [];
  quarantine: (op: WireOp) => string | null = () => null;
  /** The phone was revoked: it may hand in, and read nothing. */
  revoked = false;
  organisation: string | null = null;
  extra: Record<string, unknown> = {};
  /** Answers for the next questions about what is missing, instead of the usual one. */
  readonly checks: ((ids: string[]) => Reply)[] = [];
  pages: ((cursor: string | null) => Reply)[] = [];

  install(): this {
    vi.stubGlobal("fetch", (url: string, init: RequestInit) => this.fetch(url, init));
    return this;
  }

  get pushes(): PushRequest[] {
    return this.asked.flatMap(({ push }) => push ?? []);
  }

  private async fetch(url: string, init: RequestInit): Promise<Response> {
    const { pathname, searchParams } = new URL(url, "http://lykta.test");
    const path = pathname.replace("/api/v1", "");
    const push = path === "/sync/push" ? JSON.parse(await plain(init)) : null;
    this.asked.push({ path, init, push });
    if (path.startsWith("/blobs/")) return this.photos.answer(path.slice("/blobs/".length), init);
    if (path === "/sync/reconcile") return this.missing(JSON.parse(await plain(init)).ids);
    const reply = push ? this.push(push) : this.read(path, searchParams.get("cursor"));
    if (reply === "cut") throw new TypeError("network");
    return reply;
  }

  private missing(ids: string[]): Response {
    const reply = this.checks.shift()?.(ids);
    if (reply === "cut") throw new TypeError("network");
    const missing = ids.filter((id) => !this.stored.has(id));
    const told = this.revoked ? { revoked: true } : {};
    return reply ?? json({ epoch: this.epoch, missing, missing_blobs: this.lacking(ids), ...told });
  }

  /** Photos named by these ops and not here whole. */
  private lacking(ids: readonly string[]): string[] {
    const named = namedIn(ids.flatMap((id) => this.stored.get(id) ?? []));
    return named.filter((sha256) => this.photos.held.get(sha256)?.isComplete !== true);
  }

  private read(path: string, cursor: string | null): Reply {
    if (path === "/sync/pull") {
      if (this.revoked) return json({ type: "/problems/device-revoked", title: "", status: 403 }, 403);
      const page = this.pages.shift();
      return page
        ? page(cursor)
        : json({ epoch: this.epoch, changes: [], cursor: cursor ?? "c0", more: false });
    }
    const limits = { ops: 200, bytes: 524_288, blob_chunk: 524_288 };
    const hello = { protocol: [1], epoch: this.epoch, server_time: NOW, durable_seq: null };
    return json({ ...hello, min_ui_build: 1, limits, organisation: this.organisation });
  }

  private push(push: PushRequest): Reply {
    const instead = this.instead.shift();
    return instead ? instead(push) : json(this.answer(push));
  }

  answer(push: PushRequest): Record<string, unknown> {
    const results = push.ops.map((op) => {
      const known = this.stored.has(op.id);
      this.stored.set(op.id, op);
      const why = this.revoked ? "revoked" : this.quarantine(op);
      const status = why ? "quarantined" : known ? "duplicate" : "applied";
      const seq = [...this.stored.keys()].indexOf(op.id) + 1;
      return { id: op.id, hash: op.hash, status, seq, received_at: NOW, why };
    });
    const head = { seq: this.stored.size, chain: `sha256:${this.stored.size}` };
    const frame = { nonce: push.nonce, epoch: this.epoch, server_time: NOW, durable_seq: null };
    const want_blobs = this.lacking(push.ops.map(({ id }) => id));
    return { ...frame, results, head, gaps: [], want_blobs, fork: false, ...this.extra };
  }
}

async function plain(init: RequestInit): Promise<string> {
  if (typeof init.body === "string") return init.body;
  const unzipped = new Blob([init.body as ArrayBuffer]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(unzipped).text();
}
