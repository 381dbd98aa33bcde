import minus from "lucide-static/icons/minus.svg?raw";
import plus from "lucide-static/icons/plus.svg?raw";
import undo from "lucide-static/icons/undo-2.svg?raw";
import { useMemo, useRef, useState } from "preact/hooks";
import type { Area, Place } from "../store/types";
import { tm } from "../text/map";
import { tq } from "../text/places";
import { Button } from "../ui/index";
import type { LonLat } from "./geo";
import { drawableAreas, type MapArea, type MapItem, placeItems } from "./items";
import { MapView } from "./MapView";
import type { MapHandle } from "./mount";
import { namesFrom } from "./words";
import "./map.css";

interface Props {
  areas: readonly Area[];
  places: readonly Place[];
  /** Drawn so far. */
  corners: readonly LonLat[];
  onDone: (corners: LonLat[]) => void;
}

const CORNERS_MIN = 3;
/** About a metre: nobody points more exactly. */
const DECIMALS = 5;
const rounded = (degrees: number) => Number(degrees.toFixed(DECIMALS));

/** The outline as far as it goes: a line back and forth while there are only two corners. */
function drawnArea(corners: readonly LonLat[]): MapArea[] {
  const [first] = corners;
  if (!first || corners.length < 2) return [];
  const ring = [...corners, first].map(({ lon, lat }): [number, number] => [lon, lat]);
  return [{ id: "drawn", name: "", active: true, geometry: { type: "Polygon", coordinates: [ring] } }];
}

const cornerItems = (corners: readonly LonLat[]): MapItem[] =>
  corners.map(({ lon, lat }, at) => ({
    id: `corner-${at}`,
    kind: "question",
    letter: String(at + 1),
    name: "",
    detail: null,
    at: null,
    accuracy_m: null,
    source: "map",
    lon,
    lat,
  }));

/** An outline made of taps, or of the cross and a button for those who use no pointer. */
export function OutlineDrawer({ areas, places, corners: before, onDone }: Props) {
  const handle = useRef<MapHandle | null>(null);
  const centre = useRef<LonLat | null>(null);
  const [corners, setCorners] = useState<LonLat[]>(() => [...before]);
  const add = ({ lon, lat }: LonLat) =>
    setCorners((all) => [...all, { lon: rounded(lon), lat: rounded(lat) }]);
  const around = useMemo(() => drawableAreas(areas), [areas]);
  const known = useMemo(() => placeItems(places, namesFrom(null)), [places]);
  const shownAreas = useMemo(() => [...around, ...drawnArea(corners)], [around, corners]);
  const items = useMemo(() => [...known, ...cornerItems(corners)], [known, corners]);
  const selected = useMemo(
    () => items.filter(({ kind }) => kind === "question").map(({ id }) => id),
    [items],
  );
  return (
    <div class="point-picker">
      <p class="quiet-words">{tq("draw_help")}</p>
      <div class="map-cross">
        <MapView
          label={tq("draw_title")}
          areas={shownAreas}
          items={items}
          selected={selected}
          own={null}
          onSelect={() => undefined}
          onTap={add}
          onMove={(point) => {
            centre.current = point;
          }}
          onReady={(ready) => {
            handle.current = ready;
            const [first] = before;
            if (first) ready.goTo(first);
            else ready.fitAll();
          }}
        />
      </div>
      <div class="map-tools pick-tools">
        <Button icon={plus} onPress={() => handle.current?.zoomBy(1)}>
          {tm("zoom_in")}
        </Button>
        <Button icon={minus} onPress={() => handle.current?.zoomBy(-1)}>
          {tm("zoom_out")}
        </Button>
        <Button
          onPress={() => {
            if (centre.current) add(centre.current);
          }}
        >
          {tq("draw_here")}
        </Button>
        <Button
          icon={undo}
          disabled={corners.length === 0}
          onPress={() => setCorners((all) => all.slice(0, -1))}
        >
          {tq("draw_undo")}
        </Button>
      </div>
      <p class="quiet-words" role="status">
        {tq("corners", { n: corners.length })}
      </p>
      <Button tone="main" wide disabled={corners.length < CORNERS_MIN} onPress={() => onDone(corners)}>
        {tq("draw_done")}
      </Button>
    </div>
  );
}
