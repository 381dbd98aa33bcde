import { describe, expect, it } from "vitest";
import { type Base, mapStyle } from "./style";
import { readColours } from "./theme";

const BASES: Base[] = [
  { kind: "geojson", id: "coast", data: { type: "FeatureCollection", features: [] } },
  {
    kind: "pmtiles",
    id: "town@1",
    tiles: "vector",
    layers: ["water", "roads", "buildings"],
    minzoom: 0,
    maxzoom: 14,
  },
  { kind: "pmtiles", id: "aerial@1", tiles: "raster", layers: [], minzoom: 0, maxzoom: 14 },
];

describe("the map's style", () => {
  const style = mapStyle(BASES, readColours());

  it("names no address outside the device: no glyphs, no sprite, only kept files", () => {
    expect(style.glyphs).toBeUndefined();
    expect(style.sprite).toBeUndefined();
    expect(JSON.stringify(style)).not.toMatch(/https?:/);
  });

  it("draws only from sources that it has, each layer once", () => {
    const ids = style.layers.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const layer of style.layers)
      if ("source" in layer) expect(style.sources).toHaveProperty([String(layer.source)]);
  });

  it("draws records over places over areas over the base map", () => {
    const at = (id: string) => style.layers.findIndex((layer) => layer.id === id);
    expect(at("coast//fill")).toBeLessThan(at("areas"));
    expect(at("areas")).toBeLessThan(at("places"));
    expect(at("places")).toBeLessThan(at("records"));
  });
});
