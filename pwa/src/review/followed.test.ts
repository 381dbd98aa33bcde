import { describe, expect, it, vi } from "vitest";
import { followed, NAMED_MAX } from "./followed";
import type { Change } from "./types";

const { signal } = new AbortController();
const change = (...shifts: string[]): Change => ({ seq: 1, shifts, kinds: ["checkin"] });
const world = () => {
  const all = vi.fn(async () => ["a", "b"]);
  const some = vi.fn(async (known: string[], named: string[]) => [...known, ...named]);
  return { all, some, it: followed({ all, some }) };
};

describe("what is followed", () => {
  it("is asked for whole at first, then by the shifts that changes name", async () => {
    const { all, some, it } = world();
    expect(await it.question(signal)).toEqual(["a", "b"]);
    it.concerns(change("c"));
    it.concerns(change("d", "c"));
    expect(await it.question(signal)).toEqual(["a", "b", "c", "d"]);
    expect(all).toHaveBeenCalledOnce();
    expect(some).toHaveBeenCalledWith(["a", "b"], ["c", "d"], signal);
  });

  it.each([
    ["changes may have been missed", (it: ReturnType<typeof world>["it"]) => it.missed()],
    ["a change names no shift", (it: ReturnType<typeof world>["it"]) => void it.concerns(change())],
    [
      "too many are named",
      (it: ReturnType<typeof world>["it"]) =>
        void it.concerns(change(...Array.from({ length: NAMED_MAX + 1 }, (_, n) => String(n)))),
    ],
  ])("is asked for whole when %s", async (_why, happens) => {
    const { all, some, it } = world();
    await it.question(signal);
    happens(it);
    await it.question(signal);
    expect(all).toHaveBeenCalledTimes(2);
    expect(some).not.toHaveBeenCalled();
  });

  it("is asked for whole after an answer that did not come: what was named is not known", async () => {
    const { all, some, it } = world();
    await it.question(signal);
    it.concerns(change("c"));
    some.mockRejectedValueOnce(new Error("offline"));
    await expect(it.question(signal)).rejects.toThrow("offline");
    await it.question(signal);
    expect(all).toHaveBeenCalledTimes(2);
  });

  it("forgets nothing that is named while an answer is on its way", async () => {
    const { all, some, it } = world();
    await it.question(signal);
    it.concerns(change("c"));
    const asked = it.question(signal);
    it.concerns(change("d"));
    await asked;
    await it.question(signal);
    expect(some).toHaveBeenLastCalledWith(["a", "b", "c"], ["d"], signal);
    it.missed();
    const again = it.question(signal);
    it.missed();
    await again;
    await it.question(signal);
    expect(all).toHaveBeenCalledTimes(3);
  });
});
