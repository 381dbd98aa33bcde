/**
 * Notices that the phone's clock was set, or that the phone slept: the wall clock and the page's steady clock
 * went apart. Both readings are stated; which it was is for the server to judge (I15).
 */
import { whileSeen } from "../device/seen";
import { STEP_MS_MIN } from "../store/clock";
import { me, ownOps, records } from "../store/state";
import { add } from "./add";
import { newId } from "./ids";
import { currentShift } from "./shift";

const LOOK_EVERY_MS = 30_000;

export interface Reading {
  wall_ms: number;
  mono_ms: number;
}

export function stepBetween(before: Reading, after: Reading): { wall: number; mono: number } | null {
  const wall = after.wall_ms - before.wall_ms;
  const mono = after.mono_ms - before.mono_ms;
  return Math.abs(wall - mono) > STEP_MS_MIN ? { wall, mono } : null;
}

const read = (): Reading => ({ wall_ms: Date.now(), mono_ms: performance.now() });

/** Gives a function that ends the watching. */
export function watchClock(): () => void {
  let before = read();
  const look = () => {
    const after = read();
    const step = stepBetween(before, after);
    before = step ? after : before;
    if (step) void state(step).catch(() => undefined);
  };
  const end = whileSeen(look, LOOK_EVERY_MS);
  // What is on its way out of sight may sleep soon: what went apart before is stated apart from that.
  document.addEventListener("visibilitychange", look);
  return () => {
    end();
    document.removeEventListener("visibilitychange", look);
  };
}

async function state({ wall, mono }: { wall: number; mono: number }): Promise<void> {
  const author = me.value?.id;
  const shift = author === undefined ? null : currentShift(ownOps.value, records.value.shifts, author);
  if (shift === null) return;
  const data = { wall_delta_ms: Math.round(wall), mono_delta_ms: Math.round(mono) };
  await add({ id: newId(), type: "clock.step", shift, position: null, data });
}
