import down from "lucide-static/icons/arrow-down.svg?raw";
import up from "lucide-static/icons/arrow-up.svg?raw";
import plus from "lucide-static/icons/plus.svg?raw";
import { useEffect, useRef, useState } from "preact/hooks";
import { tx } from "../text/ladder";
import { Button } from "../ui";
import type { LadderStep, Ladders } from "./answers";
import type { LadderSaid } from "./ask";
import { LadderWarnings } from "./LadderEvening";
import { By, Minutes, Whom } from "./LadderFields";
import { added, moved, STEPS_MAX, stepClock } from "./ladder";
import { whomWords } from "./ladder-words";

interface ActsProps {
  n: number;
  of: number;
  onMove: (by: -1 | 1) => void;
  onRemove: () => void;
}

function Acts({ n, of, onMove, onRemove }: ActsProps) {
  return (
    <div class="ladder-acts">
      <span data-act="up">
        <Button
          tone="quiet"
          icon={up}
          name={tx("up_who", { n })}
          disabled={n === 1}
          onPress={() => onMove(-1)}
        >
          {tx("up")}
        </Button>
      </span>
      <span data-act="down">
        <Button
          tone="quiet"
          icon={down}
          name={tx("down_who", { n })}
          disabled={n === of}
          onPress={() => onMove(1)}
        >
          {tx("down")}
        </Button>
      </span>
      <Button tone="quiet" name={tx("remove_who", { n })} disabled={of === 1} onPress={onRemove}>
        {tx("remove")}
      </Button>
    </div>
  );
}

interface Shared {
  said: LadderSaid;
  kind: string;
  found: Ladders;
  wrongWords: (at: string) => string | undefined;
}

interface StepProps extends Shared, Omit<ActsProps, "n" | "of"> {
  step: LadderStep;
  at: number;
  onChange: (part: Partial<LadderStep>) => void;
}

function Step({ said, kind, found, wrongWords, step, at, onChange, ...acts }: StepProps) {
  const n = at + 1;
  const time = stepClock(said, step);
  return (
    <li class="ladder-step">
      <div class="ladder-head">
        <h3>{time === null ? tx("step", { n }) : tx("step_at", { n, time })}</h3>
        <Acts n={n} of={said.steps.length} {...acts} />
      </div>
      <Minutes
        label={tx("after")}
        value={step.after_min}
        error={wrongWords(`steps/${at}/after_min`)}
        onChange={(after_min) => onChange({ after_min })}
      />
      <div class="ladder-fields">
        <Whom
          step={step}
          kind={kind}
          people={found.people}
          error={wrongWords(`steps/${at}/whom`)}
          onChange={(whom) => onChange({ whom })}
        />
        <By
          step={step}
          channels={found.channels}
          error={wrongWords(`steps/${at}/via`)}
          onChange={(via) => onChange({ via })}
        />
      </div>
      <LadderWarnings step={step} found={found} />
    </li>
  );
}

/** Where the focus goes after an act that moved what had it. */
interface Next {
  step: number;
  act: "up" | "down" | "minutes";
}

function focusIn(list: HTMLElement | null, { step, act }: Next): void {
  const item = list?.children[step];
  const wanted = act === "minutes" ? "input" : `[data-act="${act}"] button:not(:disabled)`;
  const found = item?.querySelector(wanted) ?? item?.querySelector("[data-act] button:not(:disabled)");
  if (found instanceof HTMLElement) found.focus();
}

/** The steps, one below the other: minutes, whom, by which ways; moved, taken away and added by buttons. */
export function LadderSteps({ onChange, ...shared }: Shared & { onChange: (steps: LadderStep[]) => void }) {
  const { steps } = shared.said;
  const list = useRef<HTMLOListElement>(null);
  const [next, setNext] = useState<Next | null>(null);
  const [told, setTold] = useState("");
  useEffect(() => {
    if (next !== null) focusIn(list.current, next);
  }, [next]);
  const act = (changed: LadderStep[], words: string, focus: Next) => {
    onChange(changed);
    setTold(words);
    setNext(focus);
  };
  const move = (at: number, by: -1 | 1) => {
    const whom = whomWords(steps[at]?.whom ?? [], shared.kind, shared.found.people);
    const words = tx("moved", { whom, n: at + by + 1, of: steps.length });
    act(moved(steps, at, by), words, { step: at + by, act: by === -1 ? "up" : "down" });
  };
  const remove = (at: number) => {
    const left = steps.filter((_, n) => n !== at);
    const words = tx("removed", { n: left.length });
    act(left, words, { step: Math.min(at, left.length - 1), act: "minutes" });
  };
  const add = () =>
    act(added(steps), tx("added", { n: steps.length + 1 }), { step: steps.length, act: "minutes" });
  const isFull = steps.length >= STEPS_MAX;
  return (
    <>
      <ol class="ladder-steps" ref={list} aria-label={tx("steps")}>
        {steps.map((step, at) => (
          <Step
            key={at}
            step={step}
            at={at}
            onChange={(part) => onChange(steps.map((one, n) => (n === at ? { ...one, ...part } : one)))}
            onMove={(by) => move(at, by)}
            onRemove={() => remove(at)}
            {...shared}
          />
        ))}
      </ol>
      <p class="sr-only" role="status">
        {told}
      </p>
      <p class="hint">{`${tx("order_about")} ${tx("by_about")}`}</p>
      <div class="row">
        <Button icon={plus} disabled={isFull} onPress={add}>
          {tx("add")}
        </Button>
        {isFull ? <span class="hint">{tx("full", { max: STEPS_MAX })}</span> : null}
      </div>
    </>
  );
}
