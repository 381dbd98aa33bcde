// @vitest-environment node
import { describe, expect, it } from "vitest";
import { countdown, dueAt, usualPromise } from "./rules";

const at = (time: string) => `2026-11-20T${time}:00.000Z`;

describe("countdown", () => {
  it("counts whole minutes down to the promise", () => {
    const left = countdown(at("20:00"), at("20:30"), Date.parse(at("20:12")));
    expect(left).toEqual({ minutes: 18, isOverdue: false, left: 0.6 });
  });

  it("counts lateness, and never below an empty bar", () => {
    const late = countdown(at("20:00"), at("20:30"), Date.parse(at("20:34")));
    expect(late).toEqual({ minutes: 4, isOverdue: true, left: 0 });
  });

  it("crosses midnight like any other hour", () => {
    const over = countdown(
      "2026-11-20T22:50:00Z",
      "2026-11-20T23:20:00Z",
      Date.parse("2026-11-20T23:05:00Z"),
    );
    expect(over.minutes).toBe(15);
  });
});

describe("the usual promise", () => {
  it("is 30 minutes until the host has chosen", () => {
    expect(usualPromise(undefined)).toBe(30);
    expect(usualPromise({ statedAt: at("20:00"), nextDue: null })).toBe(30);
  });

  it("is the one last chosen", () => {
    expect(usualPromise({ statedAt: at("20:00"), nextDue: at("20:45") })).toBe(45);
  });
});

it("a promise is an instant", () => {
  expect(dueAt(Date.parse(at("20:00")), 15)).toBe(at("20:15"));
});
