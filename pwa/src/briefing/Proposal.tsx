import { known, minute_ms } from "../review/desk-state";
import { Fetched } from "../review/Fetched";
import { names } from "../review/names";
import { useResource } from "../review/use-resource";
import { list, timeNear } from "../text";
import { tfo } from "../text/focus";
import { Button, Section } from "../ui";
import type { Proposal as Found } from "./answers";
import { ask } from "./ask";
import type { Fields } from "./rules";

interface Props {
  /** Of the evenings that are planned for: 0 is Monday. */
  days: readonly number[];
  fields: Fields;
  onChange: (patch: Partial<Fields>) => void;
}

type Place = Found["places"][number];
const clockHours = ({ from_hour, to_hour }: Place) =>
  `${String(from_hour).padStart(2, "0")}–${String(to_hour).padStart(2, "0")}`;

function PlaceLine({ place, isAdded, onAdd }: { place: Place; isAdded: boolean; onAdd: () => void }) {
  const named = names(known.value, []);
  return (
    <li>
      <p>
        <strong>{place.name}</strong> {clockHours(place)}
        <br />
        <small>
          {tfo("proposal_place", { n: place.count, same: place.same_day })} ·{" "}
          {tfo("proposal_mostly", { what: list(place.categories.map(named.category)) })}
        </small>
      </p>
      {isAdded ? (
        <span class="quiet-words">✓ {tfo("proposal_added")}</span>
      ) : (
        <Button name={`${tfo("proposal_add")} ${place.name}`} onPress={onAdd}>
          {tfo("proposal_add")}
        </Button>
      )}
    </li>
  );
}

/** What the figures point at, to be taken over line by line: nothing gets into the form by itself. */
export function Proposal({ days, fields, onChange }: Props) {
  const key = days.join(",");
  const found = useResource(
    `proposal ${key}`,
    (stop) => ask.proposal(days, stop),
    () => false,
  );
  const named = names(known.value, []);
  const has = (id: string) => fields.places.some(({ place_id }) => place_id === id);
  const withPlaces = (places: readonly Place[]) => [
    ...fields.places.filter(({ place_id }) => place_id !== ""),
    ...places
      .filter(({ place_id }) => !has(place_id))
      .map((one) => ({ place_id: one.place_id, hours: clockHours(one) })),
  ];
  const line = ({ category, name }: Found["questions"][number]) =>
    tfo("proposal_line", { what: named.category(category), place: name });
  const withLines = (lines: readonly string[]) =>
    [fields.text.trim(), ...lines.filter((one) => !fields.text.includes(one))].filter(Boolean).join("\n");
  return (
    <aside class="proposal">
      <Fetched resource={found}>
        {({ places, questions }) => (
          <>
            <Section title={tfo("proposal")}>
              {places.length === 0 ? <p class="quiet-words">{tfo("proposal_none")}</p> : null}
              <ul class="proposal-list">
                {places.map((one) => (
                  <PlaceLine
                    key={one.place_id}
                    place={one}
                    isAdded={has(one.place_id)}
                    onAdd={() => onChange({ places: withPlaces([one]) })}
                  />
                ))}
              </ul>
            </Section>
            <Section title={tfo("proposal_open")}>
              {questions.length === 0 ? <p class="quiet-words">{tfo("proposal_open_none")}</p> : null}
              <ul class="proposal-list">
                {questions.map((one) => (
                  <li key={one.id}>
                    <p>
                      {line(one)}
                      <br />
                      <small>
                        {tfo("proposal_seen", { time: timeNear(one.happened_from, minute_ms.value) })}
                      </small>
                    </p>
                    {fields.text.includes(line(one)) ? (
                      <span class="quiet-words">✓ {tfo("proposal_added")}</span>
                    ) : (
                      <Button
                        name={`${tfo("proposal_add")} ${line(one)}`}
                        onPress={() => onChange({ text: withLines([line(one)]) })}
                      >
                        {tfo("proposal_add")}
                      </Button>
                    )}
                  </li>
                ))}
              </ul>
            </Section>
            {places.length + questions.length > 0 ? (
              <Button
                onPress={() => onChange({ places: withPlaces(places), text: withLines(questions.map(line)) })}
              >
                {tfo("proposal_all")}
              </Button>
            ) : null}
            <p class="quiet-words">{tfo("proposal_about")}</p>
          </>
        )}
      </Fetched>
    </aside>
  );
}
