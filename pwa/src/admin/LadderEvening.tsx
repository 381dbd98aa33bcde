import warning from "lucide-static/icons/triangle-alert.svg?raw";
import { tx } from "../text/ladder";
import { Icon } from "../ui";
import type { LadderStep, Ladders } from "./answers";
import type { LadderSaid } from "./ask";
import { reachOf, WAYS } from "./ladder";
import { evening, warnings, wayWords } from "./ladder-words";

/** What is amiss with a step, in words and with a mark. */
export function LadderWarnings({ step, found }: { step: LadderStep; found: Ladders }) {
  return (
    <>
      {warnings(step, reachOf(step, found)).map(({ tone, words }) => (
        <p key={words} class={`ladder-warning ${tone}`}>
          <Icon svg={warning} />
          <span>{words}</span>
        </p>
      ))}
    </>
  );
}

/** After the last step. */
export function Again({ said, found }: { said: LadderSaid; found: Ladders }) {
  if (said.repeat_min === null) return null;
  return <p class="quiet-words">{tx("repeat", { n: said.repeat_min, times: found.repeats_max })}</p>;
}

interface Props {
  said: LadderSaid;
  kind: string;
  found: Ladders;
  /** Only when and who: the rest stands beside it already. */
  isBrief?: boolean;
}

/** An evening by this ladder: what happens when, to whom, and whom it would not reach. */
export function LadderEvening({ said, kind, found, isBrief = false }: Props) {
  return (
    <>
      <ol class={isBrief ? "ladder-evening brief" : "ladder-evening"} aria-label={tx("preview")}>
        {evening(said, kind, found.people).map(({ time, words, step }) => (
          <li key={`${time} ${words}`} class={step === null ? "aside" : undefined}>
            <span class="ladder-time">{time ?? "–"}</span>
            <div>
              <p class="ladder-whom">{words}</p>
              {step === null || isBrief ? null : (
                <>
                  <p class="quiet-words">
                    {tx(step.via.length < WAYS.length ? "via" : "via_all", {
                      ways: wayWords(step.via, found.channels),
                    })}
                  </p>
                  <LadderWarnings step={step} found={found} />
                </>
              )}
            </div>
          </li>
        ))}
      </ol>
      <Again said={said} found={found} />
    </>
  );
}
