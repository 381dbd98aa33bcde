/** Turns a kept file into something the style can name: PMTiles behind the `pmtiles:` protocol, GeoJSON as data. */
import * as maplibre from "maplibre-gl";
import { PMTiles, Protocol, TileType } from "pmtiles";
import { isObject, listOfGood, object, text } from "../parse";
import type { KeptFile } from "./bases";
import { BufferSource } from "./buffer-source";
import type { Base, GeoData } from "./style";

const protocol = new Protocol();
maplibre.addProtocol("pmtiles", protocol.tile);

const metadata = object({ vector_layers: listOfGood(object({ id: text })) });

function isGeojson(value: unknown): value is GeoData & object {
  return isObject(value) && typeof value.type === "string";
}

/** Rejects when the file is not what its kind says. */
export async function openBase({ map, bytes }: KeptFile): Promise<Base> {
  if (map.kind === "geojson") {
    const data: unknown = JSON.parse(new TextDecoder().decode(bytes));
    if (!isGeojson(data)) throw new Error(`${map.name} is not GeoJSON`);
    return { kind: "geojson", id: map.id, data };
  }
  // The hash is in the key, so that a newer file of the same id is not served from the old one's directory.
  const id = `${map.id}@${map.sha256.slice(-12)}`;
  const known = protocol.get(id);
  const file = known ?? new PMTiles(new BufferSource(id, bytes));
  if (!known) protocol.add(file);
  const header = await file.getHeader();
  const vector = header.tileType === TileType.Mvt;
  return {
    kind: "pmtiles",
    id,
    tiles: vector ? "vector" : "raster",
    layers: vector ? metadata(await file.getMetadata()).vector_layers.map((layer) => layer.id) : [],
    minzoom: header.minZoom,
    maxzoom: header.maxZoom,
  };
}
