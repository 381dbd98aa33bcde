import { known } from "../review/desk-state";
import { names as namesOf } from "../review/names";
import { td } from "../text/disclosure";
import { Banner, Section } from "../ui";
import type { DraftRecord } from "./answers";
import { DraftItem } from "./DraftItem";
import { type Making, withPositions } from "./use-making";

interface CheckProps {
  label: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
}

function Check({ label, checked, onChange }: CheckProps) {
  return (
    <label class="disclosure-check">
      <input type="checkbox" checked={checked} onChange={(event) => onChange(event.currentTarget.checked)} />
      <span>{label}</span>
    </label>
  );
}

interface Props {
  making: Making;
  records: readonly DraftRecord[];
  more: boolean;
  /** Versions that were here before the records were fetched again; null where they were not. */
  seen: ReadonlySet<string> | null;
}

/** What is handed out, and what of it is covered. */
export function Records({ making, records, more, seen }: Props) {
  const { fields, change } = making;
  const names = namesOf(known.value, []);
  return (
    <Section title={td("part_records")}>
      <p class="quiet-words">{td("never")}</p>
      <p class="quiet-words">{td("how")}</p>
      {more ? <Banner tone="note">{td("most", { n: records.length })}</Banner> : null}
      <div>
        {records.some(({ versions }) => versions.length > 1) ? (
          <Check label={td("earlier")} checked={fields.earlier} onChange={(earlier) => change({ earlier })} />
        ) : null}
        <Check
          label={td("with_positions")}
          checked={withPositions(fields)}
          onChange={(positions) => change({ positions })}
        />
      </div>
      <ul class="extract">
        {records.map((record) => (
          <DraftItem
            key={record.id}
            record={record}
            chosen={fields}
            isChanged={seen !== null && record.versions.some(({ id }) => !seen.has(id))}
            names={names}
            change={change}
          />
        ))}
      </ul>
    </Section>
  );
}
