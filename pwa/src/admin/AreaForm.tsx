import { useState } from "preact/hooks";
import { newId } from "../outbox";
import { attempt } from "../parse";
import { ta } from "../text/admin";
import { tq } from "../text/places";
import { Button, Sheet, TextArea, TextField } from "../ui";
import { type AreaRow, areaRow, type PlaceRow } from "./answers";
import { type AreaSaid, ask } from "./ask";
import { cornersFrom, cornersOf, cornersText, outlineOf } from "./degrees";
import { History } from "./History";
import { MapPart } from "./MapPart";
import { whereWords } from "./PlaceForm";
import { SaveOrRetire } from "./SaveOrRetire";
import { Told, theirsWords } from "./Told";
import { type Held, useEdit } from "./useEdit";
import { AREA_WORDS } from "./words";

const CORNERS_MIN = 3;

const held = ({ id: _, version, ...value }: AreaRow): Held<AreaSaid> => ({ version, value });

/** What is wrong with the corners as they are typed; undefined: nothing. */
function outlineFault(typed: string): string | undefined {
  const read = cornersFrom(typed);
  if (read.is === "wrong") return tq("outline_wrong", { row: read.row });
  return read.corners.length < CORNERS_MIN ? tq("outline_few") : undefined;
}

interface Props {
  places: PlaceRow[];
  areas: AreaRow[];
  /** Null: a new one. */
  found: AreaRow | null;
  onClose: () => void;
}

/** One area: its name, its outline as corners that can be typed or drawn, and whether it is still offered. */
export function AreaForm({ places, areas, found, onClose }: Props) {
  const [id] = useState(() => found?.id ?? newId());
  const [own, setOwn] = useState<string | null>(null);
  const [isAsked, setAsked] = useState(false);
  const [isMap, setMap] = useState(false);
  const blank = { version: null, value: { name: "", geometry: null, active: true } };
  const form = useEdit<AreaSaid>(found === null ? blank : held(found), (body) => {
    const there = attempt(areaRow, body);
    return there && held(there);
  });
  const { value } = form;
  const corners = cornersOf(value.geometry);
  const typed = own ?? (corners === null ? "" : cornersText(corners));
  const isDrawable = corners !== null || own !== null;
  const draw = (text: string) => {
    setOwn(text);
    const read = cornersFrom(text);
    if (read.is === "corners") form.change({ geometry: outlineOf(read.corners) });
  };
  const save = async (part: Partial<AreaSaid> = {}) => {
    setAsked(true);
    if (isDrawable && outlineFault(typed) !== undefined) return;
    if (await form.save((said, based_on) => ask.saveArea(id, based_on, { ...said, ...part }))) onClose();
  };
  if (isMap) {
    const read = cornersFrom(typed);
    return (
      <Sheet title={tq("draw_title")} onClose={() => setMap(false)}>
        <MapPart>
          {({ OutlineDrawer }) => (
            <OutlineDrawer
              areas={areas.filter((one) => one.id !== id)}
              places={places}
              corners={read.is === "corners" ? read.corners : []}
              onDone={(drawn) => {
                draw(cornersText(drawn));
                setMap(false);
              }}
            />
          )}
        </MapPart>
      </Sheet>
    );
  }
  const theirs = form.theirs("geometry");
  const serverFault = form.codes.includes("ring-flat") ? tq("outline_flat") : whereWords(form.codes);
  const fault =
    (isAsked ? outlineFault(typed) : undefined) ??
    (form.wrong.includes("geometry") ? (serverFault ?? ta("wrong_field")) : undefined);
  return (
    <Sheet title={found === null ? tq("area_new") : ta("edit_who", { name: found.name })} onClose={onClose}>
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
        {isDrawable ? (
          <>
            <TextArea
              label={tq("outline")}
              rows={6}
              value={typed}
              maxLength={100_000}
              hint={
                theirs === undefined
                  ? tq("outline_hint")
                  : theirsWords(cornersText(cornersOf(theirs) ?? []).replaceAll("\n", "; "))
              }
              error={fault}
              onInput={draw}
            />
            <Button onPress={() => setMap(true)}>{tq("draw")}</Button>
          </>
        ) : (
          <p class="quiet-words">{tq("outline_parts")}</p>
        )}
        <Told form={form} />
        <SaveOrRetire
          isBusy={form.isBusy}
          isNew={found === null}
          isActive={value.active}
          onActive={(active) => void save({ active })}
        />
      </form>
      {found === null ? null : <History of="areas" id={id} words={AREA_WORDS} />}
    </Sheet>
  );
}
