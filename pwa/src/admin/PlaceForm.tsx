import { useState } from "preact/hooks";
import { newId } from "../outbox";
import { attempt } from "../parse";
import { known } from "../review/desk-state";
import { ta } from "../text/admin";
import { named } from "../text/engine";
import { tq } from "../text/places";
import { Button, Select, Sheet, TextArea, TextField } from "../ui";
import { type AreaRow, type PlaceRow, placeRow } from "./answers";
import { ask, type PlaceSaid } from "./ask";
import { type LonLat, positionFrom, positionText } from "./degrees";
import { History } from "./History";
import { MapPart } from "./MapPart";
import { SaveOrRetire } from "./SaveOrRetire";
import { Told, theirsWords } from "./Told";
import { type Editing, type Held, useEdit } from "./useEdit";
import { PLACE_WORDS } from "./words";

const BLANK: PlaceSaid = {
  name: "",
  kind: "other",
  area_id: null,
  lon: Number.NaN,
  lat: Number.NaN,
  note: null,
  active: true,
};

const held = ({ id: _, version, ...value }: PlaceRow): Held<PlaceSaid> => ({ version, value });

/** What the server says is wrong with where it lies. */
export function whereWords(codes: readonly string[]): string | undefined {
  if (codes.includes("swapped")) return tq("swapped");
  if (codes.includes("metres")) return tq("metres");
  if (codes.includes("outside")) return tq("outside");
  return undefined;
}

function kinds(chosen: string) {
  const options = (known.value?.vocabulary.place_kinds ?? []).map((one) => ({
    value: one.code,
    label: named(one),
  }));
  return options.some(({ value }) => value === chosen)
    ? options
    : [{ value: chosen, label: chosen }, ...options];
}

function areaOptions(areas: readonly AreaRow[], chosen: string | null) {
  const offered = areas.filter(({ id, active }) => active || id === chosen);
  return [
    { value: "", label: tq("by_outline") },
    ...offered.map(({ id, name }) => ({ value: id, label: name })),
  ];
}

interface PositionProps {
  form: Editing<PlaceSaid>;
  typed: string;
  isAsked: boolean;
  onTyped: (typed: string) => void;
}

function PositionField({ form, typed, isAsked, onTyped }: PositionProps) {
  const [lat, lon] = [form.theirs("lat"), form.theirs("lon")];
  const moved = lat !== undefined || lon !== undefined;
  const theirs = moved ? positionText({ lat: lat ?? form.value.lat, lon: lon ?? form.value.lon }) : undefined;
  const isWrong = isAsked && positionFrom(typed) === null;
  return (
    <TextField
      label={tq("position")}
      value={typed}
      hint={theirsWords(theirs) ?? tq("position_hint")}
      error={
        isWrong
          ? tq("position_wrong")
          : form.wrong.includes("lon")
            ? (whereWords(form.codes) ?? tq("position_wrong"))
            : undefined
      }
      maxLength={80}
      verbatim
      onInput={onTyped}
    />
  );
}

interface Props {
  places: PlaceRow[];
  areas: AreaRow[];
  /** Null: a new one. */
  found: PlaceRow | null;
  onClose: () => void;
}

/** One place: what hosts call it, where it lies, and whether it is still offered. */
export function PlaceForm({ places, areas, found, onClose }: Props) {
  const [id] = useState(() => found?.id ?? newId());
  const [own, setOwn] = useState<string | null>(null);
  const [isAsked, setAsked] = useState(false);
  const [isMap, setMap] = useState(false);
  const form = useEdit<PlaceSaid>(found === null ? { version: null, value: BLANK } : held(found), (body) => {
    const there = attempt(placeRow, body);
    return there && held(there);
  });
  const { value } = form;
  const typed = own ?? (Number.isNaN(value.lat) ? "" : positionText(value));
  const place = (point: LonLat | null, text: string) => {
    setOwn(text);
    // Moved: which area it lies in is for the outlines to say again.
    if (point) form.change({ ...point, area_id: null });
  };
  const save = async (part: Partial<PlaceSaid> = {}) => {
    setAsked(true);
    if (positionFrom(typed) === null) return;
    if (await form.save((said, based_on) => ask.savePlace(id, based_on, { ...said, ...part }))) onClose();
  };
  if (isMap)
    return (
      <Sheet title={tq("on_map")} onClose={() => setMap(false)}>
        <MapPart>
          {({ PointPicker }) => (
            <PointPicker
              areas={areas}
              places={places}
              near={positionFrom(typed)}
              own={null}
              onPick={(point) => {
                place(point, positionText(point));
                setMap(false);
              }}
              onPickPlace={(other) => {
                const there = places.find((one) => one.id === other);
                if (there) place({ lon: there.lon, lat: there.lat }, positionText(there));
                setMap(false);
              }}
            />
          )}
        </MapPart>
      </Sheet>
    );
  const title = found === null ? tq("place_new") : ta("edit_who", { name: found.name });
  return (
    <Sheet title={title} onClose={onClose}>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <TextField
          label={ta("name")}
          value={value.name}
          maxLength={120}
          hint={theirsWords(form.theirs("name"))}
          error={form.wrong.includes("name") ? ta("wrong_field") : undefined}
          onInput={(name) => form.change({ name })}
        />
        <Select
          label={tq("kind")}
          value={value.kind}
          options={kinds(value.kind)}
          hint={theirsWords(form.theirs("kind"))}
          error={form.wrong.includes("kind") ? ta("wrong_field") : undefined}
          onChange={(kind) => form.change({ kind })}
        />
        <PositionField
          form={form}
          typed={typed}
          isAsked={isAsked}
          onTyped={(text) => place(positionFrom(text), text)}
        />
        <Button onPress={() => setMap(true)}>{tq("on_map")}</Button>
        <Select
          label={tq("area")}
          value={value.area_id ?? ""}
          options={areaOptions(areas, value.area_id)}
          error={form.wrong.includes("area_id") ? ta("wrong_field") : undefined}
          onChange={(area_id) => form.change({ area_id: area_id || null })}
        />
        <TextArea
          label={ta("note")}
          value={value.note ?? ""}
          maxLength={500}
          hint={theirsWords(form.theirs("note"))}
          error={form.wrong.includes("note") ? ta("wrong_field") : undefined}
          onInput={(note) => form.change({ note: note || null })}
        />
        <Told form={form} />
        <SaveOrRetire
          isBusy={form.isBusy}
          isNew={found === null}
          isActive={value.active}
          onActive={(active) => void save({ active })}
        />
      </form>
      {found === null ? null : <History of="places" id={id} words={PLACE_WORDS} />}
    </Sheet>
  );
}
