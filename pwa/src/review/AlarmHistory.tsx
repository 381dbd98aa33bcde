import type { AlertStep } from "../store/types";
import { list, timeNear } from "../text";
import { tl } from "../text/alarm";
import { outcome } from "./alarms";
import { known, minute_ms } from "./desk-state";
import { names } from "./names";

function Step({ step }: { step: AlertStep }) {
  const words = names(known.value, []);
  const people = (ids: readonly string[]) => list(ids.map((id) => words.person(id)));
  const { known: isKnown, reached, lost } = outcome(step);
  const parts = [
    ...(reached.length > 0 ? [tl("desk_step_reached", { names: people(reached) })] : []),
    ...(isKnown && lost.length > 0 ? [tl("desk_step_lost", { names: people(lost) })] : []),
  ];
  const told =
    step.to.length === 0 ? tl("desk_step_nobody") : isKnown ? parts.join(", ") : tl("desk_step_wait");
  return (
    <li>
      <time dateTime={step.at}>{timeNear(step.at, minute_ms.value)}</time>{" "}
      {isKnown || step.to.length === 0 ? told : `${people(step.to)}: ${told}`}
    </li>
  );
}

/** Who was told when, and whom nothing reached. */
export function AlarmHistory({ steps }: { steps: readonly AlertStep[] }) {
  if (steps.length === 0) return null;
  return (
    <details>
      <summary>{tl("desk_history")}</summary>
      <ol class="alarm-steps">
        {steps.map((step) => (
          <Step key={`${step.number} ${step.at}`} step={step} />
        ))}
      </ol>
    </details>
  );
}
