/** How a base map is drawn: quietly, so that what people did stands out. Pure. */
import type { LayerSpecification } from "maplibre-gl";
import type { Base } from "./style";
import type { MapColours } from "./theme";

/** The device's own; the style names no glyph file. */
export const FONT = ["sans-serif"];

interface At {
  source: string;
  "source-layer"?: string;
}

function nameLayer(id: string, at: At, placement: "line" | "point", colours: MapColours): LayerSpecification {
  return {
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
  };
}

function vectorLayers(
  base: { id: string },
  sourceLayer: string | null,
  colours: MapColours,
): LayerSpecification[] {
  const name = sourceLayer ?? "";
  const at: At = {
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
  layers.push(nameLayer(id, at, "line", colours), nameLayer(id, at, "point", colours));
  return layers;
}

export function baseLayers(base: Base, colours: MapColours): LayerSpecification[] {
  if (base.kind === "geojson") return vectorLayers(base, null, colours);
  if (base.tiles === "raster")
    return [{ id: base.id, type: "raster", source: base.id, paint: { "raster-opacity": 0.85 } }];
  return base.layers.flatMap((layer) => vectorLayers(base, layer, colours));
}
