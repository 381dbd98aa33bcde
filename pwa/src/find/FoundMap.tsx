import { useMemo } from "preact/hooks";
import { drawableAreas, type ItemSet, type MapItem } from "../map/items";
import { MapAndList } from "../map/MapAndList";
import { known } from "../review/desk-state";
import { names as namesOf } from "../review/names";
import type { Reference } from "../review/types";
import { tf } from "../text/find";
import type { Item } from "./answers";
import { boxIn, boxSaid } from "./rules";
import { dayOf, textWords, whatWords, whereWords } from "./words";

const LETTERS = { escalation: "!", shift: "P" } as const;

/** The restricted circle is never on a map, but not hidden silently either. Shifts are of an area, not of a point. */
function itemsOf(found: readonly Item[], reference: Reference | null): ItemSet {
  const names = namesOf(reference, []);
  const set: ItemSet = { items: [], restricted: 0, unplaced: 0 };
  for (const item of found) {
    if (item.restricted) set.restricted++;
    else if (item.position === null || item.kind === "shift") set.unplaced++;
    else set.items.push(drawn(item, item.kind, item.position, whatWords(item, names), reference));
  }
  return set;
}

function drawn(
  item: Item,
  kind: "observation" | "escalation",
  { lon, lat, accuracy_m, source }: NonNullable<Item["position"]>,
  name: string,
  reference: Reference | null,
): MapItem {
  const letter = kind === "observation" ? (item.code ?? "").slice(0, 2) : LETTERS[kind];
  const detail = [dayOf(item), whereWords(item, reference), textWords(item)].join(" · ");
  return { id: item.id, kind, letter, name, detail, at: item.happened.from, lon, lat, accuracy_m, source };
}

interface Props {
  items: readonly Item[];
  bbox: string | null;
  onBox: (bbox: string) => void;
}

/** What was found on a map, with its list; and what the map shows as a filter. */
export default function FoundMap({ items, bbox, onBox }: Props) {
  const reference = known.value;
  const records = useMemo(() => itemsOf(items, reference), [items, reference]);
  const areas = useMemo(() => drawableAreas(reference?.areas ?? []), [reference]);
  return (
    <>
      <p class="quiet-words">{tf("map_some", { n: items.length })}</p>
      <MapAndList
        areas={areas}
        places={[]}
        records={records}
        heading={tf("results")}
        none={tf("map_none")}
        at={boxIn(bbox)}
        here={{ name: tf("search_here"), onPress: (view) => onBox(boxSaid(view)) }}
      />
    </>
  );
}
