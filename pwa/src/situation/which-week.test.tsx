import { cleanup, render, screen } from "@testing-library/preact";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import Desk from "../review/Desk";
import { deskServer } from "../review/desk-server";
import { me } from "../store/state";
import { setLanguage } from "../text";
import { go } from "../ui";
import { now_ms } from "../ui/now";
import { weekToMeetOn } from "./rules";

/** Stockholm's clock in a winter. */
const clock = (date: string, time: string) => Date.parse(`${date}T${time}:00+01:00`);

beforeEach(() => {
  me.value = { id: "bo", username: "bo", name: "Bo", role: "supervisor" };
  deskServer({});
});
afterEach(async () => {
  cleanup();
  vi.unstubAllGlobals();
  await setLanguage("sv");
});

async function titleAt(at_ms: number, hash = "#/vecka") {
  now_ms.value = at_ms;
  go(hash);
  render(<Desk />);
  return (await screen.findByRole("heading", { level: 1, name: /^Vecka/ })).textContent;
}

const toThisWeek = () => screen.queryByRole("link", { name: "Den här veckan" })?.getAttribute("href") ?? null;

it.each([
  ["2026-11-22", "2026-W47"],
  ["2026-11-23", "2026-W47"],
  ["2026-11-24", "2026-W48"],
  ["2027-01-04", "2026-W53"],
  ["2027-01-05", "2027-W01"],
])("is met about on %s: %s", (date, week) => {
  expect(weekToMeetOn(date)).toBe(week);
});

it.each([
  ["Sunday, before midnight", "2026-11-22", "23:59", "Vecka 47, 2026", null],
  ["Sunday's night, past midnight", "2026-11-23", "00:30", "Vecka 47, 2026", null],
  ["Monday, when the week has just begun", "2026-11-23", "06:00", "Vecka 47, 2026", "#/vecka/2026-W48"],
  ["Monday afternoon", "2026-11-23", "14:00", "Vecka 47, 2026", "#/vecka/2026-W48"],
  ["Monday, before midnight", "2026-11-23", "23:59", "Vecka 47, 2026", "#/vecka/2026-W48"],
  ["Tuesday", "2026-11-24", "09:00", "Vecka 48, 2026", null],
  ["the Monday after week 53", "2027-01-04", "14:00", "Vecka 53, 2026", "#/vecka/2027-W01"],
  ["the Tuesday of week 1", "2027-01-05", "14:00", "Vecka 1, 2027", null],
])("opens on %s with the week to look back at", async (_, date, time, title, now) => {
  expect(await titleAt(clock(date, time))).toBe(title);
  expect(toThisWeek()).toBe(now);
});

it("shows on a Monday the week that was asked for", async () => {
  expect(await titleAt(clock("2026-11-23", "14:00"), "#/vecka/2026-W48")).toBe("Vecka 48, 2026");
  expect(toThisWeek()).toBeNull();
});
