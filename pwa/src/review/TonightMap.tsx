import { useMemo, useState } from "preact/hooks";
import { drawableAreas, placeItems } from "../map/items";
import { MapAndList } from "../map/MapAndList";
import { namesFrom } from "../map/words";
import { tr } from "../text/review";
import { DeskPage } from "./DeskPage";
import { known } from "./desk-state";
import { Fetched } from "./Fetched";
import { itemsOf } from "./map-items";
import { tonightsLogs } from "./tonights-logs";
import type { Entry } from "./types";
import { useResource } from "./use-resource";

function Shown({ entries }: { entries: Entry[] }) {
  const reference = known.value;
  const shown = useMemo(
    () => ({
      areas: drawableAreas(reference?.areas ?? []),
      places: placeItems(reference?.places ?? [], namesFrom(reference?.vocabulary ?? null)),
      records: itemsOf(entries, reference),
    }),
    [entries, reference],
  );
  return <MapAndList {...shown} />;
}

/** All that is out tonight, on one map with its list. */
export default function TonightMap() {
  const [tonight] = useState(tonightsLogs);
  const logs = useResource("map", tonight.question, tonight.concerns, tonight.missed);
  return (
    <DeskPage title={tr("map")}>
      <Fetched resource={logs}>
        {(data) => <Shown entries={data.flatMap(({ entries }) => entries)} />}
      </Fetched>
    </DeskPage>
  );
}
