/** How areas, the own position and items are drawn. Pure. */
import type { LayerSpecification } from "maplibre-gl";
import { FONT } from "./base-layers";
import type { MapColours } from "./theme";

export function areaLayers(colours: MapColours): LayerSpecification[] {
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

export function ownLayers(colours: MapColours): LayerSpecification[] {
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

export function itemLayers(colours: MapColours): LayerSpecification[] {
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
        "text-field": ["step", ["zoom"], "", 12.5, ["get", "name"]],
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
  ];
}

export function clusterLayers(colours: MapColours): LayerSpecification[] {
  return [
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
