import { type Call, callsOf } from "../escalation/calls";
import { attemptView } from "../escalation/view";
import type { EscalationValue } from "../store/types";
import { tr } from "../text/review";
import { attemptSteps, channelWords } from "./entry-words";
import { Flagged } from "./Flagged";
import type { Names } from "./names";

function CallSteps({ call, names }: { call: Call; names: Names }) {
  return (
    <li>
      <ol class="steps">
        {attemptSteps(call, names).map((step) => (
          <li key={step.words}>
            <time dateTime={step.at}>{step.words}</time>
          </li>
        ))}
      </ol>
      <p class="entry-facts">
        {call.outcome ? <span>{names.outcome(call.outcome)}</span> : null}
        {call.reference ? <span>{tr("reference", { reference: call.reference })}</span> : null}
      </p>
      {call.notes.map((note) => (
        <p key={note} class="entry-text">
          {note}
        </p>
      ))}
    </li>
  );
}

/** Who was called, how it went, step by step: only what the host has stated. */
export function EscalationBody({ value, names }: { value: EscalationValue; names: Names }) {
  const { attempts, closed } = value;
  // A call is told by several statements: what was found in any of them stands below all.
  const found = {
    flagged: [...new Set(attempts.flatMap((one) => one.flagged ?? []))],
    hidden: attempts.some((one) => one.hidden),
  };
  const channel = channelWords(value.channel);
  return (
    <>
      {channel || value.cause ? (
        <p class="entry-facts">
          {channel ? <span>{channel}</span> : null}
          {value.cause ? <span>{tr("cause", { cause: value.cause })}</span> : null}
        </p>
      ) : null}
      <Flagged value={value} />
      {attempts.length === 0 ? (
        <p class="quiet-words">{tr("attempts_none")}</p>
      ) : (
        <ol class="attempts">
          {callsOf(attempts.map(attemptView)).map((call) => (
            <CallSteps key={call.id} call={call} names={names} />
          ))}
        </ol>
      )}
      <Flagged value={found} />
      <p class="quiet-words">
        {closed
          ? tr("closed", { time: names.time(closed.stated_at), outcome: names.outcome(closed.outcome) })
          : tr("still_called")}
      </p>
      {closed?.note ? <p class="entry-text">{closed.note}</p> : null}
      {closed ? <Flagged value={closed} /> : null}
    </>
  );
}
