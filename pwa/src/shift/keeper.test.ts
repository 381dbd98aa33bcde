import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { emptyOutbox, saveDraft } from "../shell/testing/outbox";
import type { Draft } from "../store/types";
import { Keeper } from "./keeper";

vi.mock("../outbox", () => import("../shell/testing/outbox"));

const draft = (words: string): Draft => ({
  id: "d-1",
  form: "observation",
  author: "u-alva",
  shift: null,
  at: "2026-11-20T19:14:00.000Z",
  updatedAt: "2026-11-20T19:14:00.000Z",
  fields: { words },
});

beforeEach(() => {
  vi.useFakeTimers();
  emptyOutbox();
});
afterEach(() => vi.useRealTimers());

describe("keeping a form", () => {
  it("writes the last words within 250 ms of the first", async () => {
    const keeper = new Keeper(() => {});
    for (const words of ["k", "kl", "klo"]) keeper.keep(draft(words));
    await vi.advanceTimersByTimeAsync(250);
    expect(saveDraft).toHaveBeenCalledOnce();
    expect(saveDraft).toHaveBeenCalledWith(draft("klo"));
  });

  it("writes at once when asked to", async () => {
    const keeper = new Keeper(() => {});
    keeper.keep(draft("klotter"));
    await keeper.flush();
    expect(saveDraft).toHaveBeenCalledOnce();
  });

  it("writes nothing after the form is done, so that no sent draft comes back", async () => {
    const keeper = new Keeper(() => {});
    keeper.keep(draft("klotter"));
    await keeper.done();
    keeper.keep(draft("klotter!"));
    await vi.advanceTimersByTimeAsync(1000);
    expect(saveDraft).not.toHaveBeenCalled();
  });

  it("says when the phone cannot keep it", async () => {
    const outcomes: boolean[] = [];
    const keeper = new Keeper((isKept) => outcomes.push(isKept));
    saveDraft.mockRejectedValueOnce(new Error("full"));
    keeper.keep(draft("a"));
    await keeper.flush();
    keeper.keep(draft("ab"));
    await keeper.flush();
    expect(outcomes).toEqual([false, true]);
  });
});
