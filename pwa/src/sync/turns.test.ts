// @vitest-environment node
import { expect, it } from "vitest";
import { initial, step } from "./machine";
import { LIMITS } from "./pace";
import { anOffer, dice } from "./simulation";
import type { Effect, Event, State } from "./types";

const WAKE_EVERY_MS = 500;
const EPOCH = "01a00000-0000-7000-8000-000000000001";

/** What becomes of one request; a push that gets through ends the story, so none is answered here. */
function answer(effect: Effect, breaks: boolean): Event | null {
  if (effect.type === "hello")
    return {
      type: "greeted",
      outcome: breaks
        ? { kind: "no-answer", problem: "offline" }
        : { kind: "hello", epoch: EPOCH, server_time: "", durable_seq: null, limits: LIMITS, oldApp: false },
    };
  if (effect.type === "pull")
    return {
      type: "pulled",
      outcome: breaks ? { kind: "no-answer", problem: "offline" } : { kind: "done", isNews: true },
    };
  if (effect.type === "push" && breaks)
    return { type: "pushed", slot: effect.slot, outcome: { kind: "no-answer", problem: "offline" } };
  return null;
}

it.each([2, 3, 4, 5])(
  "a push gets through where every request number %i is reset and the phone is often looked at",
  (every) => {
    for (let start = 0; start < every; start++) {
      const random = dice(start + 1);
      let state: State = initial();
      let asked = start;
      let arrived = false;
      let now_ms = 0;
      const hear = (event: Event) => {
        const next = step(state, event, { now_ms, random });
        state = next.state;
        for (const effect of next.effects) {
          if (effect.type !== "hello" && effect.type !== "pull" && effect.type !== "push") continue;
          const breaks = ++asked % every === 0;
          arrived ||= effect.type === "push" && !breaks;
          const heard = answer(effect, breaks);
          if (heard) hear(heard);
        }
      };
      hear({
        type: "loaded",
        offers: [anOffer({ urgent: false })],
        epoch: EPOCH,
        visible: true,
        checkIn_ms: 1e9,
      });
      for (; now_ms < 60_000 && !arrived; now_ms += WAKE_EVERY_MS) hear({ type: "visible", visible: true });
      expect(arrived, `counted from ${start}`).toBe(true);
    }
  },
);

it("what has nothing to tell is asked half as often, and as often as ever once somebody writes", () => {
  let state: State = initial();
  const hear = (event: Event, now_ms: number) => {
    state = step(state, event, { now_ms, random: dice(1) }).state;
    return state.pull.at_ms - now_ms;
  };
  const pulled = (isNews: boolean, now_ms: number) =>
    hear({ type: "pulled", outcome: { kind: "done", isNews } }, now_ms);
  hear({ type: "loaded", offers: [], epoch: EPOCH, visible: true, checkIn_ms: 1e9 }, 0);
  const waits = [0, 1, 2, 3, 4, 5].map((n) => pulled(false, n * 60_000));
  expect(waits).toEqual([60_000, 60_000, 60_000, 60_000, 120_000, 120_000]);
  expect(hear({ type: "added", offers: [anOffer({ urgent: false })] }, 310_000)).toBe(60_000);
  expect(pulled(true, 400_000)).toBe(60_000);
});
