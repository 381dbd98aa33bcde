// @vitest-environment node
import { expect, it } from "vitest";
import { anOffer, dice, Simulation } from "./simulation";

it("I15: goes out as it was saved, though the clock was set back in between", () => {
  const simulation = new Simulation([], dice(1));
  const years = ["01b4", "01a1", "01a0", "01b3"];
  const offers = years.map((year, n) => anOffer({ id: `${year}0000-0000-7000-8000-00000000000${n}` }));
  simulation.start(offers);
  simulation.run(60_000);
  expect([...simulation.stored.keys()]).toEqual(offers.map(({ id }) => id));
});
