import type { AttemptValue, EscalationValue } from "../store/types";
import { time } from "../text";
import { tr } from "../text/review";
import { attemptSteps, channelWords } from "./entry-words";
import type { Names } from "./names";

function Attempt({ attempt, names }: { attempt: AttemptValue; names: Names }) {
  return (
    <li>
      <ol class="steps">
        {attemptSteps(attempt).map((step) => (
          <li key={step.words}>
            <time dateTime={step.at}>{step.words}</time>
          </li>
        ))}
      </ol>
      <p class="entry-facts">
        {attempt.outcome ? <span>{names.outcome(attempt.outcome)}</span> : null}
        {attempt.reference ? <span>{tr("reference", { reference: attempt.reference })}</span> : null}
      </p>
      {attempt.note ? <p class="entry-text">{attempt.note}</p> : null}
    </li>
  );
}

/** Who was called, how it went, step by step: only what the host has stated. */
export function EscalationBody({ value, names }: { value: EscalationValue; names: Names }) {
  const { attempts, closed } = value;
  const channel = channelWords(value.channel);
  return (
    <>
      {channel || value.cause ? (
        <p class="entry-facts">
          {channel ? <span>{channel}</span> : null}
          {value.cause ? <span>{tr("cause", { cause: value.cause })}</span> : null}
        </p>
      ) : null}
      {attempts.length === 0 ? (
        <p class="quiet-words">{tr("attempts_none")}</p>
      ) : (
        <ol class="attempts">
          {attempts.map((attempt) => (
            <Attempt key={attempt.id} attempt={attempt} names={names} />
          ))}
        </ol>
      )}
      <p class="quiet-words">
        {closed
          ? tr("closed", { time: time(closed.stated_at), outcome: names.outcome(closed.outcome) })
          : tr("still_called")}
      </p>
      {closed?.note ? <p class="entry-text">{closed.note}</p> : null}
    </>
  );
}
