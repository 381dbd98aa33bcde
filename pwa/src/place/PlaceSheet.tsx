import check from "lucide-static/icons/check.svg?raw";
import { useState } from "preact/hooks";
import { places } from "../store/state";
import type { Place, Position } from "../store/types";
import { distance, t } from "../text";
import { Button, Empty, Icon, Section, Sheet, TextField } from "../ui";
import type { PlaceChoice } from "./PlaceLine";
import { nearest, search } from "./rules";

interface Props extends PlaceChoice {
  position: Position | null;
  onlyListed: boolean;
  onClose: () => void;
  onChange: (choice: PlaceChoice) => void;
}

interface RowProps {
  place: Place;
  away?: string;
  isChosen: boolean;
  onPress: () => void;
}

function PlaceRow({ place, away, isChosen, onPress }: RowProps) {
  return (
    <li>
      <button type="button" class="list-row" aria-pressed={isChosen} onClick={onPress}>
        <span>{place.name}</span>
        {away ? <small>{away}</small> : null}
        {isChosen ? <Icon svg={check} /> : null}
      </button>
    </li>
  );
}

/** Near first with metres, then every place by name; words where none fits. */
export function PlaceSheet({ placeId, placeText, position, onlyListed, onClose, onChange }: Props) {
  const [words, setWords] = useState("");
  const [text, setText] = useState(placeText);
  const near = words === "" ? nearest(places.value, position) : [];
  const all = search(places.value, words);
  const choose = (id: string | null) => onChange({ placeId: id, placeText: text.trim() });
  return (
    <Sheet
      title={t("place.choose")}
      onClose={onClose}
      footer={
        onlyListed ? undefined : (
          <>
            <TextField
              label={t("place.text")}
              hint={t("place.text.hint")}
              value={text}
              onInput={setText}
              maxLength={200}
            />
            <Button wide tone={text.trim() === placeText ? "plain" : "main"} onPress={() => choose(placeId)}>
              {t("ui.done")}
            </Button>
          </>
        )
      }
    >
      <TextField label={t("place.search")} type="search" value={words} onInput={setWords} />
      {near.length > 0 ? (
        <Section title={t("place.near")}>
          <ul class="list">
            {near.map(({ place, distance_m }) => (
              <PlaceRow
                key={place.id}
                place={place}
                away={distance(distance_m)}
                isChosen={place.id === placeId}
                onPress={() => choose(place.id)}
              />
            ))}
          </ul>
        </Section>
      ) : null}
      <Section title={t("place.all")}>
        {all.length === 0 ? (
          <Empty title={words === "" ? t("place.list.empty") : t("place.search.empty")} />
        ) : null}
        <ul class="list">
          {all.map((place) => (
            <PlaceRow
              key={place.id}
              place={place}
              isChosen={place.id === placeId}
              onPress={() => choose(place.id)}
            />
          ))}
          <li>
            <button
              type="button"
              class="list-row"
              aria-pressed={placeId === null}
              onClick={() => choose(null)}
            >
              <span>{t("place.none")}</span>
              {placeId === null ? <Icon svg={check} /> : null}
            </button>
          </li>
        </ul>
      </Section>
    </Sheet>
  );
}
