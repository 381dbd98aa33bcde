// @vitest-environment node
import { expect, it } from "vitest";
import { cornersFrom, cornersOf, cornersText, outlineOf, positionFrom, positionText } from "./degrees";

it.each([
  ["56.05, 14.58", 56.05, 14.58],
  ["56.05,14.58", 56.05, 14.58],
  [" (56.05 14.58) ", 56.05, 14.58],
  ["56,05 14,58", 56.05, 14.58],
  ["56,05, 14,58", 56.05, 14.58],
  ["56,05; 14,58", 56.05, 14.58],
  ["56 14", 56, 14],
  ["−33.9, 18.4", -33.9, 18.4],
])("reads %s", (typed, lat, lon) => {
  expect(positionFrom(typed)).toEqual({ lat, lon });
});

it.each(["", "56.05", "56,05", "norr 14", "56.05, 14.58, 3", "1e3 2"])("does not guess at %s", (typed) => {
  expect(positionFrom(typed)).toBeNull();
});

it("writes what it reads", () => {
  const there = { lat: 56.1234567, lon: 14.5 };
  expect(positionText(there)).toBe("56.12346, 14.5");
  expect(positionFrom(positionText(there))).toEqual({ lat: 56.12346, lon: 14.5 });
});

it("reads corners line by line and names the line that is none", () => {
  expect(cornersFrom("56, 14\n\n56.1, 14\n")).toEqual({
    is: "corners",
    corners: [
      { lat: 56, lon: 14 },
      { lat: 56.1, lon: 14 },
    ],
  });
  expect(cornersFrom("56, 14\nhörnet")).toEqual({ is: "wrong", row: 2 });
});

it("closes an outline and opens it again", () => {
  const corners = [
    { lat: 56, lon: 14 },
    { lat: 56, lon: 15 },
    { lat: 57, lon: 15 },
  ];
  const outline = outlineOf(corners);
  expect(outline.coordinates[0]).toEqual([
    [14, 56],
    [15, 56],
    [15, 57],
    [14, 56],
  ]);
  expect(cornersOf(outline)).toEqual(corners);
  expect(cornersText(corners).split("\n")).toHaveLength(3);
});

it("does not offer to draw what has holes or parts", () => {
  const { coordinates } = outlineOf([
    { lat: 56, lon: 14 },
    { lat: 56, lon: 15 },
    { lat: 57, lon: 15 },
  ]);
  const [ring = []] = coordinates as [number, number][][];
  expect(cornersOf({ type: "Polygon", coordinates: [ring, ring] })).toBeNull();
  expect(cornersOf({ type: "MultiPolygon", coordinates: [[ring], [ring]] })).toBeNull();
  expect(cornersOf({ type: "MultiPolygon", coordinates: [[ring]] })).toHaveLength(3);
  expect(cornersOf(null)).toEqual([]);
});
