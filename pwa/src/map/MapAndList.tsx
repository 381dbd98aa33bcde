import crosshair from "lucide-static/icons/locate-fixed.svg?raw";
import maximize from "lucide-static/icons/maximize.svg?raw";
import minus from "lucide-static/icons/minus.svg?raw";
import plus from "lucide-static/icons/plus.svg?raw";
import { useRef, useState } from "preact/hooks";
import { currentPosition } from "../device/position";
import type { Position } from "../store/types";
import { tm } from "../text/map";
import { Button, Empty } from "../ui/index";
import { BaseList } from "./BaseList";
import type { ItemSet, MapArea, MapItem } from "./items";
import { MapList } from "./MapList";
import { MapView } from "./MapView";
import type { MapHandle } from "./mount";
import { Notes } from "./Notes";
import "./map.css";

interface Props {
  areas: readonly MapArea[];
  places: readonly MapItem[];
  records: ItemSet;
}

type Locating = "idle" | "busy" | "failed";

/** The map beside its list: one selection for both, so that neither knows more than the other. */
export function MapAndList({ areas, places, records }: Props) {
  const handle = useRef<MapHandle | null>(null);
  const [selected, setSelected] = useState<string[]>([]);
  const [own, setOwn] = useState<Position | null>(null);
  const [locating, setLocating] = useState<Locating>("idle");
  const all = [...records.items, ...places];
  const here = selected.length > 1 ? all.filter((item) => selected.includes(item.id)) : null;

  const choose = (ids: string[]) => {
    setSelected(ids);
    const [only] = ids;
    const item = ids.length === 1 ? all.find(({ id }) => id === only) : undefined;
    if (item) handle.current?.goTo(item);
  };
  const locate = async () => {
    setLocating("busy");
    const found = await currentPosition();
    setOwn(found);
    setLocating(found ? "idle" : "failed");
    if (found) handle.current?.goTo(found);
  };

  return (
    <div class="map-and-list">
      <div class="map-side">
        <MapView
          label={tm("title")}
          areas={areas}
          items={all}
          selected={selected}
          own={own}
          onSelect={setSelected}
          onReady={(ready) => {
            handle.current = ready;
          }}
        />
        <div class="map-tools">
          <Button icon={crosshair} busy={locating === "busy"} onPress={() => void locate()}>
            {locating === "busy" ? tm("locating") : tm("show_own")}
          </Button>
          <Button icon={plus} onPress={() => handle.current?.zoomBy(1)}>
            {tm("zoom_in")}
          </Button>
          <Button icon={minus} onPress={() => handle.current?.zoomBy(-1)}>
            {tm("zoom_out")}
          </Button>
          <Button icon={maximize} onPress={() => handle.current?.fitAll()}>
            {tm("show_all")}
          </Button>
        </div>
        <Notes own={own} failed={locating === "failed"} records={records} />
        <BaseList />
      </div>
      <div class="list-side">
        {here ? (
          <div class="row map-here" role="status">
            <strong>{tm("here", { n: here.length })}</strong>
            <Button tone="quiet" onPress={() => setSelected([])}>
              {tm("show_every")}
            </Button>
          </div>
        ) : null}
        {all.length === 0 ? (
          <Empty title={tm("empty")} />
        ) : (
          <MapList items={here ?? all} own={own} selected={selected} onSelect={choose} />
        )}
      </div>
    </div>
  );
}
