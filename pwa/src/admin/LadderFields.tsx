import { useState } from "preact/hooks";
import { tx } from "../text/ladder";
import { ManyChips, Select, TextField } from "../ui";
import type { LadderStep, Ladders } from "./answers";
import { GROUPS, isGroup, WAYS, waysInOrder, whomInOrder } from "./ladder";
import { wayNow, whoWord } from "./ladder-words";

const MINUTES = /^\d{1,4}$/;

interface MinutesProps {
  label: string;
  value: number | null;
  hint?: string | undefined;
  error?: string | undefined;
  onChange: (value: number | null) => void;
}

/** A number while it is typed: what is none yet stays as it is written, and is null to others. */
export function Minutes({ label, value, hint, error, onChange }: MinutesProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const read = (said: string) => (MINUTES.test(said.trim()) ? Number(said) : null);
  const isTyped = typed !== null && read(typed) === value;
  return (
    <TextField
      label={label}
      value={isTyped ? typed : String(value ?? "")}
      hint={hint}
      error={error}
      inputMode="numeric"
      maxLength={4}
      onInput={(said) => {
        setTyped(said);
        onChange(read(said));
      }}
    />
  );
}

interface WhomProps {
  step: LadderStep;
  kind: string;
  people: Ladders["people"];
  error: string | undefined;
  onChange: (whom: string[]) => void;
}

export function Whom({ step, kind, people, error, onChange }: WhomProps) {
  const named = step.whom.filter((who) => !isGroup(who));
  const others = people.filter(({ id }) => !named.includes(id));
  const change = (whom: readonly string[]) => onChange(whomInOrder(whom));
  return (
    <>
      <ManyChips
        legend={tx("whom")}
        choices={[...GROUPS, ...named].map((who) => ({ value: who, label: whoWord(who, kind, people) }))}
        values={step.whom}
        onChange={change}
      />
      {error === undefined ? null : (
        <p class="field-error" role="alert">
          {error}
        </p>
      )}
      <Select
        label={tx("person")}
        value=""
        options={[
          { value: "", label: tx("person_none") },
          ...others.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        onChange={(id) => {
          if (id !== "") change([...step.whom, id]);
        }}
      />
    </>
  );
}

interface ByProps {
  step: LadderStep;
  channels: Ladders["channels"];
  error: string | undefined;
  onChange: (via: string[]) => void;
}

export function By({ step, channels, error, onChange }: ByProps) {
  return (
    <>
      <ManyChips
        legend={tx("by")}
        choices={WAYS.map((way) => ({
          value: way,
          label: wayNow(way, channels),
        }))}
        values={step.via}
        onChange={(via) => onChange(waysInOrder(via))}
      />
      {error === undefined ? null : (
        <p class="field-error" role="alert">
          {error}
        </p>
      )}
    </>
  );
}
