import { useState } from "preact/hooks";
import { list, object, text } from "../parse";
import { known } from "../review/desk-state";
import { type Editing, useEditing, type Version } from "../review/editing";
import { instantOf, wallOf } from "../text/clock";
import { tfo } from "../text/focus";
import { Banner, Button, Field, goFromHere, Select, SubmitButton, TextArea, TimeField } from "../ui";
import { currentIn } from "./answers";
import { ask } from "./ask";
import { PlacesField } from "./PlacesField";
import { Proposal } from "./Proposal";
import { FOCUS } from "./routes";
import { type Fault, type Fields, faultOf, fieldsOf, type Wall, weekdays } from "./rules";
import { Theirs } from "./Theirs";

const clock = { wallOf, instantOf };
const wall = object({ date: text, time: text });
const parse = object({
  text,
  places: list(object({ place_id: text, hours: text })),
  area_id: text,
  from: wall,
  to: wall,
});

interface WallProps {
  date: string;
  time: string;
  value: Wall;
  onChange: (value: Wall) => void;
}

function WallField({ date, time, value, onChange }: WallProps) {
  return (
    <>
      <Field label={date}>
        {({ id }) => (
          <input
            id={id}
            type="date"
            value={value.date}
            onInput={(event) => onChange({ ...value, date: event.currentTarget.value })}
          />
        )}
      </Field>
      <TimeField label={time} value={value.time} onTime={(next) => onChange({ ...value, time: next })} />
    </>
  );
}

function Outcome({ editing }: { editing: Editing<Fields> }) {
  const { sending, isNotKept, isTouched } = editing;
  if (isNotKept) return <Banner tone="danger">{tfo("not_kept")}</Banner>;
  if (sending.is === "failed") {
    const words = { frozen: "frozen", offline: "failed_offline" } as const;
    const key =
      sending.problem === "frozen" || sending.problem === "offline" ? words[sending.problem] : "failed";
    return <Banner tone="danger">{tfo(key)}</Banner>;
  }
  return (
    <p class="quiet-words" role="status">
      {sending.is === "sending" ? tfo("saving") : isTouched ? tfo("draft_kept") : ""}
    </p>
  );
}

export function Editor({ id, current }: { id: string; current: Version<Fields> }) {
  const editing = useEditing<Fields>({
    id: `briefing:${id}`,
    current,
    parse,
    send: async (fields, based_on) => {
      const now = await ask.put(id, fields, based_on);
      return { version: now.version, fields: fieldsOf(now, clock) };
    },
    newer: (body) => {
      const now = currentIn(body);
      return now && { version: now.version, fields: fieldsOf(now, clock) };
    },
  });
  const [fault, setFault] = useState<Fault | null>(null);
  const { fields, change } = editing;
  const areas = (known.value?.areas ?? []).map(({ id: value, name: label }) => ({ value, label }));
  const save = async () => {
    const found = faultOf(fields, clock);
    setFault(found);
    const lead = goFromHere();
    if (found === null && (await editing.save())) lead(FOCUS);
  };
  return (
    <div class="briefing-desk">
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <Theirs editing={editing} />
        <TextArea
          label={tfo("text")}
          hint={tfo("text_hint")}
          value={fields.text}
          rows={5}
          onInput={(next) => change({ text: next })}
        />
        <PlacesField places={fields.places} onChange={(places) => change({ places })} />
        <div class="briefing-when">
          <WallField
            date={tfo("from_date")}
            time={tfo("from_time")}
            value={fields.from}
            onChange={(from) => change({ from })}
          />
          <WallField
            date={tfo("to_date")}
            time={tfo("to_time")}
            value={fields.to}
            onChange={(to) => change({ to })}
          />
        </div>
        <Select
          label={tfo("area")}
          value={fields.area_id}
          onChange={(area_id) => change({ area_id })}
          options={[{ value: "", label: tfo("all_areas") }, ...areas]}
        />
        {fault ? <Banner tone="danger">{tfo(fault)}</Banner> : null}
        <Outcome editing={editing} />
        <div class="row">
          <SubmitButton tone="main" busy={editing.sending.is === "sending"}>
            {tfo("save")}
          </SubmitButton>
          {editing.isTouched ? (
            <Button tone="quiet" disabled={editing.sending.is === "sending"} onPress={editing.discard}>
              {tfo("discard")}
            </Button>
          ) : null}
        </div>
      </form>
      <Proposal days={weekdays(fields, clock)} fields={fields} onChange={change} />
    </div>
  );
}
