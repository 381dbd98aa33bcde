import { beforeEach, describe, expect, it, vi } from "vitest";
import { clockStatement, compareClock } from "../store/clock";
import { readAllOps } from "../store/ops";
import { add, newId } from ".";
import { stepBetween, watchClock } from "./clock";
import { continueAfter } from "./ids";
import { currentShift } from "./shift";
import { aCheckin, alva, freshPhone } from "./testing";

beforeEach(freshPhone);

const HOUR_MS = 3_600_000;
const startShift = (id = newId()) =>
  add({
    id,
    type: "shift.start",
    shift: id,
    position: null,
    data: { hosts: [alva.id], area_id: null, transport: null, planned_end: null, alone_reason: "sjuk" },
  });

describe("the phone's clock", () => {
  it("counts as stepped beyond two minutes, either way", () => {
    const at = (wall_ms: number, mono_ms: number) => ({ wall_ms, mono_ms });
    expect(stepBetween(at(0, 0), at(130_000, 20_000))).toBeNull();
    expect(stepBetween(at(0, 0), at(150_000, 20_000))).toEqual({ wall: 150_000, mono: 20_000 });
    expect(stepBetween(at(0, 0), at(-3 * HOUR_MS, 20_000))).toEqual({ wall: -3 * HOUR_MS, mono: 20_000 });
  });

  it.each([
    [true, 1],
    [false, 0],
  ])("a step is stated in an open shift (%s) and only there", async (isOpen, count) => {
    if (isOpen) await startShift();
    const end = watchClock();
    const real = Date.now();
    vi.spyOn(Date, "now").mockReturnValue(real - 3 * HOUR_MS);
    document.dispatchEvent(new Event("visibilitychange"));
    const steps = async () => (await readAllOps()).filter(({ type }) => type === "clock.step");
    await vi.waitFor(async () => expect(await steps()).toHaveLength(count));
    end();
    vi.restoreAllMocks();
    for (const step of await steps())
      expect(JSON.parse(step.body).data.wall_delta_ms).toBeLessThan(-2.9 * HOUR_MS);
  });
});

describe("what is known of the phone's clock", () => {
  it("is not said once it was set back, and is again when it was compared", async () => {
    await compareClock({ offset_ms: 40, rtt_ms: 80 });
    expect(clockStatement()).toMatchObject({ offset_ms: 40 });
    const real = Date.now();
    vi.spyOn(Date, "now").mockReturnValue(real - 3 * HOUR_MS);
    expect(clockStatement()).toBeNull();
    await compareClock({ offset_ms: 3 * HOUR_MS, rtt_ms: 80 });
    expect(clockStatement()).toMatchObject({ offset_ms: 3 * HOUR_MS });
    vi.restoreAllMocks();
  });

  it("holds over a sleep, with its age by the wall", async () => {
    await compareClock({ offset_ms: 40, rtt_ms: 80 });
    vi.spyOn(Date, "now").mockReturnValue(Date.now() + 6 * HOUR_MS);
    const told = clockStatement();
    expect(told).toMatchObject({ offset_ms: 40 });
    expect(told?.age_ms).toBeGreaterThan(5.9 * HOUR_MS);
    vi.restoreAllMocks();
  });
});

describe("the current shift", () => {
  it("is the one last entered and not left", async () => {
    const started = await startShift();
    const other = await add({
      id: newId(),
      type: "checkin.create",
      shift: "x",
      position: null,
      data: aCheckin(),
    });
    expect(currentShift([started, other], new Map(), alva.id)).toBe(started.id);
    expect(currentShift([started, other], new Map(), "u-cim")).toBeNull();
    const ended = await add({
      id: newId(),
      type: "shift.end",
      shift: started.id,
      position: null,
      data: { ops: 0, summary: null, handover: null },
    });
    expect(currentShift([started, other, ended], new Map(), alva.id)).toBeNull();
  });
});

describe("new ids", () => {
  const UUID7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

  it("are UUIDv7 and rise, also while the clock stands still or goes back", () => {
    const now = vi.spyOn(Date, "now").mockReturnValue(1_800_000_000_000);
    const ids = Array.from({ length: 5_000 }, () => newId());
    now.mockReturnValue(1_800_000_000_000 - 3 * HOUR_MS);
    ids.push(newId(), newId());
    for (const id of ids) expect(id).toMatch(UUID7);
    expect([...ids].sort()).toEqual(ids);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("go on after those of an earlier page life", () => {
    vi.spyOn(Date, "now").mockReturnValue(1_800_000_000_000);
    const ahead = "01a31a5c-5000-7005-8000-000000000000";
    continueAfter(ahead);
    vi.spyOn(Date, "now").mockReturnValue(0x01a31a5c5000);
    expect(newId() > ahead).toBe(true);
  });
});
