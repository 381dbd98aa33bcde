import { known } from "../review/desk-state";
import type { Code } from "../store/types";
import { named } from "../text";
import { tf } from "../text/find";
import { Button, Field, ManyChips, Select } from "../ui";
import { type Asked, KINDS, SORTS, STATES } from "./rules";

interface Props {
  asked: Asked;
  /** At once, with whatever words are in the field. */
  onChange: (part: Partial<Asked>) => void;
}

function DateField({
  label,
  value,
  onInput,
}: {
  label: string;
  value: string;
  onInput: (v: string) => void;
}) {
  return (
    <Field label={label}>
      {({ id }) => (
        <input type="date" id={id} value={value} onChange={(event) => onInput(event.currentTarget.value)} />
      )}
    </Field>
  );
}

const anyOf = (options: { value: string; label: string }[]) => [{ value: "", label: tf("all") }, ...options];
const coded = (list: readonly Code[] | undefined) =>
  (list ?? []).map((item) => ({ value: item.code, label: named(item) }));
const byName = (list: readonly { id: string; name: string }[] | undefined) =>
  (list ?? [])
    .map(({ id, name }) => ({ value: id, label: name }))
    .sort((a, b) => a.label.localeCompare(b.label, "sv"));

function Where({ asked, onChange }: Props) {
  const reference = known.value;
  return (
    <>
      <Select
        label={tf("area")}
        value={asked.area ?? ""}
        options={anyOf(byName(reference?.areas))}
        onChange={(area) => onChange({ area: area || null })}
      />
      <Select
        label={tf("place")}
        value={asked.place ?? ""}
        options={anyOf(byName(reference?.places))}
        onChange={(place) => onChange({ place: place || null })}
      />
    </>
  );
}

function What({ asked, onChange }: Props) {
  const words = known.value?.vocabulary;
  const levels = (words?.severities ?? []).map((level) => ({
    value: String(level.code),
    label: tf("at_least", { level: named(level) }),
  }));
  return (
    <>
      <Select
        label={tf("group")}
        value={asked.groups[0] ?? ""}
        options={anyOf(coded(words?.groups))}
        onChange={(group) => onChange({ groups: group ? [group] : [] })}
      />
      <Select
        label={tf("category")}
        value={asked.codes[0] ?? ""}
        options={anyOf([...coded(words?.categories), ...coded(words?.services)])}
        onChange={(code) => onChange({ codes: code ? [code] : [] })}
      />
      <Select
        label={tf("severity")}
        value={asked.severity?.toString() ?? ""}
        options={anyOf(levels)}
        onChange={(level) => onChange({ severity: level ? Number(level) : null })}
      />
    </>
  );
}

/** Every filter is in the address as soon as it is chosen. */
export function Filters({ asked, onChange }: Props) {
  return (
    <div class="find-filters">
      <div class="desk-filter">
        <DateField
          label={tf("from")}
          value={asked.from ?? ""}
          onInput={(from) => onChange({ from: from || null })}
        />
        <DateField label={tf("to")} value={asked.to ?? ""} onInput={(to) => onChange({ to: to || null })} />
        <Where asked={asked} onChange={onChange} />
        <What asked={asked} onChange={onChange} />
        <Select
          label={tf("sort")}
          value={asked.sort}
          options={SORTS.map((sort) => ({ value: sort, label: tf(`sort_${sort}`) }))}
          onChange={(chosen) => onChange({ sort: SORTS.find((sort) => sort === chosen) ?? "newest" })}
        />
      </div>
      <div class="find-chips">
        <ManyChips
          legend={tf("kinds")}
          choices={KINDS.map((kind) => ({ value: kind, label: tf(`kind_${kind}`) }))}
          values={asked.kinds}
          onChange={(chosen) => onChange({ kinds: KINDS.filter((kind) => chosen.includes(kind)) })}
        />
        <ManyChips
          legend={tf("state")}
          choices={STATES.map((state) => ({ value: state, label: tf(`state_${state}`) }))}
          values={asked.states}
          onChange={(chosen) => onChange({ states: STATES.filter((state) => chosen.includes(state)) })}
        />
      </div>
      {asked.bbox ? (
        <p class="row">
          <span>{tf("here")}</span>
          <Button tone="quiet" onPress={() => onChange({ bbox: null })}>
            {tf("here_off")}
          </Button>
        </p>
      ) : null}
    </div>
  );
}
