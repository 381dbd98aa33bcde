import crosshair from "lucide-static/icons/locate-fixed.svg?raw";
import maximize from "lucide-static/icons/maximize.svg?raw";
import minus from "lucide-static/icons/minus.svg?raw";
import plus from "lucide-static/icons/plus.svg?raw";
import search from "lucide-static/icons/search.svg?raw";
import type { ComponentChildren } from "preact";
import { useMemo, useRef, useState } from "preact/hooks";
import { currentPosition } from "../device/position";
import type { Position } from "../store/types";
import { tm } from "../text/map";
import { Button, Empty } from "../ui/index";
import { BaseList } from "./BaseList";
import type { Box } from "./geo";
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
  asked?: Asked;
  /** Of the list of records, and where there are none; tonight's, if not told. */
  heading?: string;
  none?: string;
  /** Where the map looks first. */
  at?: Box | undefined;
  /** Something to do with what the map shows, once it is drawn. */
  here?: { name: string; onPress: (view: Box) => void };
}

/** What is asked of places, with how it is answered: a card beside the map, buttons in the list. */
export interface Asked {
  items: readonly MapItem[];
  card: (id: string) => ComponentChildren;
  answers: (id: string) => ComponentChildren;
}

const NOTHING: readonly MapItem[] = [];

type Locating = "idle" | "busy" | "failed";

/** The map beside its list: one selection for both, so that neither knows more than the other. */
export function MapAndList({ areas, places, records, asked, at, here: within, ...words }: Props) {
  const handle = useRef<MapHandle | null>(null);
  const [selected, setSelected] = useState<string[]>([]);
  const [own, setOwn] = useState<Position | null>(null);
  const [locating, setLocating] = useState<Locating>("idle");
  const [isDrawn, setDrawn] = useState(false);
  const questions = asked?.items ?? NOTHING;
  const all = useMemo(() => [...questions, ...records.items, ...places], [questions, records, places]);
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
          at={at}
          onSelect={setSelected}
          onReady={(ready) => {
            handle.current = ready;
            setDrawn(true);
          }}
        />
        <AskedHere asked={asked} selected={selected} />
        <div class="map-tools">
          {within && isDrawn ? (
            <Button
              icon={search}
              onPress={() => {
                if (handle.current) within.onPress(handle.current.view());
              }}
            >
              {within.name}
            </Button>
          ) : null}
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
          <MapList
            items={here ?? all}
            own={own}
            selected={selected}
            onSelect={choose}
            answers={asked?.answers}
            {...words}
          />
        )}
      </div>
    </div>
  );
}

/** Under the map, where the thumb is, when a question was tapped on it. */
function AskedHere({ asked, selected }: { asked: Asked | undefined; selected: readonly string[] }) {
  const here = asked?.items.filter(({ id }) => selected.includes(id)) ?? [];
  if (!asked || here.length === 0) return null;
  return (
    <div class="map-asked">
      {here.map(({ id }) => (
        <div key={id}>{asked.card(id)}</div>
      ))}
    </div>
  );
}
