import { useState } from "preact/hooks";
import { categoryName, observations } from "../observation/state";
import { newId } from "../outbox";
import { personName } from "../shift/state";
import { me } from "../store/state";
import { t, time } from "../text";
import { Button, Card, Empty, go, LinkButton, Page, Section, StateWord } from "../ui";
import { now_ms } from "../ui/now";
import { CALL, logEntry, newAttempt } from "../ui/routes";
import { CloseSheet } from "./CloseSheet";
import { momentWords } from "./MomentField";
import { escalations, outcomeName, serviceName } from "./state";
import type { AttemptView, EscalationView } from "./view";

function Attempt({ attempt, target }: { attempt: AttemptView; target: string | null }) {
  const at = now_ms.value;
  const said: string[] = [
    attempt.attempted ? t("call.said.attempted", { time: momentWords(attempt.attempted, at) }) : "",
    attempt.answered ? t("call.said.answered", { time: momentWords(attempt.answered, at) }) : "",
    attempt.arrived ? t("call.said.arrived", { time: momentWords(attempt.arrived, at) }) : "",
    attempt.left ? t("call.said.left", { time: momentWords(attempt.left, at) }) : "",
  ].filter(Boolean);
  return (
    <Card>
      <p>
        <strong>{outcomeName(attempt.outcome)}</strong>
      </p>
      <p>{said.join(" · ")}</p>
      {attempt.reference ? <p>{t("call.said.reference", { reference: attempt.reference })}</p> : null}
      {attempt.note ? <p class="said">{attempt.note}</p> : null}
      {target === null ? null : (
        <Button onPress={() => go(newAttempt(newId(), target, attempt.id))}>{t("call.continue")}</Button>
      )}
    </Card>
  );
}

function Head({ view }: { view: EscalationView }) {
  const linked = observations.value.find((one) => one.id === view.observationId);
  return (
    <>
      <p class="row">
        <span>
          {t("call.loggedBy", {
            time: time(view.statedAt),
            name: personName(view.authorId) || t("shift.colleague"),
          })}
        </span>
        <StateWord send={view.send} />
      </p>
      {view.cause ? <p class="said">{view.cause}</p> : null}
      {linked ? (
        <LinkButton tone="quiet" href={logEntry(linked.id)}>
          {categoryName(linked.content.category)}
        </LinkButton>
      ) : null}
    </>
  );
}

/** One call for help: each attempt as it was said, and its end. */
export function EscalationScreen({ id }: { id: string }) {
  const [isClosing, setClosing] = useState(false);
  const view = escalations.value.find((one) => one.id === id);
  if (!view)
    return (
      <Page title={t("call.log")} back={CALL}>
        <Empty title={t("call.unknown")} />
      </Page>
    );
  const isMine = view.authorId === me.value?.id || view.shiftId !== null;
  const isOpen = view.closed === null && isMine;
  return (
    <Page title={serviceName(view.service)} back={CALL}>
      <Head view={view} />
      <Section title={t("call.attempts")}>
        {view.attempts.length === 0 ? <p>{t("call.noAttempt")}</p> : null}
        {view.attempts.map((attempt, n) => (
          <Attempt
            key={attempt.id}
            attempt={attempt}
            target={isOpen && n === view.attempts.length - 1 ? view.id : null}
          />
        ))}
      </Section>
      {view.closed ? (
        <Card>
          <p>
            <strong>{t("call.closed", { outcome: outcomeName(view.closed.outcome) })}</strong>
            {` · ${time(view.closed.statedAt)}`}
          </p>
          {view.closed.note ? <p class="said">{view.closed.note}</p> : null}
        </Card>
      ) : (
        <div class="row equal">
          <Button tone="main" onPress={() => go(newAttempt(newId(), view.id))}>
            {t("call.attempt.add")}
          </Button>
          <Button onPress={() => setClosing(true)}>{t("call.close")}</Button>
        </div>
      )}
      <p class="quiet-words">{t("call.disclaimer")}</p>
      {isClosing ? <CloseSheet target={view.id} onClose={() => setClosing(false)} /> : null}
    </Page>
  );
}
