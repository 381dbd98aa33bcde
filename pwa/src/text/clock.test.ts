// @vitest-environment node
import { describe, expect, it } from "vitest";
import { eveningOf, firstAfter, instantOf, latestBefore, wallOf, weekdayOf } from "./clock";

const at = (iso: string) => Date.parse(iso);
const iso = (ms: number) => new Date(ms).toISOString();

describe("wall clock in Stockholm", () => {
  it("goes to an instant and back, winter and summer", () => {
    expect(iso(instantOf({ date: "2026-11-20", time: "21:40" }))).toBe("2026-11-20T20:40:00.000Z");
    expect(iso(instantOf({ date: "2026-07-01", time: "21:40" }))).toBe("2026-07-01T19:40:00.000Z");
    expect(wallOf(at("2026-07-01T22:30:00Z"))).toEqual({ date: "2026-07-02", time: "00:30" });
  });

  it("knows the night when the clock is put back", () => {
    expect(iso(instantOf({ date: "2026-10-25", time: "01:30" }))).toBe("2026-10-24T23:30:00.000Z");
    expect(iso(instantOf({ date: "2026-10-25", time: "04:00" }))).toBe("2026-10-25T03:00:00.000Z");
  });

  it("takes a time typed after midnight as yesterday's when it has not come yet", () => {
    const now = at("2026-11-20T23:10:00Z");
    expect(iso(latestBefore("21:40", now))).toBe("2026-11-20T20:40:00.000Z");
    expect(iso(latestBefore("00:05", now))).toBe("2026-11-20T23:05:00.000Z");
  });

  it("takes a planned end at 01:00 as tomorrow's", () => {
    expect(iso(firstAfter("01:00", at("2026-11-20T16:30:00Z")))).toBe("2026-11-21T00:00:00.000Z");
  });

  it("keeps one evening across midnight, and breaks the day at six", () => {
    expect(eveningOf("2026-11-20T16:30:00Z")).toBe("2026-11-20");
    expect(eveningOf("2026-11-21T00:30:00Z")).toBe("2026-11-20");
    expect(eveningOf("2026-11-21T05:30:00Z")).toBe("2026-11-21");
  });

  it("shows nothing for a time that cannot be read, and does not fall over", () => {
    expect(wallOf(at("förr"))).toEqual({ date: "", time: "" });
  });

  it("names the weekday of the place, not of the phone", () => {
    expect(weekdayOf(at("2026-11-20T23:30:00Z"))).toBe(6);
  });
});
