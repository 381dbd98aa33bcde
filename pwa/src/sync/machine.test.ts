// @vitest-environment node
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LIMITS } from "./pace";
import { anOffer, dice, type Luck, type Poison, Simulation } from "./simulation";
import type { Offer } from "./types";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

const luck: fc.Arbitrary<Luck[]> = fc.array(
  fc.constantFrom<Luck>(
    "ok",
    "no-network",
    "answer-lost",
    "not-lykta",
    "500",
    "503-retry-after",
    "429",
    "400",
    "signin",
    "epoch",
    "wrong-hash",
    "half-answered",
    "all-retry",
    "gaps",
  ),
  { maxLength: 40 },
);
const seed = fc.integer({ min: 1, max: 2 ** 31 });
const kinds = fc.array(fc.boolean(), { minLength: 1, maxLength: 60 });
const offersOf = (urgent: readonly boolean[]) => urgent.map((isUrgent) => anOffer({ urgent: isUrgent }));
const clean = (simulation: Simulation, offers: readonly Offer[]) =>
  offers.filter(({ id }) => !simulation.receipts.has(id)).map(({ id }) => id);

describe("the sync machine", () => {
  it("I1: no op leaves without a receipt for its own id and hash", () => {
    fc.assert(
      fc.property(luck, seed, kinds, (fate, start, urgent) => {
        const simulation = new Simulation([...fate], dice(start));
        simulation.start(offersOf(urgent));
        for (let n = 0; n < 30; n++) {
          if (n % 7 === 3) simulation.add(anOffer({ urgent: n % 2 === 0 }));
          if (n % 5 === 1) simulation.feed({ type: "wake" });
          simulation.run(40_000);
          for (const [id, { hash }] of simulation.made) {
            const receipt = simulation.receipts.get(id);
            expect(simulation.state.entries.has(id) || receipt !== undefined).toBe(true);
            if (receipt) expect(receipt).toEqual({ hash, seq: simulation.stored.get(id)?.seq });
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  it("I22: with a working network, everything pending is answered", () => {
    fc.assert(
      fc.property(luck, seed, kinds, (fate, start, urgent) => {
        const offers = offersOf(urgent);
        const simulation = new Simulation([...fate], dice(start));
        simulation.start(offers);
        simulation.run(30 * HOUR_MS);
        expect(clean(simulation, offers)).toEqual([]);
        expect(simulation.state.entries.size).toBe(0);
      }),
      { numRuns: 60 },
    );
  });

  it("I7: one bad op blocks no other, and is named", () => {
    fc.assert(
      fc.property(
        fc.constantFrom<Poison>("400", "500", "hash"),
        fc.integer({ min: 0, max: 149 }),
        seed,
        (how, at, start) => {
          const offers = offersOf(Array.from({ length: 150 }, () => false));
          const bad = offers[at]?.id ?? "";
          const simulation = new Simulation([], dice(start), new Map([[bad, how]]));
          simulation.start(offers);
          simulation.run(10 * MINUTE_MS);
          expect(clean(simulation, offers)).toEqual([bad]);
          simulation.run(2 * HOUR_MS);
          expect(simulation.stuck.get(bad)).toBe(
            how === "400" ? "refused" : how === "500" ? "server" : "hash",
          );
          if (how === "500") return;
          const tries = simulation.requests.length;
          simulation.run(20 * HOUR_MS);
          expect(simulation.requests.length).toBe(tries);
          simulation.run(5 * HOUR_MS);
          expect(simulation.requests.length).toBeGreaterThan(tries);
        },
      ),
      { numRuns: 40 },
    );
  });

  it("I20: alerts and escalations go first, by themselves", () => {
    fc.assert(
      fc.property(luck, seed, kinds, (fate, start, urgent) => {
        const offers = offersOf([...urgent, true]);
        const simulation = new Simulation([...fate], dice(start));
        simulation.start(offers);
        expect(simulation.requests[0]?.slot).toBe("urgent");
        simulation.run(30 * HOUR_MS);
        for (const { slot, ids } of simulation.requests)
          for (const id of ids) expect(simulation.made.get(id)?.urgent).toBe(slot === "urgent");
      }),
      { numRuns: 40 },
    );
  });

  it("I20: an escalation waits neither for a bulk request under way nor for a back-off", () => {
    const offline = Array.from({ length: 500 }, (): Luck => "no-network");
    const simulation = new Simulation(offline, dice(7), new Map(), 30_000);
    simulation.start(offersOf([false, false]));
    simulation.run(20 * MINUTE_MS);
    expect(simulation.state.wait.until_ms).toBeGreaterThan(0);
    while (simulation.state.flights.bulk === null) simulation.run(1_000);
    const help = anOffer({ urgent: true });
    simulation.add(help);
    expect(simulation.requests.at(-1)).toEqual({ at_ms: simulation.now_ms, slot: "urgent", ids: [help.id] });
  });

  it("I20: an escalation goes out at once after a failure, where anything else leaves it a second", () => {
    const simulation = new Simulation(["no-network"], dice(29), new Map(), 5);
    simulation.start(offersOf([false]));
    simulation.run(20);
    simulation.add(anOffer());
    expect(simulation.requests).toHaveLength(1);
    const help = anOffer({ urgent: true });
    simulation.add(help);
    expect(simulation.requests.at(-1)?.ids).toEqual([help.id]);
  });

  it("an escalation goes out though the server asked everybody to wait", () => {
    const simulation = new Simulation(["503-retry-after"], dice(3));
    simulation.start(offersOf([false]));
    simulation.run(3_000);
    const help = anOffer({ urgent: true });
    simulation.add(help);
    expect(simulation.requests.at(-1)?.ids).toEqual([help.id]);
    expect(simulation.requests).toHaveLength(2);
  });

  it("never turns into a busy loop, whatever is answered and however often it is woken", () => {
    const always = fc.constantFrom<Luck>(
      "no-network",
      "not-lykta",
      "500",
      "400",
      "signin",
      "epoch",
      "wrong-hash",
      "all-retry",
      "503-retry-after",
    );
    fc.assert(
      fc.property(always, seed, kinds, (fate, start, urgent) => {
        const simulation = new Simulation(
          Array.from({ length: 5_000 }, () => fate),
          dice(start),
          new Map(),
          5,
        );
        simulation.start(offersOf(urgent));
        simulation.run(10 * MINUTE_MS);
        const first = simulation.requests.length;
        expect(first).toBeLessThan(150);
        for (let n = 0; n < 600; n++) {
          simulation.feed({ type: "wake" });
          simulation.run(100);
        }
        // A minute of ten wake-ups a second: at most one request a second and lane.
        expect(simulation.requests.length - first).toBeLessThan(150);
      }),
      { numRuns: 30 },
    );
  });

  it("a person's retry gives a stuck op one more go, by itself and at once", () => {
    const [bad, good] = offersOf([false, false]);
    const poison = new Map<string, Poison>([[bad?.id ?? "", "400"]]);
    const simulation = new Simulation([], dice(4), poison);
    simulation.start([bad, good].flatMap((offer) => offer ?? []));
    simulation.run(HOUR_MS);
    expect(simulation.stuck.get(bad?.id ?? "")).toBe("refused");
    const before = simulation.requests.length;
    simulation.feed({ type: "retry", ids: [bad?.id ?? "", "unknown"] });
    simulation.run(10_000);
    expect(simulation.requests.slice(before).map(({ ids }) => ids)).toEqual([[bad?.id]]);
    poison.clear();
    simulation.feed({ type: "retry", ids: [bad?.id ?? ""] });
    simulation.run(10_000);
    expect(simulation.receipts.has(bad?.id ?? "")).toBe(true);
  });

  it("asks for little while idle", () => {
    const simulation = new Simulation([], dice(5));
    simulation.start();
    simulation.run(HOUR_MS);
    expect(simulation.others.length + simulation.requests.length).toBeLessThanOrEqual(120);
  });

  it("keeps batches within the server's limits, and one install to a request", () => {
    const many = Array.from({ length: 900 }, (_, n) =>
      anOffer({ bytes: 4_000, install: n % 2 ? "i1" : "i2" }),
    );
    const simulation = new Simulation([], dice(11));
    simulation.start(many);
    simulation.run(5 * MINUTE_MS);
    expect(clean(simulation, many)).toEqual([]);
    for (const { ids } of simulation.requests) {
      expect(ids.length).toBeLessThanOrEqual(LIMITS.ops);
      expect(ids.reduce((sum, id) => sum + (simulation.made.get(id)?.bytes ?? 0), 0)).toBeLessThan(
        LIMITS.bytes,
      );
      expect(new Set(ids.map((id) => simulation.made.get(id)?.install)).size).toBe(1);
    }
  });

  it("a server that was down for everything leaves nothing stuck once it is back", () => {
    const down = Array.from({ length: 45 }, (): Luck => "500");
    const offers = offersOf([false, false, false, false]);
    const simulation = new Simulation(down, dice(13));
    simulation.start(offers);
    simulation.run(30 * HOUR_MS);
    expect(clean(simulation, offers)).toEqual([]);
  });

  it("honours Retry-After for what is not urgent, also when woken", () => {
    const simulation = new Simulation(["503-retry-after"], dice(17));
    simulation.start(offersOf([false]));
    simulation.run(2_000);
    simulation.feed({ type: "wake" });
    simulation.run(20_000);
    expect(simulation.requests).toHaveLength(1);
    simulation.run(15_000);
    expect(simulation.requests).toHaveLength(2);
  });

  it("tries at once when a person asks", () => {
    const simulation = new Simulation(["503-retry-after"], dice(19));
    simulation.start(offersOf([false]));
    simulation.run(2_000);
    simulation.feed({ type: "wake", manual: true });
    expect(simulation.requests).toHaveLength(2);
  });

  it("names what stands in the way", () => {
    const problems = (["no-network", "not-lykta", "500", "signin"] as const).map((fate) => {
      const simulation = new Simulation(
        Array.from({ length: 99 }, () => fate),
        dice(23),
      );
      simulation.start(offersOf([false]));
      simulation.run(MINUTE_MS);
      return simulation.state.pushProblem;
    });
    expect(problems).toEqual(["offline", "not-lykta", "server", "signin"]);
  });
});
