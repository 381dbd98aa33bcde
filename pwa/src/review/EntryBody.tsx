import { time } from "../text";
import { tr } from "../text/review";
import { EntryPhotos } from "./EntryPhotos";
import { EscalationBody } from "./EscalationBody";
import type { Names } from "./names";
import { ObservationBody } from "./ObservationBody";
import type { Entry } from "./types";
import { quarantineWords } from "./words";

/** What an entry says beyond its heading. */
export function EntryBody({ entry, names }: { entry: Entry; names: Names }) {
  switch (entry.kind) {
    case "observation":
      return (
        <>
          <ObservationBody value={entry.value} names={names} />
          <EntryPhotos value={entry.value} added={entry.photos} names={names} />
        </>
      );
    case "escalation":
      return <EscalationBody value={entry.value} names={names} />;
    case "checkin":
      return (
        <>
          {entry.value.note ? <p class="entry-text">{entry.value.note}</p> : null}
          {entry.value.next_due ? (
            <p class="quiet-words">{tr("promised", { time: time(entry.value.next_due) })}</p>
          ) : null}
        </>
      );
    case "comment":
      return <p class="entry-text">{entry.value.text}</p>;
    case "review":
      return entry.value.note ? <p class="entry-text">{entry.value.note}</p> : null;
    case "quarantined":
      return (
        <>
          <p>{quarantineWords(entry.why)}</p>
          {entry.said.map((words) => (
            <p key={words} class="entry-text">
              {words}
            </p>
          ))}
          <p class="quiet-words">{tr("quarantined_help")}</p>
        </>
      );
    default:
      return null;
  }
}
