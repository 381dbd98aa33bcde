import { expect, it } from "vitest";
import { addDays, addMonths, isMonth, weekday, weekNumber, weeksOf } from "./rules";

it("knows the weeks that a month touches", () => {
  const weeks = weeksOf("2026-11");
  expect(weeks.map((week) => week[0])).toEqual([
    "2026-10-26",
    "2026-11-02",
    "2026-11-09",
    "2026-11-16",
    "2026-11-23",
    "2026-11-30",
  ]);
  expect(weeks[5]?.[6]).toBe("2026-12-06");
  expect(weeksOf("2027-02")).toHaveLength(4);
});

it("counts weeks as ISO 8601 does", () => {
  expect(weekNumber("2026-11-16")).toBe(47);
  expect(weekNumber("2026-12-28")).toBe(53);
  expect(weekNumber("2027-01-04")).toBe(1);
});

it("steps over the ends of months and years, and over nights when clocks are set", () => {
  expect(addMonths("2026-12", 1)).toBe("2027-01");
  expect(addMonths("2026-01", -1)).toBe("2025-12");
  expect(addDays("2026-10-25", 1)).toBe("2026-10-26");
  expect(weekday("2026-11-22")).toBe(6);
});

it("takes no other word for a month", () => {
  expect(["2026-11", "2026-13", "x", null].map(isMonth)).toEqual([true, false, false, false]);
});
