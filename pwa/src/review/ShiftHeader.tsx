import { dateTime, timeIn } from "../text";
import { tr } from "../text/review";
import { ChainWord } from "./ChainWord";
import { CompletenessLine } from "./CompletenessLine";
import { Flagged } from "./Flagged";
import { Phones } from "./Phones";
import type { ShiftRow } from "./types";
import { countWords, crewWords } from "./words";

const TRANSPORT = ["foot", "bike", "car"] as const;

function transportWords(transport: string): string {
  const known = TRANSPORT.find((one) => one === transport);
  return known ? tr(`transport_${known}`) : tr("unknown_code", { code: transport });
}

function timesWords({ started_at, ended_at, planned_end, shift_date }: ShiftRow): string {
  const from = dateTime(started_at);
  if (ended_at !== null) return tr("times_span", { from, to: timeIn(ended_at, shift_date) });
  const open = tr("times_open", { from });
  return planned_end === null
    ? open
    : `${open}, ${tr("planned_end", { time: timeIn(planned_end, shift_date) })}`;
}

export function ShiftHeader({ shift }: { shift: ShiftRow }) {
  const facts: [string, string][] = [
    [tr("crew"), crewWords(shift)],
    [tr("area"), shift.area_name ?? tr("no_area")],
    [tr("times"), timesWords(shift)],
    [tr("counts"), countWords(shift)],
  ];
  if (shift.transport) facts.push([tr("transport"), transportWords(shift.transport)]);
  return (
    <section class="shift-header" aria-label={tr("shift_of", { date: shift.shift_date })}>
      <dl>
        {facts.map(([term, fact]) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd>{fact}</dd>
          </div>
        ))}
      </dl>
      {shift.alone_reason ? <p class="quiet-words">{tr("alone", { reason: shift.alone_reason })}</p> : null}
      <CompletenessLine shift={shift} more={<ChainWord id={shift.id} />} />
      <Phones phones={shift.completeness.phones} />
      {shift.status === "ended" ? (
        <div class="shift-summary">
          <h2>{tr("summary")}</h2>
          {shift.summary === null && shift.hidden ? null : (
            <p class="entry-text">{shift.summary ?? tr("summary_none")}</p>
          )}
          <Flagged value={shift} />
        </div>
      ) : null}
    </section>
  );
}
