/**
 * The map's style, made from the tokens: no glyphs, no sprite, no address outside the file. Text is drawn with the
 * device's own sans-serif. Pure.
 */
import type {
  GeoJSONSourceSpecification,
  LayerSpecification,
  SourceSpecification,
  StyleSpecification,
} from "maplibre-gl";
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

export const FONT = ["sans-serif"];
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

function vectorLayers(
  base: { id: string },
  sourceLayer: string | null,
  colours: MapColours,
): LayerSpecification[] {
  const name = sourceLayer ?? "";
  const at = {
    source: base.id,
    ...(sourceLayer === null ? {} : { "source-layer": sourceLayer }),
  };
  const id = `${base.id}/${name}`;
  const water = /water|ocean|sea|hav|vatten/i.test(name);
  const building = /build|byggnad|hus/i.test(name);
  const layers: LayerSpecification[] = [
    {
      ...at,
      id: `${id}/fill`,
      type: "fill",
      filter: ["==", ["geometry-type"], "Polygon"],
      paint: {
        "fill-color": water
          ? colours.line
          : building
            ? colours.edge
            : ["case", ["has", "building"], colours.edge, colours.raised],
        "fill-opacity": building ? 0.3 : ["case", ["has", "building"], 0.3, 0.8],
      },
    },
    {
      ...at,
      id: `${id}/line`,
      type: "line",
      layout: { "line-join": "round", "line-cap": "round" },
      paint: {
        "line-color": building
          ? colours.line
          : ["match", ["geometry-type"], "Polygon", colours.line, colours.edge],
        "line-opacity": 0.8,
        "line-width": ["interpolate", ["linear"], ["zoom"], 8, 0.4, 14, 1.1, 18, 3],
      },
    },
  ];
  if (building) return layers;
  for (const placement of ["line", "point"] as const)
    layers.push({
      ...at,
      id: `${id}/name-${placement}`,
      type: "symbol",
      minzoom: 13,
      filter: ["all", ["has", "name"], [placement === "line" ? "==" : "!=", ["geometry-type"], "LineString"]],
      layout: {
        "text-field": ["get", "name"],
        "text-font": FONT,
        "text-size": 11,
        "symbol-placement": placement,
      },
      paint: {
        "text-color": colours.quiet,
        "text-halo-color": colours.ground,
        "text-halo-width": 1.2,
      },
    });
  return layers;
}

function baseLayers(base: Base, colours: MapColours): LayerSpecification[] {
  if (base.kind === "geojson") return vectorLayers(base, null, colours);
  if (base.tiles === "raster")
    return [{ id: base.id, type: "raster", source: base.id, paint: { "raster-opacity": 0.85 } }];
  return base.layers.flatMap((layer) => vectorLayers(base, layer, colours));
}

function areaLayers(colours: MapColours): LayerSpecification[] {
  return [
    {
      id: "areas",
      type: "fill",
      source: "areas",
      paint: { "fill-color": colours.lantern, "fill-opacity": 0.05 },
    },
    {
      id: "area-edges",
      type: "line",
      source: "areas",
      paint: { "line-color": colours.lantern, "line-width": 1.5, "line-dasharray": [3, 2] },
    },
    {
      id: "area-names",
      type: "symbol",
      source: "areas",
      maxzoom: 16,
      layout: {
        "text-field": ["get", "name"],
        "text-font": FONT,
        "text-size": 14,
        "text-variable-anchor": ["center", "top", "bottom"],
        "text-radial-offset": 1.5,
      },
      paint: {
        "text-color": colours.lantern,
        "text-halo-color": colours.ground,
        "text-halo-width": 1.5,
      },
    },
  ];
}

function ownLayers(colours: MapColours): LayerSpecification[] {
  return [
    {
      id: "own-accuracy",
      type: "fill",
      source: "own-accuracy",
      paint: {
        "fill-color": colours.text,
        "fill-opacity": 0.12,
        "fill-outline-color": colours.text,
      },
    },
    {
      id: "own",
      type: "circle",
      source: "own",
      paint: {
        "circle-radius": 6,
        "circle-color": colours.text,
        "circle-stroke-color": colours.ground,
        "circle-stroke-width": 3,
      },
    },
  ];
}

function itemLayers(colours: MapColours): LayerSpecification[] {
  return [
    {
      id: "selected",
      type: "circle",
      source: "selected",
      paint: {
        "circle-radius": 20,
        "circle-color": colours.lantern,
        "circle-opacity": 0.25,
        "circle-stroke-color": colours.lantern,
        "circle-stroke-width": 3,
      },
    },
    {
      id: "places",
      type: "symbol",
      source: "places",
      layout: {
        "icon-size": 0.55,
        "icon-image": ["get", "symbol"],
        "icon-allow-overlap": true,
        "text-field": ["step", ["zoom"], "", 13.5, ["get", "name"]],
        "text-font": FONT,
        "text-size": 12,
        "text-variable-anchor": ["top", "bottom", "left", "right"],
        "text-radial-offset": 1.2,
        "text-optional": true,
      },
      paint: {
        "text-color": colours.text,
        "text-halo-color": colours.ground,
        "text-halo-width": 1.5,
      },
    },
    {
      id: "records",
      type: "symbol",
      source: "records",
      filter: ["!", ["has", "point_count"]],
      layout: {
        "icon-size": 0.8,
        "icon-allow-overlap": true,
        "icon-image": ["get", "symbol"],
      },
    },
    {
      id: "clusters",
      type: "circle",
      source: "records",
      filter: ["has", "point_count"],
      paint: {
        "circle-radius": ["step", ["get", "point_count"], 15, 10, 18, 50, 22],
        "circle-color": colours.raised,
        "circle-stroke-color": colours.text,
        "circle-stroke-width": 2,
      },
    },
    {
      id: "cluster-counts",
      type: "symbol",
      source: "records",
      filter: ["has", "point_count"],
      layout: {
        "text-field": ["to-string", ["get", "point_count"]],
        "text-font": FONT,
        "text-size": 14,
        "text-allow-overlap": true,
      },
      paint: { "text-color": colours.text },
    },
  ];
}

export function mapStyle(bases: readonly Base[], colours: MapColours): StyleSpecification {
  const sources: StyleSpecification["sources"] = {};
  for (const base of bases) sources[base.id] = baseSource(base);
  for (const id of ["areas", "own-accuracy", "own", "selected", "places"]) sources[id] = EMPTY;
  sources.records = { ...EMPTY, cluster: true, clusterRadius: CLUSTER_RADIUS, clusterMaxZoom: 18 };
  return {
    version: 8,
    sources,
    layers: [
      { id: "ground", type: "background", paint: { "background-color": colours.ground } },
      ...bases.flatMap((base) => baseLayers(base, colours)),
      ...areaLayers(colours),
      ...ownLayers(colours),
      ...itemLayers(colours),
    ],
  };
}
