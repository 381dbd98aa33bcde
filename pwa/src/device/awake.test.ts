import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { keepAwake } from "./awake";

class Held {
  release = vi.fn(async () => {});
}
let taken: Held[] = [];
const request = vi.fn(async (_kind: string) => {
  const held = new Held();
  taken.push(held);
  return held;
});
let end = () => {};

const settle = () => new Promise((resolve) => setTimeout(resolve));
async function show(state: "visible" | "hidden"): Promise<void> {
  vi.spyOn(document, "visibilityState", "get").mockReturnValue(state);
  document.dispatchEvent(new Event("visibilitychange"));
  await settle();
}

beforeEach(() => {
  taken = [];
  request.mockClear();
  vi.stubGlobal("navigator", { wakeLock: { request } });
});
afterEach(() => {
  end();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

describe("the screen", () => {
  it("is kept lit, and let go when the card is left", async () => {
    end = keepAwake();
    await settle();
    expect(request.mock.calls).toEqual([["screen"]]);
    expect(taken[0]?.release).not.toHaveBeenCalled();
    end();
    expect(taken[0]?.release).toHaveBeenCalledOnce();
  });

  it("is kept lit anew when the page comes back, and not while it is hidden", async () => {
    end = keepAwake();
    await settle();
    await show("hidden");
    expect(request).toHaveBeenCalledTimes(1);
    await show("visible");
    expect(request).toHaveBeenCalledTimes(2);
    end();
    expect(taken[1]?.release).toHaveBeenCalledOnce();
  });

  it("is left alone once the card was left", async () => {
    end = keepAwake();
    await settle();
    end();
    await show("visible");
    expect(request).toHaveBeenCalledTimes(1);
  });

  it("is let go when the card was left before the phone answered", async () => {
    keepAwake()();
    await settle();
    expect(taken[0]?.release).toHaveBeenCalledOnce();
  });

  it("dims as always where a battery saver refuses, and is asked for again", async () => {
    request.mockRejectedValueOnce(new Error("NotAllowedError"));
    end = keepAwake();
    await settle();
    await show("visible");
    expect(taken).toHaveLength(1);
  });

  it("dims as always where the phone cannot keep it lit", async () => {
    vi.stubGlobal("navigator", {});
    end = keepAwake();
    await show("visible");
    expect(() => end()).not.toThrow();
  });
});
