import crosshair from "lucide-static/icons/locate-fixed.svg?raw";
import minus from "lucide-static/icons/minus.svg?raw";
import plus from "lucide-static/icons/plus.svg?raw";
import { useMemo, useRef, useState } from "preact/hooks";
import { vocabulary } from "../store/state";
import type { Area, Place, Position } from "../store/types";
import { tm } from "../text/map";
import { Button } from "../ui/index";
import type { LonLat } from "./geo";
import { drawableAreas, placeItems } from "./items";
import { MapList } from "./MapList";
import { MapView } from "./MapView";
import type { MapHandle } from "./mount";
import { namesFrom } from "./words";
import "./map.css";

interface Props {
  areas: readonly Area[];
  places: readonly Place[];
  /** Where to begin, when something is known. */
  near: LonLat | null;
  /** The phone's position as the form has it. */
  own: Position | null;
  onPick: (point: LonLat) => void;
  /** Choosing a place instead: the only way where the map cannot be drawn. */
  onPickPlace: (place_id: string) => void;
}

/** About a metre: nobody points more exactly. */
const DECIMALS = 5;
const rounded = (degrees: number) => Number(degrees.toFixed(DECIMALS));
const NOTHING: string[] = [];

/** A cross that stands still over a map that moves: works with a thumb, gloves and arrow keys alike. */
export function PointPicker({ areas, places, near, own, onPick, onPickPlace }: Props) {
  const handle = useRef<MapHandle | null>(null);
  const [centre, setCentre] = useState<LonLat | null>(null);
  const words = vocabulary.value;
  const items = useMemo(() => placeItems(places, namesFrom(words)), [places, words]);
  const drawn = useMemo(() => drawableAreas(areas), [areas]);
  return (
    <div class="point-picker">
      <p class="quiet-words">{tm("pick_help")}</p>
      <div class="map-cross">
        <MapView
          label={tm("pick_title")}
          areas={drawn}
          items={items}
          selected={NOTHING}
          own={own}
          onSelect={() => undefined}
          onTap={(point) => handle.current?.goTo(point)}
          onMove={setCentre}
          onReady={(ready) => {
            handle.current = ready;
            if (near) ready.goTo(near);
            else ready.fitAll();
          }}
        />
      </div>
      <Tools handle={() => handle.current} own={own} />
      <p class="quiet-words" role="status">
        {centre
          ? tm("pick_centre", { lat: centre.lat.toFixed(DECIMALS), lon: centre.lon.toFixed(DECIMALS) })
          : null}
      </p>
      <Button
        tone="main"
        wide
        disabled={centre === null}
        onPress={() => {
          if (centre) onPick({ lat: rounded(centre.lat), lon: rounded(centre.lon) });
        }}
      >
        {tm("pick_this")}
      </Button>
      <h3>{tm("pick_from_list")}</h3>
      <MapList
        placesOnly
        items={items}
        own={near}
        selected={NOTHING}
        onSelect={([id]) => {
          if (id) onPickPlace(id);
        }}
      />
    </div>
  );
}

function Tools({ handle, own }: { handle: () => MapHandle | null; own: Position | null }) {
  return (
    <div class="map-tools pick-tools">
      <Button icon={plus} onPress={() => handle()?.zoomBy(1)}>
        {tm("zoom_in")}
      </Button>
      <Button icon={minus} onPress={() => handle()?.zoomBy(-1)}>
        {tm("zoom_out")}
      </Button>
      {own ? (
        <Button icon={crosshair} onPress={() => handle()?.goTo(own)}>
          {tm("pick_own")}
        </Button>
      ) : null}
    </div>
  );
}
