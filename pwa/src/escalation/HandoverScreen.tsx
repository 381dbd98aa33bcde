import printer from "lucide-static/icons/printer.svg?raw";
import type { ComponentChildren } from "preact";
import { category, observations } from "../observation/state";
import { Coordinates } from "../place/Coordinates";
import { whereWords } from "../place/state";
import { people } from "../store/state";
import type { Position } from "../store/types";
import { dateTime, named, t, timeNear } from "../text";
import { th } from "../text/help";
import { Button, Empty, Page } from "../ui";
import { now_ms } from "../ui/now";
import { CALL, call as callPage } from "../ui/routes";
import { type Call, callsOf, UNKNOWN } from "./calls";
import { MOMENTS } from "./fields";
import { LABELS, momentWords } from "./moments";
import { nameless } from "./nameless";
import { escalations, outcomeName, serviceName } from "./state";
import type { EscalationView } from "./view";

/** Closed to all but a few: not even its name is printed for others. */
const RESTRICTED = 3;

const clean = (words: string) =>
  nameless(
    words,
    people.value.map(({ name }) => name),
    th("host"),
  );

function Row({ label, children }: { label: string; children: ComponentChildren }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** How sure it is, and of when: a position on paper does not grow older by itself. */
function positionTold(position: Position, statedAt: string): string {
  const at = timeNear(new Date(Date.parse(statedAt) - position.age_ms).toISOString(), Date.parse(statedAt));
  if (position.source === "place") return th("source_place", { time: at });
  const { accuracy_m } = position;
  const accuracy = accuracy_m === null ? t("place.accuracy.unknown") : `±${Math.round(accuracy_m)} m`;
  return th("accuracy_words", { accuracy, time: at });
}

function Where({ view }: { view: EscalationView }) {
  if (view.position === null) return <p>{th("no_position")}</p>;
  return (
    <>
      <Coordinates position={view.position} />
      <p>{positionTold(view.position, view.statedAt)}</p>
    </>
  );
}

/** What was seen, when it may be told: its kind, when and where, never its text. */
function Seen({ id }: { id: string | null }) {
  const seen = observations.value.find((one) => one.id === id && !one.isRetracted);
  const kind = category(seen?.content.category ?? null);
  if (!seen || !kind || kind.protection >= RESTRICTED) return null;
  const { happened, place_id, place_text } = seen.content;
  const where = whereWords(place_id, place_text);
  return (
    <Row label={th("seen")}>
      {th("seen_at", { what: named(kind), time: dateTime(happened.from) })}
      {where ? <p>{clean(where)}</p> : null}
    </Row>
  );
}

function CallPart({ call, n }: { call: Call; n: number }) {
  return (
    <section class="handover-call">
      <h2>{th("call_n", { n })}</h2>
      <dl class="facts">
        {MOMENTS.flatMap((moment) => {
          const at = call[moment];
          return at === null
            ? []
            : [
                <Row key={moment} label={LABELS[moment]()}>
                  {momentWords(at, now_ms.value)}
                </Row>,
              ];
        })}
        {call.outcome === UNKNOWN ? null : <Row label={th("outcome")}>{outcomeName(call.outcome)}</Row>}
        {call.reference ? <Row label={th("reference")}>{clean(call.reference)}</Row> : null}
        {call.notes.map((note) => (
          <Row key={note} label={th("note")}>
            {clean(note)}
          </Row>
        ))}
      </dl>
    </section>
  );
}

/** A call for help on paper, for whoever takes over: what, where, times, attempts. No names of hosts. */
export function HandoverScreen({ id }: { id: string }) {
  const view = escalations.value.find((one) => one.id === id);
  if (!view)
    return (
      <Page title={th("handover")} back={CALL}>
        <Empty title={t("call.unknown")} />
      </Page>
    );
  const calls = callsOf(view.attempts);
  return (
    <Page title={th("handover")} back={callPage(id)}>
      <div class="stack no-paper">
        <p class="quiet-words">{th("handover_about")}</p>
        <Button tone="main" wide icon={printer} onPress={() => window.print()}>
          {th("handover_print")}
        </Button>
      </div>
      <article class="handover">
        <p class="handover-by">{th("handover_by")}</p>
        <dl class="facts">
          <Row label={th("help")}>
            <strong>{serviceName(view.service)}</strong>
          </Row>
          <Row label={th("logged")}>{dateTime(view.statedAt)}</Row>
          {view.cause ? <Row label={th("what")}>{clean(view.cause)}</Row> : null}
          <Seen id={view.observationId} />
          <Row label={th("where")}>
            <Where view={view} />
          </Row>
        </dl>
        {calls.length === 0 ? <p>{th("handover_none")}</p> : null}
        {calls.map((call, n) => (
          <CallPart key={call.id} call={call} n={n + 1} />
        ))}
        {view.closed ? (
          <p>
            <strong>{t("call.closed", { outcome: outcomeName(view.closed.outcome) })}</strong>
            {` · ${dateTime(view.closed.statedAt)}`}
            {view.closed.note ? ` · ${clean(view.closed.note)}` : ""}
          </p>
        ) : (
          <p>{th("open")}</p>
        )}
        <p class="quiet-words">
          {th("handover_made", { time: dateTime(new Date(now_ms.value).toISOString()) })}
        </p>
      </article>
    </Page>
  );
}
