import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { tone } from "../device/attention";
import { alva, setStage, startOfShift } from "../shell/testing/cast";
import { ownOps, settings } from "../store/state";
import { now_ms } from "../ui/now";
import { startReminders } from "./remind";

/** As the app has it before anything was saved. */
const opened = settings.value;
const MINUTE_MS = 60_000;
const beeps = vi.fn();
let end = () => {};

class FakeAudio {
  currentTime = 0;
  destination = {};
  resume = async () => {};
  createGain = () => ({
    gain: { setValueAtTime: () => {}, linearRampToValueAtTime: () => {} },
    connect: () => {},
  });
  createOscillator = () => ({
    frequency: { value: 0 },
    connect: (to: unknown) => to,
    start: beeps,
    stop: () => {},
  });
}

beforeEach(() => {
  setStage();
  beeps.mockClear();
  vi.stubGlobal("AudioContext", FakeAudio);
  ownOps.value = [
    startOfShift(),
    {
      ...startOfShift(),
      id: "k-1",
      seq: 2,
      type: "checkin.create",
      author: alva.id,
      wall: new Date(now_ms.value).toISOString(),
      data: {
        kind: "ok",
        place_id: null,
        note: null,
        next_due: new Date(now_ms.value + 10 * MINUTE_MS).toISOString(),
      },
    },
  ];
});
afterEach(() => {
  end();
  vi.unstubAllGlobals();
});

/** The beeps so far, after so many minutes with the app open. */
async function beepsAfter(...minutes: number[]): Promise<number> {
  const from_ms = now_ms.value;
  end = startReminders();
  for (const minute of minutes) now_ms.value = from_ms + minute * MINUTE_MS;
  await new Promise((resolve) => setTimeout(resolve));
  return beeps.mock.calls.length;
}

describe("the tone of a check-in that is due", () => {
  it("is not heard by who never asked for it", async () => {
    expect(settings.value.sound).toBe(false);
    expect(await beepsAfter(9, 10.1)).toBe(0);
  });

  it("is heard once by who asked for it, when it is due and not before", async () => {
    settings.value = { ...settings.value, sound: true };
    expect(await beepsAfter(9)).toBe(0);
    end();
    expect(await beepsAfter(1.1, 1.2, 2)).toBe(2);
  });

  it("stays away from a promise missed long ago", async () => {
    settings.value = { ...settings.value, sound: true };
    expect(await beepsAfter(45)).toBe(0);
  });
});

it("is off until somebody turns it on", () => {
  expect(opened.sound).toBe(false);
});

it("does not come late and all at once, when a page that was never touched is touched", async () => {
  let touch = () => {};
  const touched = new Promise<void>((resolve) => {
    touch = resolve;
  });
  class Quiet extends FakeAudio {
    override resume = () => touched;
  }
  vi.resetModules();
  vi.stubGlobal("AudioContext", Quiet);
  const anew = await import("../device/attention");
  const asked = [anew.tone(), anew.tone()];
  const now = vi.spyOn(performance, "now").mockReturnValue(performance.now() + 60_000);
  touch();
  await Promise.all(asked);
  expect(beeps).not.toHaveBeenCalled();
  await anew.tone(1);
  expect(beeps).toHaveBeenCalledOnce();
  now.mockRestore();
});

it("keeps quiet where the phone has no sound, and says nothing of it", async () => {
  vi.stubGlobal("AudioContext", undefined);
  await expect(tone()).resolves.toBeUndefined();
});
