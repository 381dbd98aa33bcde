import { known } from "../review/desk-state";
import { oversees } from "../review/who";
import { tw } from "../text/follow";
import { Field, Select, TextArea } from "../ui";
import { dayWords, KINDS, kindWords } from "./words";

export interface Fields {
  kind: string;
  owner: string;
  due: string;
  note: string;
}

/** Who may be given one: those who work at the desk, and whoever has it already. */
function owners(now: string) {
  const users = known.value?.users ?? [];
  return users
    .filter((one) => one.id === now || (oversees(one.role) && one.active !== false))
    .map((one) => ({ value: one.id, label: one.name }));
}

interface Props {
  fields: Fields;
  /** What somebody else has meanwhile made of a field that is being changed here. */
  theirs: Partial<Fields>;
  onChange: (name: keyof Fields, value: string) => void;
}

function nameOf(id: string): string {
  return known.value?.users.find((one) => one.id === id)?.name ?? tw("someone");
}

export const theirWords = (words: string | undefined) =>
  words === undefined ? undefined : tw("theirs", { words: words || tw("empty_words") });

/** The members of a follow-up as fields: what is typed is never redrawn, what another set stands beside it. */
export function WorkFields({ fields, theirs, onChange }: Props) {
  const kinds = KINDS.map((kind) => ({ value: kind as string, label: kindWords(kind) }));
  const known_ = kinds.some(({ value }) => value === fields.kind);
  return (
    <div class="work-fields">
      <Select
        label={tw("kind")}
        value={fields.kind}
        options={known_ ? kinds : [...kinds, { value: fields.kind, label: kindWords(fields.kind) }]}
        error={theirWords(theirs.kind === undefined ? undefined : kindWords(theirs.kind))}
        onChange={(value) => onChange("kind", value)}
      />
      <Select
        label={tw("owner")}
        value={fields.owner}
        options={owners(fields.owner)}
        error={theirWords(theirs.owner === undefined ? undefined : nameOf(theirs.owner))}
        onChange={(value) => onChange("owner", value)}
      />
      <Field
        label={tw("due")}
        error={theirWords(theirs.due === undefined ? undefined : dayWords(theirs.due))}
      >
        {({ id, describedBy }) => (
          <input
            id={id}
            type="date"
            required
            value={fields.due}
            aria-describedby={describedBy}
            onInput={(event) => onChange("due", event.currentTarget.value)}
          />
        )}
      </Field>
      {fields.kind === "concern_report" ? <p class="quiet-words">{tw("concern_help")}</p> : null}
      <TextArea
        label={tw("note")}
        hint={tw("note_hint")}
        value={fields.note}
        error={theirWords(theirs.note)}
        onInput={(value) => onChange("note", value)}
      />
    </div>
  );
}
