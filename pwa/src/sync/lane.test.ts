// @vitest-environment node
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anOffer, type ChunkLuck, dice, Simulation } from "./simulation";

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const PHOTO = { sha256: "a".repeat(64), size: 400_000 };
const OTHER = { sha256: "b".repeat(64), size: 250_000 };

const luck: fc.Arbitrary<ChunkLuck[]> = fc.array(
  fc.constantFrom<ChunkLuck>("ok", "no-network", "answer-lost", "503", "half", "signin"),
  { maxLength: 40 },
);
const seed = fc.integer({ min: 1, max: 2 ** 31 });

function phone(fate: readonly ChunkLuck[] = [], start = 1): Simulation {
  const simulation = new Simulation([], dice(start));
  simulation.chunkLuck.push(...fate);
  simulation.start([]);
  return simulation;
}

describe("the lane of photos", () => {
  it("sends every photo whole, whatever the network does to single chunks", () => {
    fc.assert(
      fc.property(luck, seed, (fate, start) => {
        const simulation = phone(fate, start);
        simulation.take(PHOTO, OTHER);
        simulation.run(3 * 60 * MINUTE_MS);
        expect([...simulation.sentPhotos].sort()).toEqual([PHOTO.sha256, OTHER.sha256]);
        for (const { has, size, isComplete } of simulation.blobs.values())
          expect([has, isComplete]).toEqual([size, true]);
      }),
      { numRuns: 80 },
    );
  });

  it("calls a photo sent only when the server has it whole", () => {
    fc.assert(
      fc.property(luck, seed, (fate, start) => {
        const simulation = phone(fate, start);
        simulation.take(PHOTO);
        for (let n = 0; n < 60; n++) {
          simulation.run(1_000);
          const whole = simulation.blobs.get(PHOTO.sha256)?.isComplete === true;
          expect(simulation.sentPhotos.has(PHOTO.sha256) && !whole).toBe(false);
        }
      }),
      { numRuns: 40 },
    );
  });

  it("never begins a chunk while a word goes out or could, and no word waits for one", () => {
    fc.assert(
      fc.property(luck, seed, (fate, start) => {
        const simulation = phone(fate, start);
        simulation.take(PHOTO, OTHER);
        for (let n = 0; n < 25; n++) {
          const offer = anOffer({ urgent: n % 5 === 0 });
          const { urgent, bulk } = simulation.state.flights;
          simulation.add(offer);
          const isOut = simulation.requests.some(({ ids }) => ids.includes(offer.id));
          expect(isOut || urgent !== null || bulk !== null).toBe(true);
          simulation.run(700);
        }
        expect(simulation.chunks.filter(({ besideWords }) => besideWords)).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });

  it("leaves the line to a call for help, and goes on afterwards where the server is", () => {
    const simulation = phone();
    simulation.take(PHOTO);
    simulation.run(2);
    expect(simulation.state.lane.flight).not.toBeNull();
    simulation.add(anOffer({ urgent: true }));
    expect(simulation.halts).toBe(1);
    simulation.run(MINUTE_MS);
    expect(simulation.sentPhotos.size).toBe(1);
  });

  it("begins small, grows while it goes quickly, and shrinks when it does not", () => {
    const simulation = phone(["ok", "ok", "ok", "ok", "no-network"]);
    simulation.take({ ...PHOTO, size: 3_000_000 });
    simulation.run(20_000);
    const sizes = simulation.chunks.flatMap(({ offset, bytes }) => (offset === null ? [] : [bytes]));
    expect(sizes.slice(0, 4)).toEqual([65_536, 131_072, 262_144, 524_288]);
    expect(sizes[4]).toBe(262_144);
    expect(Math.max(...sizes)).toBe(524_288);
  });

  it("gives up for a day what never comes out as its name says, and sends the others", () => {
    const simulation = phone();
    simulation.spoilt = PHOTO.sha256;
    simulation.take(PHOTO, OTHER);
    simulation.run(5 * MINUTE_MS);
    expect(simulation.stuck.get(PHOTO.sha256)).toBe("refused");
    expect([...simulation.sentPhotos]).toEqual([OTHER.sha256]);
    const tried = simulation.chunks.length;
    simulation.run(12 * 60 * MINUTE_MS);
    expect(simulation.chunks).toHaveLength(tried);
    simulation.spoilt = null;
    simulation.run(DAY_MS);
    expect(simulation.sentPhotos.has(PHOTO.sha256)).toBe(true);
  });

  it("takes it up at once when a person asks", () => {
    const simulation = phone();
    simulation.spoilt = PHOTO.sha256;
    simulation.take(PHOTO);
    simulation.run(5 * MINUTE_MS);
    simulation.spoilt = null;
    simulation.feed({ type: "wake", manual: true });
    simulation.run(MINUTE_MS);
    expect(simulation.sentPhotos.has(PHOTO.sha256)).toBe(true);
  });

  it("goes on where another tab has come meanwhile, and back where the server has lost some", () => {
    const simulation = phone(["ok", "ok", "lost", "ok"]);
    simulation.take(PHOTO);
    simulation.run(400);
    const blob = simulation.blobs.get(PHOTO.sha256);
    if (blob) blob.has = Math.min(blob.size - 1, blob.has + 50_000);
    simulation.run(MINUTE_MS);
    expect(simulation.sentPhotos.has(PHOTO.sha256)).toBe(true);
  });

  it("says why photos wait where nothing else does", () => {
    const simulation = phone(["signin"]);
    simulation.take(PHOTO);
    simulation.run(500);
    expect(simulation.state.lane.problem).toBe("signin");
    simulation.run(MINUTE_MS);
    expect(simulation.state.lane.problem).toBeNull();
  });
});
