import { useMemo } from "preact/hooks";
import { areas, ownOps, places, records, vocabulary } from "../store/state";
import { language } from "../text/engine";
import { tm } from "../text/map";
import { Page } from "../ui/index";
import { drawableAreas, placeItems, recordItems } from "./items";
import { MapAndList } from "./MapAndList";
import { tonightsRecords } from "./tonight";
import { namesFrom, restrictedBy } from "./words";

/** The host's map: what this phone knows of tonight, from its own store, so it is the same with and without network. */
export default function MapScreen() {
  const known = { places: places.value, areas: areas.value, words: vocabulary.value };
  const pulled = records.value;
  const ops = ownOps.value;
  const spoken = language.value;
  const shown = useMemo(() => {
    const names = namesFrom(known.words);
    const byId = new Map(known.places.map((place) => [place.id, place]));
    const tonight = tonightsRecords(pulled, ops, Date.now());
    return {
      areas: drawableAreas(known.areas),
      places: placeItems(known.places, names),
      records: recordItems(tonight, byId, names, restrictedBy(known.words)),
    };
  }, [known.places, known.areas, known.words, pulled, ops, spoken]);
  return (
    <Page title={tm("title")}>
      <MapAndList {...shown} />
    </Page>
  );
}
