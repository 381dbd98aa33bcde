import { useId, useState } from "preact/hooks";
import { checkins } from "../../checkin/state";
import { categoryName, observations } from "../../observation/state";
import { newId } from "../../outbox";
import { placeName } from "../../place/state";
import { current } from "../../shift/state";
import { ownOps, records } from "../../store/state";
import type { StillThere } from "../../store/types";
import { timeNear } from "../../text";
import { tn } from "../../text/tonight";
import { Banner, Button, Section } from "../../ui";
import { now_ms } from "../../ui/now";
import { type QuestionView, questionViews } from "./rules";
import { useSay } from "./say";
import "./tonight.css";

const QUESTIONS_FIRST = 3;

const ANSWERS: readonly { value: StillThere; words: () => string }[] = [
  { value: "yes", words: () => tn("tonight.yes") },
  { value: "no", words: () => tn("tonight.no") },
  { value: "not_visited", words: () => tn("tonight.notVisited") },
];

/** What is asked, in one line: for those who do not see beside what the buttons stand. */
function aboutWords({ question }: QuestionView): string {
  const place = placeName(question.place_id) || tn("tonight.unknownPlace");
  return `${tn("tonight.questions")} ${categoryName(question.category)}, ${place}`;
}

function AnswerButtons({ view }: { view: QuestionView }) {
  const { question, answer } = view;
  const { hasFailed, say } = useSay();
  const tell = (value: StillThere) =>
    say({
      id: newId(),
      type: "followup.answer",
      shift: current.peek()?.id ?? null,
      position: null,
      data: { target: question.id, answer: value },
    });
  return (
    <>
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
    </>
  );
}

/** The buttons alone, where what is asked stands beside them already. */
export function Answers({ view }: { view: QuestionView }) {
  return (
    <fieldset class="answers" aria-label={aboutWords(view)}>
      <AnswerButtons view={view} />
    </fieldset>
  );
}

export function Question({ view }: { view: QuestionView }) {
  const { question } = view;
  const label = useId();
  const what = categoryName(question.category);
  const place = placeName(question.place_id) || tn("tonight.unknownPlace");
  return (
    <fieldset class="card question" aria-labelledby={label}>
      <p id={label}>
        <strong>{what}</strong> <span>{place}</span>{" "}
        <small>{tn("tonight.reported", { time: timeNear(question.happened_from, now_ms.value) })}</small>
      </p>
      <AnswerButtons view={view} />
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
export function askedTonight(): QuestionView[] {
  const shift = current.value;
  if (!shift) return [];
  return questionViews(records.value.questions.values(), {
    shift: shift.id,
    ownOps: ownOps.value,
    passed: passedPlaces(shift.id),
  });
}

export function Questions() {
  const [isAll, setAll] = useState(false);
  const views = askedTonight();
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
