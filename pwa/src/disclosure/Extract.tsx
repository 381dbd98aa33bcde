import flag from "lucide-static/icons/flag.svg?raw";
import { minuteWords, swerefWords } from "../place/coordinates";
import { known } from "../review/desk-state";
import { type Names, names as namesOf } from "../review/names";
import { recordHref } from "../review/who";
import { language } from "../text";
import { td } from "../text/disclosure";
import { Icon } from "../ui";
import type { MadeRecord, MadeVersion } from "./answers";
import { FIELDS } from "./rules";
import { fieldWords, happeningWords, wordingWords } from "./words";

/** Text with a black box for each piece that is covered: the words behind it are not in the answer. */
function Pieces({ pieces }: { pieces: readonly (string | null)[] }) {
  return (
    <p class="disclosure-said">
      {pieces.map((piece, n) =>
        piece === null ? (
          <span key={n} class="masked">
            <span class="sr-only">{td("covered")}</span>
          </span>
        ) : (
          piece
        ),
      )}
    </p>
  );
}

function positionWords(position: NonNullable<MadeVersion["position"]>): string {
  const { lat, lon } = minuteWords(position, language.value);
  const sweref = swerefWords(position);
  return [`${lat} ${lon}`, sweref && `SWEREF 99 TM ${sweref.north} ${sweref.east}`]
    .filter(Boolean)
    .join(" · ");
}

function Wording({ version }: { version: MadeVersion }) {
  const said = FIELDS.flatMap((name) => {
    const pieces = version.fields[name];
    return pieces === null ? [] : [{ name, pieces }];
  });
  if (said.length === 0 && version.position === null)
    return <p class="quiet-words">{td(version.hidden ? "wording_was_hidden" : "no_field")}</p>;
  return (
    <dl class="extract-wording">
      {version.hidden ? (
        <div>
          <dt>{fieldWords("text")}</dt>
          <dd>{td("wording_was_hidden")}</dd>
        </div>
      ) : null}
      {said.map(({ name, pieces }) => (
        <div key={name}>
          <dt>{fieldWords(name)}</dt>
          <dd>
            <Pieces pieces={pieces} />
          </dd>
        </div>
      ))}
      {version.position ? (
        <div>
          <dt>{td("position")}</dt>
          <dd>{positionWords(version.position)}</dd>
        </div>
      ) : null}
    </dl>
  );
}

function Marks({ record }: { record: MadeRecord }) {
  const href = recordHref(record.shift_id, record.id);
  if (!record.is_corrected && href === null) return null;
  return (
    <p class="row">
      {record.is_corrected ? (
        <strong class="disclosure-flag">
          <Icon svg={flag} />
          {td("record_corrected")}
        </strong>
      ) : null}
      {href === null ? null : (
        <a class="button quiet" href={href}>
          {td("to_shift")}
        </a>
      )}
    </p>
  );
}

function Record({ record, names }: { record: MadeRecord; names: Names }) {
  const { versions } = record;
  const last = versions.at(-1);
  return (
    <li class="card extract-record">
      {record.closed || !last ? (
        <p class="quiet-words">{td(record.erased ? "record_erased" : "record_closed")}</p>
      ) : (
        <h3>{happeningWords(last, names)}</h3>
      )}
      <Marks record={record} />
      {versions.map((version, n) => (
        <div key={version.id}>
          {versions.length > 1 ? (
            <h4 class="wording-head">
              {wordingWords(n, version.stated_at)}
              <small>{happeningWords(version, names)}</small>
            </h4>
          ) : null}
          <Wording version={version} />
        </div>
      ))}
    </li>
  );
}

/** What was handed out, as it was then. */
export function Extract({ items }: { items: readonly MadeRecord[] }) {
  const names = namesOf(known.value, []);
  return (
    <ul class="extract">
      {items.map((record) => (
        <Record key={record.id} record={record} names={names} />
      ))}
    </ul>
  );
}
