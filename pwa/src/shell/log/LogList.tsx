import { kindName } from "../../checkin/kinds";
import type { CheckinView } from "../../checkin/view";
import { EscalationCard } from "../../escalation/EscalationCard";
import { ObservationCard } from "../../observation/ObservationCard";
import { placeName } from "../../place/state";
import type { Stated } from "../../shift/send";
import { personName } from "../../shift/state";
import { me } from "../../store/state";
import { t, time } from "../../text";
import { Card, StateWord } from "../../ui";
import { logEntry } from "../../ui/routes";
import type { Entry } from "./entries";
import { stepName } from "./words";

interface PlainProps {
  view: Stated;
  title: string;
  words?: string;
  text?: string | null;
}

function PlainCard({ view, title, words, text }: PlainProps) {
  const by = view.authorId === me.value?.id ? "" : personName(view.authorId) || t("shift.colleague");
  return (
    <Card href={logEntry(view.id)}>
      <div class="entry-head">
        <span class="entry-time">{time(view.statedAt)}</span>
        <strong>{title}</strong>
        <StateWord send={view.send} />
      </div>
      {words || by ? (
        <p class="entry-words">
          {words}
          {by ? <span class="tag">{by}</span> : null}
        </p>
      ) : null}
      {text ? <p class="entry-text">{text}</p> : null}
    </Card>
  );
}

function CheckinCard({ view }: { view: CheckinView }) {
  const where = view.placeId === null ? "" : placeName(view.placeId);
  return <PlainCard view={view} title={kindName(view.kind)} words={where} text={view.note} />;
}

function EntryCard({ entry, isPlain }: { entry: Entry; isPlain: boolean }) {
  switch (entry.kind) {
    case "observation":
      return <ObservationCard view={entry.view} isPlain={isPlain} />;
    case "checkin":
      return <CheckinCard view={entry.view} />;
    case "escalation":
      return <EscalationCard view={entry.view} />;
    case "shift":
      return <PlainCard view={entry.view} title={stepName(entry.view.step)} />;
  }
}

interface Props {
  entries: readonly Entry[];
  /** What can still be had back is offered elsewhere on the screen. */
  isPlain?: boolean;
}

export function LogList({ entries, isPlain = false }: Props) {
  return (
    <ol class="log">
      {entries.map((entry) => (
        <li key={entry.view.id}>
          <EntryCard entry={entry} isPlain={isPlain} />
        </li>
      ))}
    </ol>
  );
}
