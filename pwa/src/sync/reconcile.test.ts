// @vitest-environment node
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkIn_ms, inChunks, isAnswerTo } from "./reconcile";
import { anOffer, type CheckLuck, dice, type Luck, Simulation } from "./simulation";
import type { Offer } from "./types";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

const seed = fc.integer({ min: 1, max: 2 ** 31 });
const many = fc.array(fc.boolean(), { minLength: 1, maxLength: 60 });
const luck = fc.array(
  fc.constantFrom<Luck>("ok", "ok", "restored", "no-network", "answer-lost", "500", "signin"),
  { maxLength: 25 },
);
const checkLuck = fc.array(
  fc.constantFrom<CheckLuck>("ok", "no-network", "not-lykta", "503", "refused", "signin"),
  { maxLength: 10 },
);
const offersOf = (urgent: readonly boolean[]) => urgent.map((isUrgent) => anOffer({ urgent: isUrgent }));
const absent = (simulation: Simulation, offers: readonly Offer[]) =>
  offers.filter(({ id }) => !simulation.stored.has(id)).map(({ id }) => id);
/** Nobody looks: the phone does not fetch every minute, which is all that would take time here. */
const inPocket = (simulation: Simulation) => simulation.feed({ type: "visible", visible: false });
const checks = (simulation: Simulation) => simulation.others.filter(({ type }) => type === "check");

describe("what the server has lost", () => {
  it("I11: is there again after restores of older copies, whatever the network does meanwhile", () => {
    fc.assert(
      fc.property(luck, checkLuck, seed, many, (fate, checkFate, start, urgent) => {
        const offers = offersOf(urgent);
        const simulation = new Simulation([...fate], dice(start), new Map(), 200, [...checkFate]);
        simulation.start(offers);
        inPocket(simulation);
        simulation.run(HOUR_MS);
        const late = offersOf([false, true]);
        for (const offer of late) simulation.add(offer);
        simulation.run(29 * HOUR_MS);
        expect(absent(simulation, [...offers, ...late])).toEqual([]);
        expect(simulation.state.entries.size).toBe(0);
      }),
      { numRuns: 100 },
    );
  });

  it("is found within a day even where nothing told of a restore", () => {
    fc.assert(
      fc.property(seed, many, fc.array(fc.boolean()), (start, urgent, lost) => {
        const offers = offersOf(urgent);
        const simulation = new Simulation([], dice(start));
        simulation.start(offers);
        inPocket(simulation);
        simulation.run(HOUR_MS);
        simulation.forget((n) => lost[n] ?? n % 2 === 0);
        simulation.run(25 * HOUR_MS);
        expect(absent(simulation, offers)).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it("goes out again at once when a person asks, and never twice", () => {
    const offers = offersOf([false, false, true]);
    const simulation = new Simulation([], dice(7));
    simulation.start(offers);
    simulation.run(HOUR_MS);
    simulation.forget((n) => n === 1);
    const before = simulation.requests.length;
    simulation.feed({ type: "check" });
    simulation.run(10_000);
    expect(absent(simulation, offers)).toEqual([]);
    expect(simulation.requests.slice(before).map(({ ids }) => ids.length)).toEqual([1]);
  });
});

describe("when it is asked", () => {
  it("once a day, and at the end of a shift", () => {
    const simulation = new Simulation([], dice(3));
    simulation.start(offersOf([false]));
    inPocket(simulation);
    simulation.run(HOUR_MS);
    const first = checks(simulation).length;
    simulation.add(anOffer({ endsShift: true }));
    simulation.run(HOUR_MS);
    expect(checks(simulation)).toHaveLength(first + 1);
    simulation.run(5 * DAY_MS);
    expect(checks(simulation)).toHaveLength(first + 6);
  });

  it("after a failure again, with patience; sooner when coverage returns", () => {
    const simulation = new Simulation([], dice(5), new Map(), 200, Array(200).fill("no-network"));
    simulation.start(offersOf([false]));
    inPocket(simulation);
    simulation.run(24 * HOUR_MS);
    expect(checks(simulation).length).toBeGreaterThan(24);
    expect(simulation.state.check.problem ?? "offline").toBe("offline");
    const stuck = new Simulation([], dice(5), new Map(), 200, ["503"]);
    stuck.start([]);
    stuck.run(5_000);
    expect([checks(stuck).length, stuck.state.check.problem]).toEqual([1, "server"]);
    stuck.feed({ type: "wake", manual: true });
    stuck.run(1_000);
    expect([checks(stuck).length, stuck.state.check.problem]).toEqual([2, null]);
  });

  it("asks again where the epoch changed under the question", () => {
    const simulation = new Simulation(["ok", "epoch"], dice(2), new Map(), 200);
    simulation.start(offersOf([false, true]));
    simulation.run(HOUR_MS);
    expect(simulation.state.epoch).toBe("e2");
    expect(simulation.state.check.at_ms).toBeGreaterThan(simulation.now_ms);
  });

  it.each([
    ["never asked", null, 0],
    ["another epoch", { at: "2026-11-20T20:00:00.000Z", epoch: "e1" }, 0],
    ["six hours ago", { at: "2026-11-20T14:00:00.000Z", epoch: "e2" }, 18 * HOUR_MS],
    ["days ago", { at: "2026-11-11T14:00:00.000Z", epoch: "e2" }, 0],
    ["in the future, by a clock that was wrong", { at: "2031-01-01T00:00:00.000Z", epoch: "e2" }, DAY_MS],
    ["at no time that can be read", { at: "yesterday", epoch: "e2" }, 0],
  ])("%s", (_, last, wait_ms) => {
    expect(checkIn_ms(last, "e2", Date.parse("2026-11-20T20:00:00.000Z"))).toBe(wait_ms);
  });
});

describe("what counts as an answer", () => {
  const id = fc.stringMatching(/^[a-f]{4}$/);

  it("asks in parts that the server takes, each id once", () => {
    fc.assert(
      fc.property(fc.array(id), fc.integer({ min: 1, max: 9 }), (ids, size) => {
        const chunks = inChunks(ids, size);
        expect(chunks.flat()).toEqual(ids);
        expect(chunks.every((chunk) => chunk.length > 0 && chunk.length <= size)).toBe(true);
      }),
    );
    expect(inChunks(Array(20_001).fill("x")).map(({ length }) => length)).toEqual([10_000, 10_000, 1]);
  });

  it("names only what was asked about, once, in one epoch", () => {
    fc.assert(
      fc.property(fc.uniqueArray(id, { minLength: 1 }), fc.nat(), (ids, n) => {
        const missing = ids.slice(0, n % (ids.length + 1));
        expect(isAnswerTo(ids, { epoch: "e1", missing }, null)).toBe(true);
        expect(isAnswerTo(ids, { epoch: "e1", missing }, "e1")).toBe(true);
        expect(isAnswerTo(ids, { epoch: "e2", missing }, "e1")).toBe(false);
        expect(isAnswerTo(ids, { epoch: "e1", missing: [...missing, "other"] }, null)).toBe(false);
        expect(isAnswerTo(ids, { epoch: "e1", missing: [...ids, ids[0] ?? ""] }, null)).toBe(false);
      }),
    );
  });
});
