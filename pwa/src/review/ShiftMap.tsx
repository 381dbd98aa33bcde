import { useEffect, useMemo, useRef } from "preact/hooks";
import { drawableAreas, placeItems } from "../map/items";
import { MapView } from "../map/MapView";
import type { MapHandle } from "../map/mount";
import { Notes } from "../map/Notes";
import { namesFrom, restrictedBy } from "../map/words";
import { tr } from "../text/review";
import { known } from "./desk-state";
import { itemsOf } from "./map-items";
import type { Entry } from "./types";
import "../map/map.css";

interface Props {
  entries: readonly Entry[];
  selected: string | null;
  onSelect: (id: string) => void;
}

function missingWord(entry: Entry | undefined, restricted: (code: string) => boolean): string | null {
  if (!entry) return null;
  return entry.kind === "observation" && restricted(entry.value.category)
    ? tr("row_restricted")
    : tr("row_no_place");
}

/** The map that follows the row being read; the timeline beside it is its list. */
export default function ShiftMap({ entries, selected, onSelect }: Props) {
  const handle = useRef<MapHandle | null>(null);
  const reference = known.value;
  const set = useMemo(() => itemsOf(entries, reference), [entries, reference]);
  const areas = useMemo(() => drawableAreas(reference?.areas ?? []), [reference]);
  const places = useMemo(
    () => placeItems(reference?.places ?? [], namesFrom(reference?.vocabulary ?? null)),
    [reference],
  );
  const all = useMemo(() => [...set.items, ...places], [set, places]);
  const item = set.items.find(({ id }) => id === selected);
  useEffect(() => {
    if (item) handle.current?.goTo(item);
  }, [item?.id]);
  const without = item
    ? null
    : missingWord(
        entries.find(({ id }) => id === selected),
        restrictedBy(reference?.vocabulary ?? null),
      );
  return (
    <aside class="shift-map" aria-label={tr("map_follows")}>
      <MapView
        label={tr("map_follows")}
        areas={areas}
        items={all}
        selected={selected ? [selected] : []}
        own={null}
        onSelect={(ids) => {
          const found = ids.find((id) => set.items.some((one) => one.id === id));
          if (found) onSelect(found);
        }}
        onReady={(ready) => {
          handle.current = ready;
          // Chosen while the map was fetched.
          if (item) ready.goTo(item);
        }}
      />
      {without ? <p class="quiet-words">{without}</p> : null}
      <Notes own={null} failed={false} records={set} />
    </aside>
  );
}
