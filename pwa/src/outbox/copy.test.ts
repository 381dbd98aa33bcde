import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { handOver } from "../device/share";
import { newRow, type SealedOp } from "../store/rows";
import { add, newId } from ".";
import { copyText, makeCopy } from "./copy";
import { aCheckin, freshPhone } from "./testing";

const made = { at: "2026-11-20T21:00:00.000Z", build: "0.1.0" };
const sealed: fc.Arbitrary<SealedOp> = fc.record({
  id: fc.uuid(),
  type: fc.constantFrom("checkin.create", "something.newer"),
  v: fc.constant(1),
  author: fc.uuid(),
  shift: fc.option(fc.uuid()),
  hash: fc.string(),
  body: fc.string({ unit: "grapheme" }),
});

describe("a copy of everything on the phone", () => {
  it("holds each op once, its sealed text unchanged, and their number", () => {
    fc.assert(
      fc.property(fc.uniqueArray(sealed, { selector: ({ id }) => id }), fc.nat(), (ops, n) => {
        const stored = ops.slice(0, n % (ops.length + 1));
        const rows = stored.map((op, i) => newRow(op, { install: "i1", seq: i + 1 }));
        const read = JSON.parse(copyText(rows, ops, made));
        expect([read.format, read.v, read.count]).toEqual(["lykta-ops", 1, ops.length]);
        expect(read.ops.map(({ id, body, hash }: SealedOp) => [id, body, hash])).toEqual(
          ops.map(({ id, body, hash }) => [id, body, hash]),
        );
        expect(read.ops.map(({ seq }: { seq: number | null }) => seq)).toEqual(
          ops.map((_, i) => (i < stored.length ? i + 1 : null)),
        );
      }),
    );
  });

  it("is made from the phone's store", async () => {
    await freshPhone();
    const op = await add({
      id: newId(),
      type: "checkin.create",
      shift: "s1",
      position: null,
      data: aCheckin("Å"),
    });
    const file = await makeCopy(new Date("2026-11-20T21:00:00.000Z"));
    expect(file.name).toBe("lykta-2026-11-20-21-00-00.json");
    expect(JSON.parse(await file.text())).toMatchObject({
      count: 1,
      ops: [{ id: op.id, hash: op.hash, seq: 1 }],
    });
  });
});

describe("handing it over", () => {
  const file = new File(["{}"], "lykta.json");
  const phoneWith = (share: () => Promise<void>) =>
    vi.stubGlobal("navigator", { canShare: () => true, share: vi.fn(share) });

  it("shares where the phone can, and respects a no", async () => {
    phoneWith(async () => {});
    expect(await handOver(file)).toBe("shared");
    phoneWith(() => Promise.reject(new DOMException("", "AbortError")));
    expect(await handOver(file)).toBe("left");
    vi.unstubAllGlobals();
  });

  it("downloads where it cannot, or where sharing is refused after all", async () => {
    const click = vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(() => {});
    phoneWith(() => Promise.reject(new DOMException("", "NotAllowedError")));
    expect(await handOver(file)).toBe("saved");
    vi.stubGlobal("navigator", {});
    expect(await handOver(file)).toBe("saved");
    expect(click).toHaveBeenCalledTimes(2);
    vi.unstubAllGlobals();
  });
});
