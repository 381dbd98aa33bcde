import { useMemo } from "preact/hooks";
import { dateTime, language } from "../text";
import { tr } from "../text/review";
import type { Entry } from "./types";
import { aboutWords, positionWords } from "./words";

/** Three clocks and the numbers. */
function factsOf(entry: Entry): [string, string][] {
  return [
    [tr("detail_stated"), dateTime(entry.stated_at)],
    ...(entry.estimated_at
      ? [[tr("detail_estimated"), aboutWords(dateTime(entry.estimated_at), entry)] as [string, string]]
      : []),
    [tr("detail_received"), dateTime(entry.received_at)],
    [tr("detail_position"), positionWords(entry.position)],
    [tr("detail_seq"), String(entry.seq)],
    [tr("detail_id"), entry.id],
  ];
}

/** For who wants to be sure. */
export function Details({ entry, id }: { entry: Entry; id: string }) {
  return (
    <dl id={id} class="entry-details">
      {factsOf(entry).map(([term, fact]) => (
        <div key={term}>
          <dt>{term}</dt>
          <dd>{fact}</dd>
        </div>
      ))}
    </dl>
  );
}

/** The same in print, of every row. Rows are drawn anew at each step through them: these words are made once. */
export function OnPaper({ entry }: { entry: Entry }) {
  const spoken = language.value;
  const words = useMemo(
    () =>
      factsOf(entry)
        .map((fact) => fact.join(" "))
        .join(" · "),
    [entry, spoken],
  );
  return <p class="on-paper">{words}</p>;
}
