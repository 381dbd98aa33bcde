import { beforeEach, expect, it } from "vitest";
import { freshPhone } from "../outbox/testing";
import { dropRead } from "./aged";
import { applyPage, readCursor, readRecords } from "./cache";
import { idAt } from "./idtime";

beforeEach(freshPhone);

const DAY_MS = 86_400_000;
const NOW = Date.parse("2026-11-20T20:00:00.000Z");
const ago = (days: number) => NOW - days * DAY_MS;
const id = (days: number) => `${idAt(ago(days))}-7000-8000-000000000000`;
const row = (kind: string, days: number, value: object = {}) => ({
  kind,
  id: id(days),
  deleted: false,
  value: { id: id(days), ...value },
});
const left = async () => (await readRecords()).map((one) => `${one.kind} ${one.id}`).sort();

it("drops what was read of shifts two months ago, and keeps what a host needs to write anything", async () => {
  const old = ["shift", "checkin", "observation", "escalation", "photo", "alert"].map((kind) =>
    row(kind, 61),
  );
  const kept = [row("observation", 59), row("place", 900), row("user", 900), row("question", 61)];
  await applyPage(null, [...old, ...kept], "c1");
  await dropRead(new Date(NOW).toISOString());
  expect(await left()).toEqual(kept.map((one) => `${one.kind} ${one.id}`).sort());
  expect(await readCursor()).toBe("c1");
});

it("keeps what was planned half a year ago and is still to come", async () => {
  const at = (days: number) => new Date(ago(days)).toISOString();
  const coming = [row("plan", 180, { ends_at: at(-3) }), row("briefing", 90, { valid_to: at(59) })];
  const over = [row("plan", 181, { ends_at: at(61) }), row("briefing", 91, { valid_to: at(61) })];
  await applyPage(null, [...coming, ...over], "c1");
  await dropRead(new Date(NOW).toISOString());
  expect(await left()).toEqual(coming.map((one) => `${one.kind} ${one.id}`).sort());
});
