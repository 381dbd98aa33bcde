// @vitest-environment node
/**
 * The app's sending and storing among faults. A failure names its seed: `SEED=… npx vitest run src/sync/sim` plays
 * it again; `SOAK_MINUTES=…` goes on with new seeds until the time is up.
 */
import { beforeAll, describe, expect, it } from "vitest";
import type { Parts } from "./phone";
import { prepare, World } from "./world";

const TROUBLE_STEPS = 10_000;
const WORLD_MS_MAX = 120_000;
const MINUTE_MS = 60_000;
const FIXED = [1, 2, 3, 4];
const SHORT_STEPS = 3_000;

const given = process.env.SEED;
const soak_ms = Number(process.env.SOAK_MINUTES ?? 0) * MINUTE_MS;
const chance = () => Math.floor(Math.random() * 2 ** 31);
const seeds = given === undefined ? [...FIXED, chance()] : [Number(given)];

let parts: Parts;
beforeAll(async () => {
  parts = await prepare();
});

async function play(seed: number, steps = TROUBLE_STEPS): Promise<World> {
  const world = new World(seed, parts);
  await world.live(steps);
  return world;
}

describe("the app among faults", () => {
  it.each(seeds)(
    "loses and doubles nothing (SEED=%i)",
    async (seed) => {
      const { ledger } = await play(seed);
      expect(ledger.saved.size).toBeGreaterThan(0);
    },
    WORLD_MS_MAX,
  );

  it(
    "comes out the same from the same seed",
    async () => {
      const [one, other] = [await play(1, SHORT_STEPS), await play(1, SHORT_STEPS)];
      expect(one.outcome()).toEqual(other.outcome());
    },
    WORLD_MS_MAX,
  );
});

if (soak_ms > 0)
  describe("a long run", () => {
    it(
      "loses and doubles nothing",
      async () => {
        const start_ms = performance.now();
        let steps = 0;
        for (let worlds = 1; performance.now() - start_ms < soak_ms; worlds++) {
          const seed = chance();
          process.stdout.write(`SEED=${seed}`);
          steps += (await play(seed)).loop.steps;
          const perMinute = Math.round((steps * MINUTE_MS) / (performance.now() - start_ms));
          process.stdout.write(` well; ${worlds} worlds, ${steps} steps, ${perMinute} a minute\n`);
        }
      },
      soak_ms + WORLD_MS_MAX,
    );
  });
