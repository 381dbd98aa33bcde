import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { held, hold } from "../checkin/undo";
import { alva, freshPhone } from "../outbox/testing";
import { readAllOps } from "../store/ops";
import { me, unsentCount } from "../store/state";
import { acceptInvitation, phoneLabel, signIn, signOut } from "./session";

vi.mock("../device/position", () => ({ currentPosition: async () => null }));
vi.mock("../sync", () => ({ syncNow: async () => {}, sendHello: async () => {} }));

const answer = (status: number, body: object, headers: Record<string, string> = {}) =>
  vi.spyOn(globalThis, "fetch").mockResolvedValue(
    new Response(status === 204 ? null : JSON.stringify(body), {
      status,
      headers: { "Content-Type": "application/json", ...headers },
    }),
  );
const problem = (code: string, status: number) => ({ type: `/problems/${code}`, title: code, status });

beforeEach(async () => {
  await freshPhone();
  me.value = null;
});
afterEach(() => vi.restoreAllMocks());

describe("signing in", () => {
  it("remembers who it is on this phone, and names the install", async () => {
    const fetched = answer(201, {
      user: { id: "u-bo", username: "bo", name: "Bo Ek", role: "supervisor" },
      device: { id: "d-1" },
    });
    expect(await signIn(" bo ", "hemligt ord här")).toEqual({ why: "ok" });
    expect(me.value?.name).toBe("Bo Ek");
    expect(String(fetched.mock.calls[0]?.[1]?.body)).toMatch(/"username":"bo".*"install":"[0-9a-f-]{36}"/);
  });

  it("says which of the things that happen to newcomers it was", async () => {
    answer(401, problem("sign-in", 401));
    expect(await signIn("bo", "fel")).toEqual({ why: "wrong" });
    answer(429, problem("slow-down", 429), { "Retry-After": "17" });
    expect(await signIn("bo", "fel")).toEqual({ why: "slowed", retry_s: 17 });
    answer(503, problem("busy", 503));
    expect(await signIn("bo", "fel")).toEqual({ why: "server" });
    vi.spyOn(globalThis, "fetch").mockRejectedValue(new TypeError("failed"));
    expect(await signIn("bo", "fel")).toEqual({ why: "offline" });
    vi.spyOn(globalThis, "fetch").mockResolvedValue(new Response("<html>Logga in på nätet</html>"));
    expect(await signIn("bo", "fel")).toEqual({ why: "not-lykta" });
    expect(me.value).toBeNull();
  });
});

it("signing out without network forgets the person and keeps what is unsent", async () => {
  await freshPhone();
  unsentCount.value = 0;
  const fetched = vi.spyOn(globalThis, "fetch").mockRejectedValue(new TypeError("failed"));
  await signOut();
  expect(me.value).toBeNull();
  await vi.waitFor(() => expect(fetched).toHaveBeenCalledOnce());
});

describe("whoever leaves", () => {
  /** A server that does not answer a sign-out, and takes everybody in. */
  function slow() {
    const left: (AbortSignal | null | undefined)[] = [];
    const user = { id: "u-bo", username: "bo", name: "Bo Ek", role: "supervisor" };
    vi.spyOn(globalThis, "fetch").mockImplementation((_url, init) => {
      const headers = { "Content-Type": "application/json" };
      if (init?.method !== "DELETE")
        return Promise.resolve(
          new Response(JSON.stringify({ user, device: null }), { status: 201, headers }),
        );
      left.push(init.signal);
      return new Promise((_, reject) => init.signal?.addEventListener("abort", reject));
    });
    return left;
  }

  it("is forgotten at once, also while the server does not answer", async () => {
    const left = slow();
    await signOut();
    expect(me.value).toBeNull();
    await vi.waitFor(() => expect(left).toHaveLength(1));
  });

  it("takes nobody along who signs in before the server has answered", async () => {
    const left = slow();
    await signOut();
    await vi.waitFor(() => expect(left).toHaveLength(1));
    await signOut();
    await vi.waitFor(() => expect(left).toHaveLength(2));
    expect(await signIn("bo", "hemligt ord här")).toEqual({ why: "ok" });
    expect(left.map((signal) => signal?.aborted)).toEqual([true, true]);
    expect(me.value?.name).toBe("Bo Ek");
  });

  it("does not end a session that began before the server was told", async () => {
    const left = slow();
    let tell = () => {};
    vi.doMock("./notify/subscription", () => ({
      leave: () => new Promise<void>((resolve) => (tell = resolve)),
    }));
    await signOut();
    await signIn("bo", "hemligt ord här");
    tell();
    await new Promise((resolve) => setTimeout(resolve));
    expect(left.filter((signal) => !signal?.aborted)).toEqual([]);
    vi.doUnmock("./notify/subscription");
  });

  it("has said that all is well, where that was tapped a moment before", async () => {
    const left = slow();
    me.value = alva;
    hold({ kind: "ok", place_id: null, note: null, next_due: null }, null);
    await signOut();
    expect((await readAllOps()).map(({ type, author }) => [type, author])).toEqual([
      ["checkin.create", alva.id],
    ]);
    expect(held.value).toBeNull();
    await vi.waitFor(() => expect(left).toHaveLength(1));
  });
});

describe("a one-time link", () => {
  it("sets a password of enough characters", async () => {
    expect(await acceptInvitation("c", "kort")).toEqual({ why: "short" });
    answer(204, {});
    expect(await acceptInvitation("c", "tre ord efter")).toEqual({ why: "ok" });
  });

  it("works once", async () => {
    answer(410, problem("invitation", 410));
    expect(await acceptInvitation("c", "tre ord efter")).toEqual({ why: "used" });
  });
});

it("a phone is named so that a person can tell it from another", () => {
  expect(
    phoneLabel("Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/156.0 Mobile Safari/537.36"),
  ).toBe("Android · Chrome");
  expect(phoneLabel("Mozilla/5.0 (iPhone; CPU iPhone OS 19_0) AppleWebKit/605 Version/19.0 Safari/604")).toBe(
    "iPhone · Safari",
  );
});
