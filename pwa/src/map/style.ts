/**
 * The map's style, made from the tokens: no glyphs, no sprite, no address outside the file. Text is drawn with the
 * device's own sans-serif. Pure.
 */
import type { GeoJSONSourceSpecification, SourceSpecification, StyleSpecification } from "maplibre-gl";
import { baseLayers } from "./base-layers";
import { areaLayers, clusterLayers, itemLayers, ownLayers } from "./layers";
import type { MapColours } from "./theme";

export type GeoData = Exclude<GeoJSONSourceSpecification["data"], string>;

export interface PmtilesBase {
  kind: "pmtiles";
  id: string;
  /** "vector" or "raster", as the file's header says. */
  tiles: "vector" | "raster";
  /** Names of the vector layers in the file; drawn by what their name says they are. */
  layers: readonly string[];
  minzoom: number;
  maxzoom: number;
}
export interface GeojsonBase {
  kind: "geojson";
  id: string;
  data: GeoData;
}
export type Base = PmtilesBase | GeojsonBase;

const EMPTY: GeoJSONSourceSpecification = {
  type: "geojson",
  data: { type: "FeatureCollection", features: [] },
};
const CLUSTER_RADIUS = 36;

export function baseSource(base: Base): SourceSpecification {
  if (base.kind === "geojson") return { type: "geojson", data: base.data };
  const { minzoom, maxzoom, id } = base;
  const tiles = [`pmtiles://${id}/{z}/{x}/{y}`];
  return base.tiles === "vector"
    ? { type: "vector", tiles, minzoom, maxzoom }
    : { type: "raster", tiles, minzoom, maxzoom, tileSize: 256 };
}

export function mapStyle(bases: readonly Base[], colours: MapColours): StyleSpecification {
  const sources: StyleSpecification["sources"] = {};
  for (const base of bases) sources[base.id] = baseSource(base);
  for (const id of ["areas", "own-accuracy", "own", "selected", "places"]) sources[id] = EMPTY;
  sources.records = { ...EMPTY, cluster: true, clusterRadius: CLUSTER_RADIUS, clusterMaxZoom: 17 };
  return {
    version: 8,
    sources,
    layers: [
      { id: "ground", type: "background", paint: { "background-color": colours.ground } },
      ...bases.flatMap((base) => baseLayers(base, colours)),
      ...areaLayers(colours),
      ...ownLayers(colours),
      ...itemLayers(colours),
      ...clusterLayers(colours),
    ],
  };
}
