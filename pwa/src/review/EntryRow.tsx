import { dateTime, time } from "../text";
import { tr } from "../text/review";
import { EntryBody } from "./EntryBody";
import { placeOf, title } from "./entry-words";
import type { Names } from "./names";
import { clockWrong, type EntryLine } from "./timeline";
import type { Entry } from "./types";
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

/** Three clocks and the numbers, for who wants to be sure. */
function Details({ entry, id }: { entry: Entry; id: string }) {
  const facts: [string, string][] = [
    [tr("detail_stated"), dateTime(entry.stated_at)],
    ...(entry.estimated_at
      ? [[tr("detail_estimated"), aboutWords(dateTime(entry.estimated_at), entry)] as [string, string]]
      : []),
    [tr("detail_received"), dateTime(entry.received_at)],
    [tr("detail_position"), positionWords(entry.position)],
    [tr("detail_seq"), String(entry.seq)],
    [tr("detail_id"), entry.id],
  ];
  return (
    <dl id={id} class="entry-details">
      {facts.map(([term, fact]) => (
        <div key={term}>
          <dt>{term}</dt>
          <dd>{fact}</dd>
        </div>
      ))}
    </dl>
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
        <time dateTime={entry.stated_at}>{time(entry.stated_at)}</time>
        {late_at ? <small>{tr("came", { time: time(late_at) })}</small> : null}
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
          <p class="quiet-words">{tr("clock_wrong", { time: aboutWords(time(wrong), entry) })}</p>
        ) : null}
        {open ? <Details entry={entry} id={details} /> : null}
      </div>
      <div class="entry-who">
        <span>{entry.author.name || tr("unknown_person")}</span>
        <small>{positionWords(entry.position)}</small>
      </div>
    </li>
  );
}
