import pencil from "lucide-static/icons/pencil.svg?raw";
import undo from "lucide-static/icons/undo-2.svg?raw";
import { useState } from "preact/hooks";
import { newId } from "../outbox";
import { PhotosOf } from "../photo/PhotosOf";
import { positionWords } from "../place/PositionLine";
import { whereWords } from "../place/state";
import { personName } from "../shift/state";
import { me, vocabulary } from "../store/state";
import type { ObservationContent } from "../store/types";
import { dateTime, list, named, t } from "../text";
import { Banner, Button, go, Section } from "../ui";
import { now_ms } from "../ui/now";
import { correction } from "../ui/routes";
import { mayHavePhotos, SENSITIVE } from "./fields";
import { HeldActs, isHeld } from "./HeldActs";
import { RetractSheet } from "./RetractSheet";
import { category, categoryName, nameIn } from "./state";
import type { Correction, ObservationView } from "./view";
import { happenedWords } from "./When";

/** Everything that was said, one row each; what was not said has no row. */
function rows(content: ObservationContent): [string, string][] {
  const words = vocabulary.value;
  const severity = words?.severities.find((one) => one.code === content.severity);
  const all: [string, string][] = [
    [t("observation.category"), categoryName(content.category)],
    [t("observation.when"), happenedWords(content.happened, now_ms.value)],
    [t("place.label"), whereWords(content.place_id, content.place_text)],
    [t("observation.severity"), severity ? named(severity) : String(content.severity)],
    [t("observation.text"), content.text ?? ""],
    [t("observation.actions"), list(content.actions.map((code) => nameIn(words?.actions, code)))],
    [t("observation.count"), nameIn(words?.count_bands, content.count)],
    [t("observation.ages"), nameIn(words?.age_bands, content.ages)],
    [t("observation.certainty"), nameIn(words?.certainties, content.certainty)],
    [t("observation.ongoing"), ongoingWords(content.ongoing)],
  ];
  return all.filter(([, said]) => said !== "");
}

function ongoingWords(ongoing: boolean | null): string {
  if (ongoing === null) return "";
  return ongoing ? t("observation.ongoing.yes") : t("observation.ongoing.no");
}

function Facts({ content }: { content: ObservationContent }) {
  return (
    <dl class="facts">
      {rows(content).map(([label, said]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{said}</dd>
        </div>
      ))}
    </dl>
  );
}

function History({ corrections }: { corrections: readonly Correction[] }) {
  return (
    <Section title={t("observation.history")}>
      <ol class="stack">
        {corrections.map((one) => {
          const params = {
            time: dateTime(one.statedAt),
            name: personName(one.authorId) || t("shift.colleague"),
          };
          return (
            <li key={one.id} class="card">
              <p>
                <strong>
                  {one.retracts
                    ? t("observation.retracted.by", params)
                    : t("observation.corrected.by", params)}
                </strong>
              </p>
              <p>{one.reason}</p>
              {one.before ? (
                <details>
                  <summary>{t("observation.before")}</summary>
                  <Facts content={one.before} />
                </details>
              ) : null}
            </li>
          );
        })}
      </ol>
    </Section>
  );
}

/** One observation whole: what it says now, its corrections, and what can be done about it. */
export function ObservationDetail({ view }: { view: ObservationView }) {
  const [isRetracting, setRetracting] = useState(false);
  const isOwn = view.authorId === me.value?.id;
  const known = category(view.content.category);
  return (
    <>
      {view.isRetracted ? <Banner tone="note">{t("observation.retracted.about")}</Banner> : null}
      <Facts content={view.content} />
      <p class="quiet-words">
        {view.position
          ? t("place.position.with", { words: positionWords(view.position) })
          : t("place.position.noneSaid")}
      </p>
      <PhotosOf
        target={view.id}
        written={view.content.attachments}
        isOwn={isOwn}
        mayAdd={isOwn && !view.isRetracted && mayHavePhotos(known)}
        isSensitive={(known?.protection ?? 0) >= SENSITIVE}
      />
      {view.corrections.length > 0 ? <History corrections={view.corrections} /> : null}
      {isHeld(view.id) ? (
        <HeldActs id={view.id} />
      ) : isOwn && !view.isRetracted ? (
        <div class="row equal">
          <Button icon={pencil} onPress={() => go(correction(newId(), view.id))}>
            {t("observation.correct")}
          </Button>
          <Button icon={undo} onPress={() => setRetracting(true)}>
            {t("observation.retract")}
          </Button>
        </div>
      ) : null}
      {isRetracting ? <RetractSheet target={view.id} onClose={() => setRetracting(false)} /> : null}
    </>
  );
}
