import { useState } from "preact/hooks";
import { newId } from "../outbox";
import { attempt } from "../parse";
import { known } from "../review/desk-state";
import { ta } from "../text/admin";
import { named } from "../text/engine";
import { Button, Select, Sheet, TextField } from "../ui";
import { type ServiceNumber, serviceNumber } from "./answers";
import { ask, type NumberSaid } from "./ask";
import { History } from "./History";
import { SaveOrRetire } from "./SaveOrRetire";
import { Told, theirsWords } from "./Told";
import { type Held, useEdit } from "./useEdit";
import { NUMBER_WORDS } from "./words";

const BLANK: NumberSaid = {
  service: "",
  name: "",
  number: null,
  hours: null,
  note: null,
  checked_on: null,
  active: true,
};

export function heldNumber({ id: _, version, ...value }: ServiceNumber): Held<NumberSaid> {
  return { version, value };
}

/** The vocabulary's services, and the one that is there though no longer known. */
function services(chosen: string) {
  const all = known.value?.vocabulary.services ?? [];
  const options = all.map((one) => ({ value: one.code, label: named(one) }));
  return options.some(({ value }) => value === chosen)
    ? options
    : [{ value: chosen, label: chosen === "" ? "–" : `${chosen} (${ta("unknown")})` }, ...options];
}

interface Props {
  /** Null: a new one. */
  found: ServiceNumber | null;
  today: string;
  onClose: () => void;
}

/** One number: whose, when they answer, and when it was last made sure of. */
export function NumberForm({ found, today, onClose }: Props) {
  const [id] = useState(() => found?.id ?? newId());
  const form = useEdit<NumberSaid>(
    found === null ? { version: null, value: BLANK } : heldNumber(found),
    (body) => {
      const there = attempt(serviceNumber, body);
      return there && heldNumber(there);
    },
  );
  const save = async (part: Partial<NumberSaid> = {}) => {
    if (await form.save((said, based_on) => ask.saveNumber(id, based_on, { ...said, ...part }))) onClose();
  };
  const { value } = form;
  const field = (member: "name" | "number" | "hours" | "note", hint?: string) => ({
    value: value[member] ?? "",
    hint: theirsWords(form.theirs(member)) ?? hint,
    error: form.wrong.includes(member) ? ta(member === "number" ? "number_wrong" : "wrong_field") : undefined,
  });
  return (
    <Sheet title={found === null ? ta("number_new") : ta("edit_who", { name: found.name })} onClose={onClose}>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <Select
          label={ta("service")}
          value={value.service}
          options={services(value.service)}
          onChange={(service) => form.change({ service })}
          hint={theirsWords(form.theirs("service"))}
          error={form.wrong.includes("service") ? ta("wrong_field") : undefined}
        />
        <TextField
          label={ta("name")}
          {...field("name")}
          maxLength={120}
          onInput={(name) => form.change({ name })}
        />
        <TextField
          label={ta("number")}
          {...field("number")}
          inputMode="tel"
          maxLength={40}
          onInput={(number) => form.change({ number: number.trim() || null })}
        />
        <TextField
          label={ta("hours")}
          {...field("hours", ta("hours_hint"))}
          maxLength={500}
          onInput={(hours) => form.change({ hours: hours || null })}
        />
        <TextField
          label={ta("note")}
          {...field("note")}
          maxLength={500}
          onInput={(note) => form.change({ note: note || null })}
        />
        <Told form={form} />
        <SaveOrRetire
          isBusy={form.isBusy}
          isNew={found === null}
          isActive={value.active}
          onActive={(active) => void save({ active })}
        >
          <Button busy={form.isBusy} onPress={() => void save({ checked_on: today })}>
            {ta("checked_today")}
          </Button>
        </SaveOrRetire>
      </form>
      {found === null ? null : <History of="numbers" id={id} words={NUMBER_WORDS} />}
    </Sheet>
  );
}
