import { photosOf } from "../photo/of";
import { whereWords } from "../place/state";
import { personName } from "../shift/state";
import { me, vocabulary } from "../store/state";
import { named, t, time } from "../text";
import { Card, StateWord } from "../ui";
import { logEntry } from "../ui/routes";
import { coverName, isCovered, useReveal } from "./cover";
import { HeldActs, isHeld } from "./HeldActs";
import { Reveal } from "./Reveal";
import { categoryName } from "./state";
import type { ObservationView } from "./view";

const WORDS_MAX = 90;

function firstWords(text: string | null): string {
  if (text === null) return "";
  return text.length > WORDS_MAX ? `${text.slice(0, WORDS_MAX).trimEnd()} …` : text;
}

/** "Allvarligt" from 3 up is said; what is usual is not. */
const SAID_FROM = 3;

function Words({ view }: { view: ObservationView }) {
  const { content } = view;
  const severity = vocabulary.value?.severities.find((one) => one.code === content.severity);
  const photos = photosOf(view.id, content.attachments).length;
  return (
    <>
      {whereWords(content.place_id, content.place_text)}
      {severity && severity.code >= SAID_FROM ? <span class="tag">{named(severity)}</span> : null}
      {photos > 0 ? <span class="tag">{t("observation.photos", { n: photos })}</span> : null}
    </>
  );
}

interface LineProps {
  view: ObservationView;
  title: string;
  /** What it is and how far it has come, and nothing of what it says. */
  isClosed: boolean;
}

function Line({ view, title, isClosed }: LineProps) {
  const { content } = view;
  return (
    <Card href={logEntry(view.id)}>
      <div class="entry-head">
        <span class="entry-time">{time(content.happened.from)}</span>
        <strong class={view.isRetracted ? "struck" : undefined}>{title}</strong>
        <StateWord send={view.send} />
      </div>
      <p class="entry-words">
        {isClosed ? null : <Words view={view} />}
        {view.isRetracted ? <span class="tag">{t("observation.retracted")}</span> : null}
        {!view.isRetracted && view.corrections.length > 0 ? (
          <span class="tag">{t("observation.corrected")}</span>
        ) : null}
        {view.authorId === me.value?.id ? null : (
          <span class="tag">{personName(view.authorId) || t("shift.colleague")}</span>
        )}
      </p>
      {content.text && !isClosed ? <p class="entry-text">{firstWords(content.text)}</p> : null}
    </Card>
  );
}

/** `isPlain`: as on the start view, which offers elsewhere what can still be had back. */
export function ObservationCard({ view, isPlain = false }: { view: ObservationView; isPlain?: boolean }) {
  const [isOpen, setOpen] = useReveal();
  const isProtected = isCovered(view);
  const name = categoryName(view.content.category);
  const title = isPlain ? coverName(view) : name;
  const card = <Line view={view} title={title} isClosed={isProtected && !isOpen} />;
  if (isPlain) return card;
  const withActs = isHeld(view.id) ? (
    <div class="with-held">
      {card}
      <HeldActs id={view.id} />
    </div>
  ) : (
    card
  );
  if (!isProtected) return withActs;
  return (
    <div class="stack">
      {withActs}
      <Reveal isOpen={isOpen} what={`${name}, ${time(view.content.happened.from)}`} onChange={setOpen} />
    </div>
  );
}
