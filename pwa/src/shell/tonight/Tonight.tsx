import { useId, useState } from "preact/hooks";
import { checkins } from "../../checkin/state";
import { categoryName, observations } from "../../observation/state";
import { add, newId } from "../../outbox";
import { placeName } from "../../place/state";
import { areaName, current, personName } from "../../shift/state";
import { me, ownOps, records } from "../../store/state";
import type { BriefingValue, StillThere } from "../../store/types";
import { dateTime, timeNear } from "../../text";
import { tg } from "../../text/guard";
import { tn } from "../../text/tonight";
import { Banner, Button, Card, Section } from "../../ui";
import { now_ms } from "../../ui/now";
import { type HandoverView, handoverViews, inForce, type QuestionView, questionViews } from "./rules";
import "./tonight.css";

const QUESTIONS_FIRST = 3;

/** Seals an op that needs no form. True when it is saved. */
function useSay() {
  const [hasFailed, setFailed] = useState(false);
  const say = async (op: Parameters<typeof add>[0]) => {
    try {
      await add(op);
      setFailed(false);
    } catch {
      setFailed(true);
    }
  };
  return { hasFailed, say };
}

function Briefing({ briefing }: { briefing: BriefingValue }) {
  return (
    <div class="card lantern focus">
      {briefing.text ? <p class="said">{briefing.text}</p> : null}
      {briefing.places.length > 0 ? (
        <ul class="focus-places">
          {briefing.places.map((one) => (
            <li key={one.place_id}>
              <strong>{placeName(one.place_id) || tn("tonight.unknownPlace")}</strong>
              {one.hours ? ` ${one.hours}` : ""}
            </li>
          ))}
        </ul>
      ) : null}
      <p class="quiet-words">
        {[areaName(briefing.area_id), tn("tonight.until", { time: dateTime(briefing.valid_to) })]
          .filter(Boolean)
          .join(" · ")}
      </p>
    </div>
  );
}

function Handover({ view }: { view: HandoverView }) {
  const { handover, isRead } = view;
  const { hasFailed, say } = useSay();
  const from = personName(handover.author_id) || tn("tonight.colleague");
  const read = () =>
    say({
      id: newId(),
      type: "handover.acknowledge",
      shift: current.peek()?.id ?? null,
      position: null,
      data: { target: handover.id },
    });
  return (
    <Card>
      <p class="said">{handover.hidden ? tg("hidden") : handover.text}</p>
      <div class="card-foot">
        <p class="quiet-words">
          {tn("tonight.from", { name: from, time: timeNear(handover.stated_at, now_ms.value) })}
        </p>
        {isRead ? null : <Button onPress={() => void read()}>{tn("tonight.read")}</Button>}
      </div>
      {hasFailed ? <Banner tone="danger">{tn("tonight.notSaved")}</Banner> : null}
    </Card>
  );
}

function Handovers() {
  const shift = current.value?.id ?? null;
  const views = handoverViews(records.value.handovers.values(), {
    me: me.value?.id ?? "",
    shift,
    ownOps: ownOps.value,
    now_ms: now_ms.value,
  });
  const unread = views.filter(({ isRead }) => !isRead);
  const read = views.filter(({ isRead }) => isRead);
  if (views.length === 0) return null;
  return (
    <Section title={tn("tonight.handovers")}>
      {unread.map((view) => (
        <Handover key={view.handover.id} view={view} />
      ))}
      {read.length > 0 ? (
        <details class="more">
          <summary>{tn("tonight.readBefore", { n: read.length })}</summary>
          {read.map((view) => (
            <Handover key={view.handover.id} view={view} />
          ))}
        </details>
      ) : null}
    </Section>
  );
}

const ANSWERS: readonly { value: StillThere; words: () => string }[] = [
  { value: "yes", words: () => tn("tonight.yes") },
  { value: "no", words: () => tn("tonight.no") },
  { value: "not_visited", words: () => tn("tonight.notVisited") },
];

function Question({ view }: { view: QuestionView }) {
  const { question, answer } = view;
  const label = useId();
  const { hasFailed, say } = useSay();
  const what = categoryName(question.category);
  const place = placeName(question.place_id) || tn("tonight.unknownPlace");
  const tell = (value: StillThere) =>
    say({
      id: newId(),
      type: "followup.answer",
      shift: current.peek()?.id ?? null,
      position: null,
      data: { target: question.id, answer: value },
    });
  return (
    <fieldset class="card question" aria-labelledby={label}>
      <p id={label}>
        <strong>{what}</strong> <span>{place}</span>{" "}
        <small>{tn("tonight.reported", { time: timeNear(question.happened_from, now_ms.value) })}</small>
      </p>
      <div class="row third">
        {ANSWERS.map(({ value, words }) => (
          <button
            key={value}
            type="button"
            class="button"
            aria-pressed={answer === value}
            onClick={() => void (answer === value ? undefined : tell(value))}
          >
            {answer === value ? "✓ " : ""}
            {words()}
          </button>
        ))}
      </div>
      {hasFailed ? <Banner tone="danger">{tn("tonight.notSaved")}</Banner> : null}
    </fieldset>
  );
}

/** Where this shift has been by its own records, the latest first. */
function passedPlaces(shift: string): string[] {
  const mine = [
    ...checkins.value,
    ...observations.value.map((one) => ({ ...one, placeId: one.content.place_id })),
  ]
    .filter((one) => one.shiftId === shift && one.placeId !== null)
    .sort((a, b) => (a.statedAt < b.statedAt ? 1 : -1));
  return [...new Set(mine.flatMap(({ placeId }) => placeId ?? []))];
}

/** Asked only of those who are out: at home nobody sees whether a lamp is lit. */
function Questions({ shift }: { shift: string }) {
  const [isAll, setAll] = useState(false);
  const views = questionViews(records.value.questions.values(), {
    shift,
    ownOps: ownOps.value,
    passed: passedPlaces(shift),
  });
  if (views.length === 0) return null;
  const shown = isAll ? views : views.slice(0, QUESTIONS_FIRST);
  return (
    <Section title={tn("tonight.questions")}>
      {shown.map((view) => (
        <Question key={view.question.id} view={view} />
      ))}
      {shown.length < views.length ? (
        <Button tone="quiet" onPress={() => setAll(true)}>
          {tn("tonight.all", { n: views.length })}
        </Button>
      ) : null}
    </Section>
  );
}

/** What the evening begins with: the focus, what the last shift left, and what may still be there. */
export function Tonight() {
  const shift = current.value;
  const briefings = inForce(records.value.briefings.values(), now_ms.value, shift?.areaId ?? null);
  return (
    <>
      {briefings.length > 0 ? (
        <Section title={tn("tonight.focus")}>
          {briefings.map((one) => (
            <Briefing key={one.id} briefing={one} />
          ))}
        </Section>
      ) : null}
      <Handovers />
      {shift ? <Questions shift={shift.id} /> : null}
    </>
  );
}
