import { t, time } from "../text";
import { Card, StateWord } from "../ui";
import { call } from "../ui/routes";
import { outcomeName, serviceName } from "./state";
import type { EscalationView } from "./view";

/** What is known of it last, in words: never "called" unless an attempt says so. */
export function standing(view: EscalationView): string {
  if (view.closed) return t("call.closed", { outcome: outcomeName(view.closed.outcome) });
  const last = view.attempts.at(-1);
  return last ? outcomeName(last.outcome) : t("call.noAttempt.short");
}

export function EscalationCard({ view }: { view: EscalationView }) {
  return (
    <Card href={call(view.id)} tone={view.closed ? "plain" : "note"}>
      <div class="entry-head">
        <span class="entry-time">{time(view.statedAt)}</span>
        <strong>{serviceName(view.service)}</strong>
        <StateWord send={view.send} />
      </div>
      <p class="entry-words">
        <span class="tag">{standing(view)}</span>
      </p>
      {view.cause ? <p class="entry-text">{view.cause}</p> : null}
    </Card>
  );
}
