import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { vocabulary } from "../store/state";
import type { AboutTime, Iso } from "../store/types";
import { named, t, timeNear } from "../text";
import { th } from "../text/help";
import { Banner, Button } from "../ui";
import { now_ms } from "../ui/now";
import { NO_ANSWER, UNKNOWN } from "./calls";
import type { SaidYes } from "./confirm";
import { type DialFields, EMERGENCY } from "./dial";
import { TimeAbout } from "./TimeAbout";

interface Props {
  fields: DialFields;
  dialedAt: Iso;
  isSealing: boolean;
  hasFailed: boolean;
  onYes: (said: SaidYes) => void;
  onNo: () => void;
  /** Another way on, in the last row. */
  beside: ComponentChildren;
}

/** Those that answer on the emergency number; the vocabulary says which. */
const alerted = () =>
  vocabulary.value?.services.filter((one) => one.retired === null && one.number === EMERGENCY) ?? [];

/** "Ringde du?" A tap on a number opens the dialler, and only the host knows what came of it. */
export function DialQuestion({ fields, dialedAt, isSealing, hasFailed, onYes, onNo, beside }: Props) {
  const [changed, setChanged] = useState<AboutTime | null>(null);
  /** What was said while it is not known yet who was rung. */
  const [outcome, setOutcome] = useState<string | null>(null);
  const [isTiming, setTiming] = useState(false);
  const heading = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    setChanged(null);
    // The host comes back from the dialler: the question is what there is to read.
    const back = () => {
      if (!document.hidden) heading.current?.focus();
    };
    document.addEventListener("visibilitychange", back);
    return () => document.removeEventListener("visibilitychange", back);
  }, [dialedAt]);
  const attempted: AboutTime = changed ?? { kind: "point", from: dialedAt };
  const answer = (said: string) => {
    if (fields.service === null) setOutcome(said);
    else onYes({ attempted, outcome: said, service: fields.service });
  };
  return (
    <div class="dial-question">
      <div role="status">
        <p ref={heading} tabIndex={-1} class="dial-asked">
          <strong>{outcome === null ? th("asked", { number: fields.number }) : th("who")}</strong>
        </p>
        <p class="quiet-words">{th("asked_about", { time: timeNear(dialedAt, now_ms.value) })}</p>
      </div>
      {hasFailed ? <Banner tone="danger">{t("ui.save.failed")}</Banner> : null}
      {outcome === null ? (
        <>
          {isTiming ? (
            <div class="moment is-said">
              <TimeAbout label={th("time")} value={attempted} onChange={setChanged} />
            </div>
          ) : null}
          <div class="dial-answers">
            <Button tone="main" busy={isSealing} onPress={() => answer(UNKNOWN)}>
              {th("yes")}
            </Button>
            <Button busy={isSealing} onPress={onNo}>
              {th("no")}
            </Button>
            <Button busy={isSealing} onPress={() => answer(NO_ANSWER)}>
              {th("no_answer")}
            </Button>
          </div>
          <div class="dial-answers dial-who">
            <Button tone="quiet" expanded={isTiming} onPress={() => setTiming(!isTiming)}>
              {th("time_change")}
            </Button>
            {beside}
          </div>
        </>
      ) : (
        <div class="dial-answers dial-who">
          {alerted().map((service) => (
            <Button
              key={service.code}
              busy={isSealing}
              onPress={() => onYes({ attempted, outcome, service: service.code })}
            >
              {named(service)}
            </Button>
          ))}
          <Button tone="quiet" onPress={() => setOutcome(null)}>
            {th("who_back")}
          </Button>
        </div>
      )}
    </div>
  );
}
