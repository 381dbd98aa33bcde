import { Followed, FollowUp } from "../followup/Followed";
import { SameEvent } from "../followup/SameEvent";
import type { Looked } from "../store/types";
import { tr } from "../text/review";
import { AlertBody } from "./AlertBody";
import { About, CommentOn } from "./Comments";
import { EntryPhotos } from "./EntryPhotos";
import { EscalationBody } from "./EscalationBody";
import { title } from "./entry-words";
import { Flagged } from "./Flagged";
import type { Names } from "./names";
import { ObservationBody } from "./ObservationBody";
import { QuarantinedActs } from "./QuarantinedActs";
import type { Entry } from "./types";
import { quarantineWords } from "./words";

function Said({ words, value }: { words: string | null; value: Looked }) {
  return (
    <>
      {words ? <p class="entry-text">{words}</p> : null}
      <Flagged value={value} />
    </>
  );
}

function Acts(props: { entry: Entry; names: Names }) {
  return (
    <div class="entry-acts">
      <CommentOn {...props} />
    </div>
  );
}

/** What an entry says beyond its heading. */
export function EntryBody({ entry, names }: { entry: Entry; names: Names }) {
  switch (entry.kind) {
    case "observation":
      return (
        <>
          <ObservationBody value={entry.value} names={names} />
          <EntryPhotos value={entry.value} added={entry.photos} names={names} />
          <SameEvent id={entry.id} names={names} />
          <Followed id={entry.id} />
          <div class="entry-acts">
            {entry.value.retracted ? null : <FollowUp id={entry.id} what={title(entry, names)} />}
            <CommentOn entry={entry} names={names} />
          </div>
        </>
      );
    case "escalation":
      return (
        <>
          <EscalationBody value={entry.value} names={names} />
          <Acts entry={entry} names={names} />
        </>
      );
    case "alert":
      return (
        <>
          <AlertBody value={entry.value} names={names} />
          <Acts entry={entry} names={names} />
        </>
      );
    case "checkin":
      return (
        <>
          {entry.value.note ? <p class="entry-text">{entry.value.note}</p> : null}
          <Flagged value={entry.value} />
          {entry.value.next_due ? (
            <p class="quiet-words">{tr("promised", { time: names.time(entry.value.next_due) })}</p>
          ) : null}
          {entry.value.note ? <Acts entry={entry} names={names} /> : null}
        </>
      );
    case "comment":
      return (
        <>
          <About entry={entry} names={names} />
          <Said words={entry.value.text} value={entry.value} />
        </>
      );
    case "review":
      return <Said words={entry.value.note} value={entry.value} />;
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
          <QuarantinedActs entry={entry} />
        </>
      );
    default:
      return null;
  }
}
