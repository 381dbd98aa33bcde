import type { ComponentChildren } from "preact";
import { useMemo } from "preact/hooks";
import { areas, ownOps, places, records, vocabulary } from "../store/state";
import type { QuestionValue } from "../store/types";
import { language } from "../text/engine";
import { tm } from "../text/map";
import { Page, Section } from "../ui/index";
import { drawableAreas, placeItems, questionItems, recordItems } from "./items";
import { MapAndList } from "./MapAndList";
import { tonightsRecords } from "./tonight";
import { namesFrom, restrictedBy } from "./words";

/** The host's map: what this phone knows of tonight, from its own store, so it is the same with and without network. */
interface Props {
  /** What is asked tonight, and how it is answered: known by those who hand it in. */
  questions: readonly QuestionValue[];
  card: (id: string) => ComponentChildren;
  answers: (id: string) => ComponentChildren;
}

export default function MapScreen({ questions, card, answers }: Props) {
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
      questions: questionItems(questions, byId, names),
    };
  }, [known.places, known.areas, known.words, pulled, ops, spoken, questions]);
  const { questions: asked, ...rest } = shown;
  return (
    <Page title={tm("title")}>
      <MapAndList {...rest} asked={{ items: asked.items, card, answers }} />
      {asked.unplaced.length > 0 ? (
        <Section title={tm("questions_unplaced")}>
          {asked.unplaced.map(({ id }) => (
            <div key={id}>{card(id)}</div>
          ))}
        </Section>
      ) : null}
    </Page>
  );
}
