import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { freshPhone, restart } from "../outbox/testing";
import { type Carried, carried, dropCarried, keepCarried } from "../store/carried";
import { carriedOps } from "../store/state";
import { loadCarried } from "../store/view";
import { watchCarried } from "./carrying";
import { deliver } from "./deliver";
import { syncState } from "./state";

const row = (id: string): Carried => ({
  id,
  ops: 3,
  jwe: `eyJ.${id}`,
  at: `2026-11-20T21:00:0${id}.000Z`,
  state: "waiting",
  why: null,
  told: null,
});
const told = { new: 2, known: 1, quarantined: 0, damaged: 0 };
const problem = (status: number, code: string) =>
  new Response(JSON.stringify({ type: `/problems/${code}`, title: "Nej", status }), {
    status,
    headers: { "Content-Type": "application/problem+json" },
  });
const answering = (answer: () => Response | Promise<Response>) => {
  const fetched = vi.fn((_url: string, _init: RequestInit) => Promise.resolve(answer()));
  vi.stubGlobal("fetch", fetched);
  return fetched;
};
const states = () => carried.value.map(({ id, state, why }) => [id, state, why]);
const calm = syncState.value;

beforeEach(async () => {
  await freshPhone();
  await loadCarried();
});
afterEach(() => {
  vi.unstubAllGlobals();
  syncState.value = calm;
});

describe("what is carried", () => {
  it("is still there after a restart, and counted until it is handed in", async () => {
    await keepCarried(row("1"));
    await restart();
    carried.value = [];
    await loadCarried();
    expect([states(), carriedOps.value]).toEqual([[["1", "waiting", null]], 3]);
  });

  it("goes to the server as it was read, and the server's words are kept", async () => {
    await keepCarried(row("1"));
    const fetched = answering(() => Response.json(told));
    await deliver();
    const [[url, init] = ["", {}]] = fetched.mock.calls;
    expect(url).toBe("/api/v1/sync/import/carried");
    expect(await new Response(init.body).text()).toBe("eyJ.1");
    expect(carried.value[0]).toMatchObject({ state: "delivered", told });
    expect(carriedOps.value).toBe(0);
    await deliver();
    expect(fetched).toHaveBeenCalledOnce();
  });

  it.each([
    ["no network", () => Promise.reject(new TypeError())],
    ["a portal", () => new Response("<h1>Wi-Fi</h1>", { headers: { "Content-Type": "text/html" } })],
    ["a portal that speaks JSON", () => Response.json({ ok: true })],
    ["nobody signed in", () => problem(401, "device")],
    ["a server in trouble", () => problem(503, "busy")],
  ])("waits on where there is %s", async (_what, answer) => {
    await keepCarried(row("1"));
    answering(answer);
    await deliver();
    expect(states()).toEqual([["1", "waiting", null]]);
  });

  it("is kept with the reason where the server will never take it, and holds up no other", async () => {
    await keepCarried(row("1"));
    await keepCarried(row("2"));
    const answers = [problem(422, "copy-origin"), Response.json(told)];
    answering(() => answers.shift() ?? Response.error());
    await deliver();
    expect(states()).toEqual([
      ["1", "refused", "copy-origin"],
      ["2", "delivered", null],
    ]);
    expect(carried.value[0]?.jwe).toBe("eyJ.1");
  });

  it("cannot be taken away before it is handed in", async () => {
    await keepCarried(row("1"));
    await dropCarried("1");
    expect(carried.value).toHaveLength(1);
    answering(() => Response.json(told));
    await deliver();
    await dropCarried("1");
    await loadCarried();
    expect(carried.value).toHaveLength(0);
  });

  it("goes by itself when the server has answered anything, and not before", async () => {
    const fetched = answering(() => Response.json(told));
    const end = watchCarried();
    await keepCarried(row("1"));
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(fetched).not.toHaveBeenCalled();
    syncState.value = { ...calm, lastOkAt: "2026-11-20T21:05:00.000Z" };
    await vi.waitFor(() => expect(states()).toEqual([["1", "delivered", null]]));
    end();
  });

  it("is not handed in again because its answer could not be kept", async () => {
    await keepCarried(row("1"));
    const fetched = answering(() => Response.json(told));
    const put = vi.spyOn(IDBObjectStore.prototype, "put").mockImplementation(() => {
      throw new DOMException("", "QuotaExceededError");
    });
    await expect(deliver()).rejects.toThrow();
    put.mockRestore();
    await deliver();
    expect(fetched).toHaveBeenCalledOnce();
    expect(carried.value[0]).toMatchObject({ state: "delivered", told });
  });

  it("that did not read back is not said to be kept", async () => {
    const { put } = IDBObjectStore.prototype;
    vi.spyOn(IDBObjectStore.prototype, "put").mockImplementation(function (this: IDBObjectStore, value) {
      return put.call(this, { ...value, jwe: "another's" });
    });
    await expect(keepCarried(row("1"))).rejects.toThrow("did not read back");
  });
});
