import { time } from "../text";
import { tr } from "../text/review";
import { EntryBody } from "./EntryBody";
import { Details, OnPaper } from "./EntryDetails";
import { authorOf, placeOf, title } from "./entry-words";
import type { Names } from "./names";
import { clockWrong, type EntryLine } from "./timeline";
import { aboutWords, positionWords } from "./words";

interface Props {
  line: EntryLine;
  names: Names;
  selected: boolean;
  open: boolean;
  isNew: boolean;
  onSelect: () => void;
  onToggle: () => void;
}

/** A day, where it is another one, small and on a line of its own: the column is as wide as a clock. */
function EntryTime({ at, names }: { at: string; names: Names }) {
  const clock = time(at);
  const day = names.time(at).slice(0, -clock.length).trim();
  return (
    <time dateTime={at}>
      {day ? <small>{`${day} `}</small> : null}
      {clock}
    </time>
  );
}

export function EntryRow({ line, names, selected, open, isNew, onSelect, onToggle }: Props) {
  const { entry, late_at } = line;
  const wrong = clockWrong(entry);
  const place = placeOf(entry);
  const details = `d-${entry.id}`;
  return (
    <li class={`entry ${entry.kind.replace(".", "-")}${selected ? " selected" : ""}`}>
      <div class="entry-when">
        <EntryTime at={entry.stated_at} names={names} />
        {late_at ? <small>{tr("came", { time: names.time(late_at) })}</small> : null}
        {isNew ? <strong class="new-word">{tr("new")}</strong> : null}
      </div>
      <div class="entry-what">
        <h3>
          <button
            type="button"
            data-entry={entry.id}
            aria-expanded={open}
            aria-controls={open ? details : undefined}
            onFocus={onSelect}
            onClick={onToggle}
          >
            {title(entry, names)}
            {place ? <span class="entry-place"> · {place}</span> : null}
          </button>
        </h3>
        <EntryBody entry={entry} names={names} />
        {wrong ? (
          <p class="quiet-words">{tr("clock_wrong", { time: aboutWords(names.time(wrong), entry) })}</p>
        ) : null}
        {open ? <Details entry={entry} id={details} /> : null}
        <OnPaper entry={entry} />
      </div>
      <div class="entry-who">
        <span>{authorOf(entry)}</span>
        <small>{positionWords(entry.position)}</small>
      </div>
    </li>
  );
}
