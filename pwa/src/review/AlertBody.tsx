import type { AlertValue } from "../store/types";
import { tl } from "../text/alarm";
import { tr } from "../text/review";
import { AlarmHistory } from "./AlarmHistory";
import { overWords, whatWords, whereWords } from "./alarm-words";
import { Flagged } from "./Flagged";
import type { Names } from "./names";

/** Who raised it and where, who has seen it and when, how it ended, and who was told of it. */
export function AlertBody({ value, names }: { value: AlertValue; names: Names }) {
  const { acknowledged, cleared } = value;
  const where = whereWords(value);
  return (
    <>
      <p class="entry-facts">
        <span>{whatWords(value, names.person(value.host_id ?? ""), names.time)}</span>
        {where ? <span>{where}</span> : null}
      </p>
      {value.note ? <p class="entry-text">{value.note}</p> : null}
      <Flagged value={value} />
      <ol class="entry-facts">
        {acknowledged.length === 0 ? <li>{tl("desk_unseen")}</li> : null}
        {acknowledged.map(({ id, stated_at, author_id }) => (
          <li key={id}>{tr("alarm_seen", { time: names.time(stated_at), name: names.person(author_id) })}</li>
        ))}
        <li>{overWords(value, names) || tr("alarm_open")}</li>
      </ol>
      {cleared?.note ? <p class="entry-text">{cleared.note}</p> : null}
      {cleared ? <Flagged value={cleared} /> : null}
      <AlarmHistory steps={value.steps} />
    </>
  );
}
