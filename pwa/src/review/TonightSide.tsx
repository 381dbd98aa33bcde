import { useMemo, useState } from "preact/hooks";
import { drawableAreas, placeItems } from "../map/items";
import { MapView } from "../map/MapView";
import { namesFrom } from "../map/words";
import { tr } from "../text/review";
import { LinkButton } from "../ui";
import { known } from "./desk-state";
import { itemsOf } from "./map-items";
import { MAP } from "./routes";
import { tonightsLogs } from "./tonights-logs";
import { useResource } from "./use-resource";
import "../map/map.css";

/** The evening at a glance beside the board; its list is one press away. */
export default function TonightSide() {
  const [tonight] = useState(tonightsLogs);
  const logs = useResource("side", tonight.question, tonight.concerns, tonight.missed).loaded.value;
  const entries = useMemo(
    () => (logs.state === "ready" || logs.state === "stale" ? logs.data.flatMap((log) => log.entries) : []),
    [logs],
  );
  const reference = known.value;
  const shown = useMemo(
    () => ({
      areas: drawableAreas(reference?.areas ?? []),
      items: [
        ...itemsOf(entries, reference).items,
        ...placeItems(reference?.places ?? [], namesFrom(reference?.vocabulary ?? null)),
      ],
    }),
    [entries, reference],
  );
  return (
    <aside class="tonight-side" aria-label={tr("map_tonight")}>
      <MapView label={tr("map_tonight")} {...shown} selected={[]} own={null} onSelect={() => undefined} />
      <LinkButton tone="quiet" href={MAP}>
        {tr("map_as_list")}
      </LinkButton>
    </aside>
  );
}
