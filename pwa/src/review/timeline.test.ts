// @vitest-environment node
import { describe, expect, it } from "vitest";
import { aComment, anAlarm, anEnd, anObservation, at } from "./factory";
import { clockWrong, gaps, inOrder, lateAt, timeline } from "./timeline";

const o = anObservation;

describe("the order of a shift", () => {
  it("is the order that the hosts state, whatever order things came in", () => {
    const entries = [
      o({ id: "c", stated: "20:30", seq: 3 }),
      o({ id: "a", stated: "20:10", received: "21:00", seq: 9 }),
      o({ id: "b", stated: "20:20", seq: 2 }),
    ];
    expect(inOrder(entries).map(({ id }) => id)).toEqual(["a", "b", "c"]);
  });

  it("is the journal's order where the stated time is the same", () => {
    const entries = [o({ id: "b", stated: "20:10", seq: 7 }), o({ id: "a", stated: "20:10", seq: 4 })];
    expect(inOrder(entries).map(({ id }) => id)).toEqual(["a", "b"]);
  });

  it("tells when an entry came only if that was more than two minutes later", () => {
    expect(lateAt(o({ id: "a", stated: "21:40", received: "21:42" }))).toBeNull();
    expect(lateAt(o({ id: "a", stated: "21:40", received: "22:06" }))).toBe(at("22:06"));
  });

  it("tells that a phone's clock was wrong only if it was notably so", () => {
    expect(clockWrong(o({ id: "a", stated: "21:40" }))).toBeNull();
    expect(clockWrong(o({ id: "a", stated: "21:40", estimated: "21:41" }))).toBeNull();
    expect(clockWrong(o({ id: "a", stated: "21:40", estimated: "20:40" }))).toBe(at("20:40"));
  });

  it("does not call a clock wrong for what the estimate itself may be off", () => {
    const apart = { id: "a", stated: "21:40", estimated: "21:45" };
    expect(clockWrong(o({ ...apart, within_ms: 179_999 }))).toBe(at("21:45"));
    expect(clockWrong(o({ ...apart, within_ms: 180_000 }))).toBeNull();
  });
});

describe("the gaps of a shift", () => {
  it("are not drawn for thirty minutes or less", () => {
    expect(gaps([o({ id: "a", stated: "20:00" }), o({ id: "b", stated: "20:30" })], null)).toEqual([]);
  });

  it("are quiet where nothing was written", () => {
    const found = gaps([o({ id: "a", stated: "20:00" }), o({ id: "b", stated: "20:31" })], null);
    expect(found).toMatchObject([{ why: "quiet", from: at("20:00"), to: at("20:31"), late: 0 }]);
  });

  it("are without contact where things were written and came afterwards, and say how many", () => {
    const found = gaps(
      [
        o({ id: "a", stated: "21:10" }),
        o({ id: "b", stated: "21:40", received: "22:05" }),
        o({ id: "c", stated: "21:45", received: "22:05" }),
        o({ id: "d", stated: "22:06" }),
      ],
      null,
    );
    expect(found).toMatchObject([{ why: "offline", from: at("21:10"), to: at("22:05"), late: 2 }]);
  });

  it("draw one gap, not two, when a silence lies within a stretch without contact", () => {
    const found = gaps(
      [
        o({ id: "a", stated: "20:00" }),
        o({ id: "b", stated: "20:50", received: "21:30" }),
        o({ id: "c", stated: "21:30" }),
      ],
      null,
    );
    expect(found.map(({ why }) => why)).toEqual(["offline"]);
  });

  it("go on until now while a shift is open, and end with it", () => {
    const entries = [o({ id: "a", stated: "20:00" })];
    expect(gaps(entries, Date.parse(at("20:45")))).toMatchObject([{ from: at("20:00"), to: null }]);
    expect(gaps(entries, Date.parse(at("20:20")))).toEqual([]);
    expect(gaps([...entries, anEnd({ id: "z", stated: "20:10" })], null)).toEqual([]);
  });

  it("are not ended by what is written at a desk", () => {
    const entries = [o({ id: "a", stated: "20:00" }), aComment({ id: "k", stated: "20:20" })];
    const both = [...entries, o({ id: "b", stated: "20:40" })];
    expect(gaps(both, null)).toMatchObject([{ from: at("20:00"), to: at("20:40") }]);
  });

  it("are ended by a call for help, and not by the server's alarm of a check-in that never came", () => {
    const between = (alarm: ReturnType<typeof anAlarm>) =>
      gaps([o({ id: "a", stated: "20:00" }), alarm, o({ id: "b", stated: "20:40" })], null).length;
    expect(between(anAlarm({ id: "x", stated: "20:20" }))).toBe(0);
    expect(between(anAlarm({ id: "x", stated: "20:20" }, { kind: "overdue", author_id: null }))).toBe(1);
  });

  it("of a shift without entries are none", () => {
    expect(timeline([], Date.parse(at("20:00")))).toEqual([]);
  });
});

it("puts each gap after the last entry stated before it began", () => {
  const lines = timeline(
    [
      o({ id: "d", stated: "22:06" }),
      o({ id: "b", stated: "21:40", received: "22:05" }),
      o({ id: "a", stated: "21:10" }),
    ],
    Date.parse(at("23:00")),
  );
  expect(lines.map((line) => (line.line === "gap" ? `gap ${line.why}` : line.entry.id))).toEqual([
    "a",
    "gap offline",
    "b",
    "d",
    "gap quiet",
  ]);
});
