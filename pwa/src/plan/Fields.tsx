import type { Editing } from "../admin/useEdit";
import { known } from "../review/desk-state";
import { tp } from "../text/plan";
import { Field, ManyChips, Select } from "../ui";
import { areaName, hostNames } from "./words";

interface Common {
  area_id: string | null;
  hosts: string[];
}

interface DateProps {
  label: string;
  value: string;
  hint?: string | undefined;
  onInput: (value: string) => void;
}

export function DayField({ label, value, hint, onInput }: DateProps) {
  return (
    <Field label={label} hint={hint}>
      {({ id, describedBy }) => (
        <input
          id={id}
          type="date"
          value={value}
          aria-describedby={describedBy}
          onInput={(event) => onInput(event.currentTarget.value)}
        />
      )}
    </Field>
  );
}

/** Those who go out: hosts, and whoever is on the plan already. */
function choices(chosen: readonly string[]) {
  return (known.value?.users ?? [])
    .filter(({ id, role, active }) => chosen.includes(id) || (active !== false && role === "host"))
    .map(({ id, name }) => ({ value: id, label: name }));
}

/** Where, and who: the same for one evening and for a series. */
export function WhereAndWho<T extends Common>({
  form,
  change,
}: {
  form: Editing<T>;
  change: (part: Partial<Common>) => void;
}) {
  const theirArea = form.theirs("area_id");
  const theirHosts = form.theirs("hosts");
  const areas = (known.value?.areas ?? []).filter(({ active, id }) => active || id === form.value.area_id);
  return (
    <>
      <Select
        label={tp("area")}
        value={form.value.area_id ?? ""}
        options={[
          { value: "", label: tp("no_area") },
          ...areas.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        onChange={(id) => change({ area_id: id || null })}
        hint={theirArea === undefined ? undefined : tp("theirs", { value: areaName(theirArea) })}
      />
      <ManyChips
        legend={tp("hosts")}
        choices={choices(form.value.hosts)}
        values={form.value.hosts}
        onChange={(hosts) => change({ hosts })}
      />
      {theirHosts === undefined ? null : <p class="hint">{tp("theirs", { value: hostNames(theirHosts) })}</p>}
    </>
  );
}
