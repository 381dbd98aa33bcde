// @vitest-environment node
import { afterEach, describe, expect, expectTypeOf, it, vi } from "vitest";
import { number, object } from "../parse";
import { ApiError, api } from ".";
import type { components } from "./schema.gen";
import { type HelloAnswer, type PullAnswer, type PushAnswer, pushAnswer } from "./wire";

type Schemas = components["schemas"];

afterEach(() => vi.unstubAllGlobals());

const answering = (response: () => Response | Promise<Response>) => vi.stubGlobal("fetch", vi.fn(response));
const asked = object({ n: number });
const problem = (status: number, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify({ type: "/problems/sign-in", title: "Nej", status }), {
    status,
    headers: { "Content-Type": "application/problem+json", ...headers },
  });

describe("the wire", () => {
  it("reads members that the server's own description has", () => {
    expectTypeOf<keyof PushAnswer>().toExtend<keyof Schemas["PushOut"]>();
    expectTypeOf<keyof PullAnswer>().toExtend<keyof Schemas["PullOut"]>();
    expectTypeOf<keyof HelloAnswer>().toExtend<keyof Schemas["Hello"]>();
    expectTypeOf<Schemas["PushOut"]["gaps"]>().toExtend<PushAnswer["gaps"]>();
  });

  it("lets one unreadable result be as if it were not there", () => {
    const good = { id: "a", hash: "h", status: "applied", seq: 1, received_at: "t", why: null };
    const answer = { nonce: "n", epoch: "e", server_time: "t", durable_seq: null, head: null };
    const parsed = pushAnswer({
      ...answer,
      results: [good, { ...good, id: null }, { ...good, status: "new" }],
    });
    expect(parsed.results).toEqual([good]);
    expect([parsed.gaps, parsed.fork]).toEqual([[], false]);
  });
});

describe("api", () => {
  it("tells a portal's page from an answer", async () => {
    answering(() => new Response("<h1>Wi-Fi</h1>", { headers: { "Content-Type": "text/html" } }));
    await expect(api.get("/x", asked)).rejects.toMatchObject({ kind: "not-lykta" });
    answering(() => Response.json({ other: true }));
    await expect(api.get("/x", asked)).rejects.toMatchObject({ kind: "not-lykta" });
  });

  it("carries the problem, its code and how long to wait", async () => {
    answering(() => problem(429, { "Retry-After": "7" }));
    const error = await api.post("/x", {}, asked).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({ kind: "problem", status: 429, retryAfter_s: 7, code: "sign-in" });
  });

  it("gives up after its time, and says so", async () => {
    vi.stubGlobal(
      "fetch",
      (_: string, { signal }: RequestInit) =>
        new Promise((_resolve, reject) =>
          signal?.addEventListener("abort", () => reject(new Error("aborted"))),
        ),
    );
    await expect(api.get("/x", asked, { timeoutMs: 20 })).rejects.toMatchObject({ kind: "timeout" });
  });

  it("reports how much of a file has come", async () => {
    answering(
      () => new Response(new Uint8Array(1000), { headers: { "Content-Type": "application/octet-stream" } }),
    );
    const heard: number[] = [];
    const bytes = await api.bytes("/maps/m", (got_bytes) => heard.push(got_bytes));
    expect([bytes.byteLength, heard.at(-1)]).toEqual([1000, 1000]);
  });
});
