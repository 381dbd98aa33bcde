import flag from "lucide-static/icons/flag.svg?raw";
import { useMemo } from "preact/hooks";
import type { Names } from "../review/names";
import { td } from "../text/disclosure";
import { Icon } from "../ui";
import type { DraftRecord, DraftVersion } from "./answers";
import { type Chosen, shownOf, type VersionMasks, versionsOf } from "./rules";
import { Tokens } from "./Tokens";
import type { Change } from "./use-making";
import { happeningWords, wordingWords } from "./words";

interface WordingProps {
  version: DraftVersion;
  masks: VersionMasks | undefined;
  change: Change;
}

function Words({ version, masks, change }: WordingProps) {
  if (version.hidden) return <p class="quiet-words">{td("wording_hidden")}</p>;
  const fields = shownOf(version, masks);
  if (fields.length === 0) return <p class="quiet-words">{td("no_field")}</p>;
  return (
    <>
      {fields.map((field) => (
        <Tokens
          key={field.name}
          field={field}
          onMask={(masked) =>
            change((now) => ({
              masks: { ...now.masks, [version.id]: { ...now.masks[version.id], [field.name]: masked } },
            }))
          }
        />
      ))}
    </>
  );
}

/** Two hundred records are thousands of words: only those that were touched are drawn anew. */
function Wording({ version, masks, change }: WordingProps) {
  return useMemo(() => <Words version={version} masks={masks} change={change} />, [version, masks, change]);
}

function Marks({ record, isChanged }: { record: DraftRecord; isChanged: boolean }) {
  const { status } = record;
  if (status === "current" && !isChanged) return null;
  return (
    <p class="row">
      {status === "current" ? null : <span class="quiet-words">{td(`status_${status}`)}</span>}
      {isChanged ? (
        <strong class="disclosure-flag">
          <Icon svg={flag} />
          {td("changed")}
        </strong>
      ) : null}
    </p>
  );
}

interface Props {
  record: DraftRecord;
  chosen: Chosen;
  /** Corrected since it was first shown here. */
  isChanged: boolean;
  names: Names;
  change: Change;
}

/** A record of the draft: taken along or not, and its words. */
export function DraftItem({ record, chosen, isChanged, names, change }: Props) {
  const { id } = record;
  const versions = versionsOf(record, chosen.earlier);
  const inForce = record.versions.at(-1);
  if (!inForce) return null;
  const isTaken = !chosen.left_out.includes(id);
  return (
    <li class="card draft-record">
      <h3>
        <label class="disclosure-check">
          <input
            type="checkbox"
            checked={isTaken}
            onChange={() =>
              change(({ left_out }) => ({
                left_out: left_out.includes(id) ? left_out.filter((one) => one !== id) : [...left_out, id],
              }))
            }
          />
          <span>{happeningWords(inForce, names)}</span>
        </label>
      </h3>
      <Marks record={record} isChanged={isChanged} />
      {isTaken ? (
        versions.map((version, n) => (
          <div key={version.id} class="draft-wording">
            {versions.length > 1 ? (
              <h4 class="wording-head">
                {wordingWords(n, version.stated_at)}
                <small>{happeningWords(version, names)}</small>
              </h4>
            ) : null}
            <Wording version={version} masks={chosen.masks[version.id]} change={change} />
          </div>
        ))
      ) : (
        <p class="quiet-words">{td("left_out")}</p>
      )}
    </li>
  );
}
