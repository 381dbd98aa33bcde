// @vitest-environment node
import { describe, expect, it } from "vitest";
import type { Place, Position } from "../store/types";
import { distanceBetween, nearest, proposedPlace, search } from "./rules";

const place = (id: string, lat: number, over: Partial<Place> = {}): Place => ({
  id,
  name: id,
  kind: "other",
  area_id: null,
  note: null,
  active: true,
  lon: 14.57,
  lat,
  ...over,
});
const near = place("Nära", 56.0501);
const far = place("Långt bort", 56.06);
const shut = place("Nedlagd", 56.05, { active: false });
const here: Position = { lat: 56.05, lon: 14.57, accuracy_m: 8, age_ms: 0, source: "gnss" };

describe("nearest place", () => {
  it("measures in metres on the ground", () => {
    expect(distanceBetween({ lat: 56, lon: 14 }, { lat: 56.001, lon: 14 })).toBeCloseTo(111.2, 0);
  });

  it("lists active places, nearest first", () => {
    expect(nearest([far, shut, near], here).map((one) => one.place.id)).toEqual(["Nära", "Långt bort"]);
  });

  it("lists none without a position", () => {
    expect(nearest([near], null)).toEqual([]);
  });
});

describe("the place to propose", () => {
  it("is the one where the phone is", () => {
    expect(proposedPlace([far, near], here, far.id)).toBe("Nära");
  });

  it("is none when the phone is somewhere else than any place", () => {
    expect(proposedPlace([far], here, far.id)).toBeNull();
  });

  it("is the one last arrived at when there is no position, or too coarse a one", () => {
    expect(proposedPlace([near, far], null, far.id)).toBe("Långt bort");
    expect(proposedPlace([near, far], { ...here, accuracy_m: 900 }, far.id)).toBe("Långt bort");
  });

  it("is never a place that is closed down", () => {
    expect(proposedPlace([shut], null, shut.id)).toBeNull();
  });
});

it("search finds any part of a name, in Swedish order", () => {
  const all = [place("Östra torget", 56), place("Ågatan", 56), place("Torget", 56)];
  expect(search(all, "tor").map((one) => one.name)).toEqual(["Torget", "Östra torget"]);
  expect(search(all, "").map((one) => one.name)).toEqual(["Torget", "Ågatan", "Östra torget"]);
});
