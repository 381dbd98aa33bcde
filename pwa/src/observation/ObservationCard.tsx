import { photosOf } from "../photo/of";
import { whereWords } from "../place/state";
import { personName } from "../shift/state";
import { me, vocabulary } from "../store/state";
import { named, t, time } from "../text";
import { Card, StateWord } from "../ui";
import { logEntry } from "../ui/routes";
import { HeldActs, isHeld } from "./HeldActs";
import { categoryName } from "./state";
import type { ObservationView } from "./view";

const WORDS_MAX = 90;

function firstWords(text: string | null): string {
  if (text === null) return "";
  return text.length > WORDS_MAX ? `${text.slice(0, WORDS_MAX).trimEnd()} …` : text;
}

/** "Allvarligt" from 3 up is said; what is usual is not. */
const SAID_FROM = 3;

export function ObservationCard({ view, isPlain = false }: { view: ObservationView; isPlain?: boolean }) {
  const { content } = view;
  const severity = vocabulary.value?.severities.find((one) => one.code === content.severity);
  const photos = photosOf(view.id, content.attachments).length;
  const where = whereWords(content.place_id, content.place_text);
  const card = (
    <Card href={logEntry(view.id)}>
      <div class="entry-head">
        <span class="entry-time">{time(content.happened.from)}</span>
        <strong class={view.isRetracted ? "struck" : undefined}>{categoryName(content.category)}</strong>
        <StateWord send={view.send} />
      </div>
      <p class="entry-words">
        {where}
        {severity && severity.code >= SAID_FROM ? <span class="tag">{named(severity)}</span> : null}
        {photos > 0 ? <span class="tag">{t("observation.photos", { n: photos })}</span> : null}
        {view.isRetracted ? <span class="tag">{t("observation.retracted")}</span> : null}
        {!view.isRetracted && view.corrections.length > 0 ? (
          <span class="tag">{t("observation.corrected")}</span>
        ) : null}
        {view.authorId === me.value?.id ? null : (
          <span class="tag">{personName(view.authorId) || t("shift.colleague")}</span>
        )}
      </p>
      {content.text ? <p class="entry-text">{firstWords(content.text)}</p> : null}
    </Card>
  );
  if (isPlain || !isHeld(view.id)) return card;
  return (
    <div class="with-held">
      {card}
      <HeldActs id={view.id} />
    </div>
  );
}
