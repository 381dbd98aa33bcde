import { useState } from "preact/hooks";
import { HiddenNote } from "../guard/HiddenNote";
import { categoryName, observations } from "../observation/state";
import { newId } from "../outbox";
import { personName } from "../shift/state";
import { me, ownOps } from "../store/state";
import { t, time } from "../text";
import { th } from "../text/help";
import { Button, Card, Empty, go, LinkButton, Page, Section, StateWord } from "../ui";
import { now_ms } from "../ui/now";
import { CALL, handoverPage, logEntry, newAttempt, observation, speakingCard } from "../ui/routes";
import { CallFlow } from "./CallFlow";
import { CloseSheet } from "./CloseSheet";
import { type Call, callsOf } from "./calls";
import { MOMENTS } from "./fields";
import { momentWords, SAID } from "./moments";
import { escalations, isOfNow, outcomeName, serviceName } from "./state";
import type { EscalationView } from "./view";

/** A call as it was said. */
function Said({ call }: { call: Call }) {
  const said = MOMENTS.flatMap((moment) => {
    const at = call[moment];
    return at ? [SAID[moment](momentWords(at, now_ms.value))] : [];
  });
  return (
    <>
      <p>
        <strong>{outcomeName(call.outcome)}</strong>
      </p>
      <p>{said.join(" · ")}</p>
    </>
  );
}

/** `target`: of the call that goes on; null for one that others came after. */
function CallCard({ call, target }: { call: Call; target: string | null }) {
  return (
    <Card>
      {target === null ? <Said call={call} /> : <CallFlow target={target} call={call} />}
      {call.reference ? <p>{t("call.said.reference", { reference: call.reference })}</p> : null}
      {call.notes.map((note) => (
        <p key={note} class="said">
          {note}
        </p>
      ))}
      {target === null ? null : (
        <Button tone="quiet" onPress={() => go(newAttempt(newId(), target, call.lastId))}>
          {th("fill")}
        </Button>
      )}
    </Card>
  );
}

/** The observation that it belongs to, or the way to write it: its id was kept for it when the number was tapped. */
function Linked({ view }: { view: EscalationView }) {
  const linked = observations.value.find((one) => one.id === view.observationId);
  if (linked)
    return (
      <LinkButton tone="quiet" href={logEntry(linked.id)}>
        {categoryName(linked.content.category)}
      </LinkButton>
    );
  // Only here and only now: elsewhere, or later, it may have been written already where this phone cannot see it.
  const isHere = ownOps.value.some((op) => op.id === view.id) && isOfNow(view);
  if (view.observationId === null || !isHere) return null;
  return (
    <div>
      <LinkButton href={observation(view.observationId)}>{th("write_observation")}</LinkButton>
      <p class="quiet-words">{th("write_about")}</p>
    </div>
  );
}

function Head({ view }: { view: EscalationView }) {
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
      <Linked view={view} />
    </>
  );
}

function Closed({ closed }: { closed: NonNullable<EscalationView["closed"]> }) {
  return (
    <Card>
      <p>
        <strong>{t("call.closed", { outcome: outcomeName(closed.outcome) })}</strong>
        {` · ${time(closed.statedAt)}`}
      </p>
      {closed.note ? <p class="said">{closed.note}</p> : null}
    </Card>
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
  const calls = callsOf(view.attempts);
  return (
    <Page title={serviceName(view.service)} back={CALL}>
      <Head view={view} />
      <HiddenNote id={view.id} />
      <Section title={t("call.attempts")}>
        {calls.length === 0 ? <p>{t("call.noAttempt")}</p> : null}
        {calls.map((call, n) => (
          <CallCard key={call.id} call={call} target={isOpen && n === calls.length - 1 ? view.id : null} />
        ))}
      </Section>
      {view.closed ? (
        <Closed closed={view.closed} />
      ) : (
        <div class="row equal">
          <Button onPress={() => go(newAttempt(newId(), view.id))}>{t("call.attempt.add")}</Button>
          <Button tone="main" onPress={() => setClosing(true)}>
            {t("call.close")}
          </Button>
        </div>
      )}
      <div class="row equal">
        {view.closed ? null : (
          <Button onPress={() => go(speakingCard(newId(), { service: view.service, target: view.id }))}>
            {th("ring_again")}
          </Button>
        )}
        <LinkButton href={handoverPage(view.id)}>{th("print")}</LinkButton>
      </div>
      <p class="quiet-words">{t("call.disclaimer")}</p>
      {isClosing ? <CloseSheet target={view.id} onClose={() => setClosing(false)} /> : null}
    </Page>
  );
}
