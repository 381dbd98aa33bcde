/** The only code that touches the map library: turns items into sources and taps into ids. */
import type { GeoJSONSource, MapMouseEvent } from "maplibre-gl";
import * as maplibre from "maplibre-gl";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?url";
import "maplibre-gl/dist/maplibre-gl.css";
import type { Position } from "../store/types";
import type { KeptFile } from "./bases";
import { features, ownFeatures } from "./features";
import { type Box, boxAround, type LonLat, pointsOf } from "./geo";
import { type MapArea, type MapItem, samePoint } from "./items";
import { openBase } from "./open-base";
import { type Base, type GeoData, mapStyle } from "./style";
import { drawItemSymbol } from "./symbols";
import { onThemeChange, readColours } from "./theme";

maplibre.setWorkerUrl(workerUrl);

/** The country, when nothing else says where to look. */
const SWEDEN: Box = [10.9, 55.2, 24.2, 69.1];
const CLOSE_ZOOM = 16;
const FIT = { padding: 40, maxZoom: CLOSE_ZOOM };
const CLUSTER_LEAVES_MAX = 200;
/** Within the 150 ms that anything may move; the library itself keeps still when motion is to be reduced. */
const MOVE_MS = 140;
/** A fingertip is wider than a symbol. */
const TAP_REACH_PX = 12;
const TAPPABLE = ["clusters", "records", "places"];

export interface MapData {
  areas: readonly MapArea[];
  items: readonly MapItem[];
  selected: readonly string[];
  own: Position | null;
}

export interface MountOptions {
  data: MapData;
  title: string;
  /** Where to look first; where there is something to see, if not told. */
  at?: Box | undefined;
  /** Ids under the tap, several when they share a point or a cluster; none for a tap beside. */
  onSelect(ids: string[]): void;
  onMove?(centre: LonLat): void;
  onTap?(point: LonLat): void;
}

export interface MapHandle {
  show(data: MapData): void;
  /** Draws these files under the rest; one that cannot be opened is left out. */
  showBases(files: readonly KeptFile[]): Promise<void>;
  goTo(point: LonLat): void;
  fitAll(): void;
  zoomBy(steps: number): void;
  /** What is on the screen. */
  view(): Box;
  remove(): void;
}

class MountedMap implements MapHandle {
  private readonly map: maplibre.Map;
  private data: MapData;
  private bases: readonly Base[] = [];
  private removed = false;
  private readonly stopTheme: () => void;

  constructor(
    container: HTMLElement,
    private readonly options: MountOptions,
  ) {
    this.data = options.data;
    this.map = new maplibre.Map({
      container,
      style: mapStyle(this.bases, readColours()),
      bounds: options.at ?? this.bounds(),
      fitBoundsOptions: options.at ? {} : FIT,
      attributionControl: false,
      dragRotate: false,
      pitchWithRotate: false,
      touchPitch: false,
      locale: { "Map.Title": options.title },
    });
    this.map.touchZoomRotate.disableRotation();
    this.map.setMissingStyleImageResolver((id) => this.addSymbol(id));
    this.map.on("style.load", () => this.draw());
    this.map.on("click", (event) => void this.tapped(event));
    this.map.on("moveend", () => this.moved());
    this.stopTheme = onThemeChange(() => this.restyle());
  }

  show(data: MapData): void {
    const wasEmpty = this.box() === null && !this.options.at;
    this.data = data;
    if (this.map.getSource("records")) this.draw();
    // What there is to show may come after the map: look there once, and never move it under the reader again.
    if (wasEmpty && this.box() !== null) this.map.fitBounds(this.bounds(), { ...FIT, duration: 0 });
  }

  async showBases(files: readonly KeptFile[]): Promise<void> {
    const opened = await Promise.allSettled(files.map(openBase));
    this.bases = opened.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
    if (!this.removed) this.restyle();
  }

  goTo(point: LonLat): void {
    const zoom = Math.max(this.map.getZoom(), CLOSE_ZOOM);
    this.map.easeTo({ center: [point.lon, point.lat], zoom, duration: MOVE_MS });
  }

  fitAll(): void {
    this.map.fitBounds(this.bounds(), { ...FIT, duration: MOVE_MS });
  }

  zoomBy(steps: number): void {
    this.map.zoomTo(this.map.getZoom() + steps, { duration: MOVE_MS });
  }

  view(): Box {
    const seen = this.map.getBounds();
    return [seen.getWest(), seen.getSouth(), seen.getEast(), seen.getNorth()];
  }

  remove(): void {
    this.removed = true;
    this.stopTheme();
    this.map.remove();
  }

  private box(): Box | null {
    const { areas, items } = this.data;
    const corners = areas.flatMap((area) => pointsOf(area.geometry.coordinates));
    return boxAround([...items, ...corners]);
  }

  private bounds(): Box {
    return this.box() ?? SWEDEN;
  }

  /** Symbols hold the old theme's colours, so the whole style is made anew. */
  private restyle(): void {
    this.map.setStyle(mapStyle(this.bases, readColours()), { diff: false });
  }

  private addSymbol(id: string): void {
    const image = drawItemSymbol(id, readColours());
    if (image && !this.map.hasImage(id)) this.map.addImage(id, image, { pixelRatio: 2 });
  }

  private draw(): void {
    const { areas, items, selected, own } = this.data;
    const chosen = new Set(selected);
    this.fill("areas", features.areas(areas));
    this.fill("places", features.points(items.filter((item) => item.kind === "place")));
    this.fill("records", features.points(items.filter((item) => item.kind !== "place")));
    this.fill("selected", features.points(items.filter((item) => chosen.has(item.id))));
    this.fill("own", ownFeatures.point(own));
    this.fill("own-accuracy", ownFeatures.circle(own));
  }

  private fill(id: string, data: GeoData): void {
    this.map.getSource<GeoJSONSource>(id)?.setData(data);
  }

  private moved(): void {
    const { lng, lat } = this.map.getCenter();
    this.options.onMove?.({ lon: lng, lat });
  }

  private async tapped(event: MapMouseEvent): Promise<void> {
    this.options.onTap?.({ lon: event.lngLat.lng, lat: event.lngLat.lat });
    const { x, y } = event.point;
    const [hit] = this.map.queryRenderedFeatures(
      [
        [x - TAP_REACH_PX, y - TAP_REACH_PX],
        [x + TAP_REACH_PX, y + TAP_REACH_PX],
      ],
      { layers: TAPPABLE },
    );
    if (!hit) return this.options.onSelect([]);
    const cluster: unknown = hit.properties.cluster_id;
    if (typeof cluster === "number") return this.openCluster(cluster, event.lngLat);
    const id: unknown = hit.properties.id;
    if (typeof id === "string") this.options.onSelect(samePoint(this.data.items, id));
  }

  /** Comes nearer when that tells the records apart, and names them all either way. */
  private async openCluster(cluster: number, at: maplibre.LngLat): Promise<void> {
    const source = this.map.getSource<GeoJSONSource>("records");
    if (!source) return;
    const leaves = await source.getClusterLeaves(cluster, CLUSTER_LEAVES_MAX, 0);
    const ids = leaves.map((leaf): unknown => leaf.properties?.id);
    this.options.onSelect(ids.filter((id) => typeof id === "string"));
    const zoom = await source.getClusterExpansionZoom(cluster);
    if (zoom <= this.map.getMaxZoom()) this.map.easeTo({ center: at, zoom, duration: MOVE_MS });
  }
}

export function mountMap(container: HTMLElement, options: MountOptions): MapHandle {
  return new MountedMap(container, options);
}
