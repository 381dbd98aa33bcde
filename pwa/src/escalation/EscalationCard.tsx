import { t, time } from "../text";
import { Card, StateWord } from "../ui";
import { now_ms } from "../ui/now";
import { call } from "../ui/routes";
import { callsOf, furthest, UNKNOWN } from "./calls";
import { momentWords, SAID } from "./moments";
import { outcomeName, serviceName } from "./state";
import type { EscalationView } from "./view";

/** What is known of it last, in words: never "called" unless an attempt says so. */
export function standing(view: EscalationView): string {
  if (view.closed) return t("call.closed", { outcome: outcomeName(view.closed.outcome) });
  const last = callsOf(view.attempts).at(-1);
  if (!last) return t("call.noAttempt.short");
  const far = furthest(last);
  const words = far === null ? "" : SAID[far.moment](momentWords(far.at, now_ms.value));
  return [words, last.outcome === UNKNOWN ? "" : outcomeName(last.outcome)].filter(Boolean).join(" · ");
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
