import check from "lucide-static/icons/check.svg?raw";
import { useEffect, useState } from "preact/hooks";
import { places } from "../store/state";
import type { Place, Position } from "../store/types";
import { distance, t } from "../text";
import { Button, Empty, Icon, Section, Sheet, TextField } from "../ui";
import type { PlaceChoice } from "./PlaceLine";
import type { Pin } from "./pin";
import { nearest, search } from "./rules";

const loadPin = () => import("./PickPoint");
type PinPart = Awaited<ReturnType<typeof loadPin>>;

interface Props extends PlaceChoice {
  position: Position | null;
  onlyListed: boolean;
  mayDropPin?: boolean;
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
export function PlaceSheet(props: Props) {
  const { placeId, placeText, pin, position, onlyListed, mayDropPin = true, onClose, onChange } = props;
  const [words, setWords] = useState("");
  const [text, setText] = useState(placeText);
  const near = words === "" ? nearest(places.value, position) : [];
  const all = search(places.value, words);
  const [part, setPart] = useState<PinPart | null>(null);
  const [isPicking, setPicking] = useState(false);
  useEffect(() => {
    // The list does without it.
    if (pin !== undefined) void loadPin().then(setPart, () => undefined);
  }, []);
  const choose = (id: string | null, point: Pin | null = null) =>
    onChange({ placeId: id, placeText: text.trim(), ...(pin === undefined ? {} : { pin: point }) });
  if (part && isPicking)
    return (
      <part.PickPoint
        pin={pin ?? null}
        placeId={placeId}
        placeText={text.trim()}
        position={position}
        onClose={() => setPicking(false)}
        onChange={onChange}
      />
    );
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
            <Button
              wide
              tone={text.trim() === placeText ? "plain" : "main"}
              onPress={() => choose(placeId, pin)}
            >
              {t("ui.done")}
            </Button>
          </>
        )
      }
    >
      {part && pin !== undefined ? (
        <part.PinButtons
          pin={pin}
          onOpen={() => setPicking(true)}
          onDrop={mayDropPin ? () => choose(placeId) : undefined}
        />
      ) : null}
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
              onClick={() => choose(null, mayDropPin ? null : pin)}
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
