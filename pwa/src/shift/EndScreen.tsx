import { useCallback } from "preact/hooks";
import { checkins } from "../checkin/state";
import { escalations, outcomeName, serviceName } from "../escalation/state";
import { Marks } from "../guard/Marks";
import { category, categoryName, nameIn, observations } from "../observation/state";
import { add } from "../outbox";
import { placeName } from "../place/state";
import { vocabulary } from "../store/state";
import type { Iso } from "../store/types";
import { list, number, t, time } from "../text";
import { te } from "../text/ended";
import { Empty, FormPage, go, LeaveSheet, SaveFoot, TextArea } from "../ui";
import { endedShift, HOME } from "../ui/routes";
import { type EndFields, parseEnd } from "./fields";
import { shifts } from "./state";
import { type EventFacts, type ShiftFacts, shiftFacts } from "./summary";
import { transportName } from "./transport";
import { useDraft } from "./useDraft";
import { useLeave } from "./useLeave";
import type { ShiftView } from "./view";

function factsOf(shift: ShiftView, now: Iso): ShiftFacts {
  const mine = <V extends { shiftId: string | null }>(all: readonly V[]) =>
    all.filter((one) => one.shiftId === shift.id);
  return shiftFacts({
    shift,
    observations: mine(observations.peek())
      .filter((one) => !one.isRetracted)
      .map(({ content, statedAt: at }) => ({
        category: content.category,
        placeId: content.place_id,
        actions: content.actions,
        at,
      })),
    checkins: mine(checkins.peek()).map(({ kind, placeId, statedAt: at }) => ({ kind, placeId, at })),
    calls: mine(escalations.peek()).map(({ service, closed, attempts }) => ({
      service,
      outcome: closed?.outcome ?? attempts.at(-1)?.outcome ?? null,
    })),
    isRestricted: (code) => (category(code)?.protection ?? 0) >= RESTRICTED,
    placeName,
    now_ms: Date.parse(now),
  });
}

const RESTRICTED = 3;

function eventWords({ category: code, actions }: EventFacts): string {
  const done = actions.map((one) => nameIn(vocabulary.peek()?.actions, one).toLocaleLowerCase("sv"));
  return done.length > 0 ? `${categoryName(code)} → ${list(done)}` : categoryName(code);
}

const callWords = ({ service, outcome }: ShiftFacts["calls"][number]) =>
  `${serviceName(service)} → ${outcome === null ? te("sum_noOutcome") : outcomeName(outcome).toLocaleLowerCase("sv")}`;

const hoursWords = (hours: number) => te("sum_hours", { n: hours, hours: number(hours, 1) });

/** The summary as the log tells it; what there was none of is not mentioned, except events. */
export function summaryWords(facts: ShiftFacts, transport: string | null): string {
  const how = transport === null ? "" : ` ${transportName(transport).toLocaleLowerCase("sv")}`;
  return [
    `${te("sum_hosts", { n: facts.hosts })}, ${hoursWords(facts.hours)}${how}.`,
    facts.places.length > 0 ? te("sum_places", { places: list(facts.places) }) : "",
    facts.rounds > 0 ? te("sum_rounds", { count: facts.rounds }) : "",
    te("sum_events", { events: facts.events, measures: facts.measures }),
    ...facts.perPlace.map(
      ({ place, events }) => `${place || te("sum_noPlace")}: ${events.map(eventWords).join("; ")}.`,
    ),
    facts.meetings > 0 ? te("sum_meetings", { count: facts.meetings }) : "",
    facts.calls.length > 0 ? te("sum_calls", { calls: facts.calls.map(callWords).join("; ") }) : "",
  ]
    .filter(Boolean)
    .join("\n");
}

function EndForm({ id, shift }: { id: string; shift: ShiftView }) {
  const opening = (at: Iso): EndFields => ({
    summary: summaryWords(factsOf(shift, at), shift.transport),
    handover: "",
    isEdited: "no",
  });
  const form = useDraft<EndFields>({
    id,
    form: "shift-end",
    empty: opening,
    parse: (at) => parseEnd(opening(at)),
    guarded: ["summary", "handover"],
  });
  const leave = useLeave(form, HOME);
  const onClose = useCallback(leave.ask, [form.isTouched]);
  const save = async () => {
    const isSaved = await form.seal((said, kept) =>
      add({
        id,
        type: "shift.end",
        shift: shift.id,
        position: null,
        data: {
          ops: 0,
          summary: said.summary.trim() || null,
          handover: said.handover.trim() || null,
          ...kept,
        },
      }),
    );
    if (isSaved) go(endedShift(shift.id), { replace: true });
  };
  return (
    <FormPage
      title={t("shift.end.title")}
      about={form.isResumed ? t("shift.end.begun", { time: time(form.begunAt) }) : undefined}
      onClose={onClose}
      footer={
        <SaveFoot
          label={t("shift.end")}
          large
          onSave={() => void save()}
          isSealing={form.isSealing}
          hasFailed={form.hasFailed}
          isNotKept={form.isNotKept}
        />
      }
    >
      <p>{t("shift.end.about")}</p>
      <TextArea
        label={t("shift.summary")}
        hint={t("shift.summary.hint")}
        rows={9}
        value={form.fields.summary}
        onInput={(summary) => form.change({ summary, isEdited: "yes" })}
      />
      <Marks guard={form.guard} field="summary" />
      <TextArea
        label={t("shift.handover")}
        hint={t("shift.handover.hint")}
        rows={3}
        value={form.fields.handover}
        onInput={(handover) => form.change({ handover })}
      />
      <Marks guard={form.guard} field="handover" />
      {form.ask}
      {leave.isAsking ? <LeaveSheet {...leave.sheet} /> : null}
    </FormPage>
  );
}

/** The end of a shift: a summary drawn from the own log, which the host edits. */
export function EndScreen({ id, shiftId }: { id: string; shiftId: string | null }) {
  const shift = shifts.value.find((one) => one.id === shiftId);
  if (!shift)
    return (
      <FormPage title={t("shift.end.title")} onClose={() => go(HOME, { replace: true })}>
        <Empty title={t("shift.unknown")} />
      </FormPage>
    );
  return <EndForm id={id} shift={shift} />;
}
