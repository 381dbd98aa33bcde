import { Fragment } from "preact";
import { useRef, useState } from "preact/hooks";
import { td } from "../text/disclosure";
import { Button } from "../ui";
import type { Shown } from "./rules";
import { fieldWords } from "./words";

interface Props {
  field: Shown;
  onMask: (masked: number[]) => void;
}

function steps(key: string, at: number, last: number): number | undefined {
  const to: Record<string, number> = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: last };
  return to[key];
}

/** A word is one press away; the line is one stop of the tab key, and the arrows move within it. */
function Line({ field, onMask }: Props) {
  const { tokens, masked } = field;
  const [at, setAt] = useState(0);
  const line = useRef<HTMLDivElement>(null);
  const isMasked = new Set(masked);
  const toggle = (n: number) =>
    onMask(isMasked.has(n) ? masked.filter((one) => one !== n) : [...masked, n].sort((a, b) => a - b));
  const move = (event: KeyboardEvent, n: number) => {
    const to = steps(event.key, n, tokens.length - 1);
    const next = to === undefined ? undefined : line.current?.querySelectorAll("button")[to];
    if (!next) return;
    event.preventDefault();
    next.focus();
  };
  return (
    <div ref={line} class="token-line">
      {tokens.map(({ start, word, isLineStart }, n) => (
        <Fragment key={start}>
          {isLineStart ? <span class="token-break" /> : null}
          <button
            type="button"
            class="token"
            aria-pressed={isMasked.has(n)}
            tabIndex={n === at ? 0 : -1}
            onClick={() => toggle(n)}
            onFocus={() => setAt(n)}
            onKeyDown={(event) => move(event, n)}
          >
            <span>{word}</span>
          </button>
        </Fragment>
      ))}
    </div>
  );
}

/** The words of one field, each covered or not: what is covered can still be read here, and only here. */
export function Tokens({ field, onMask }: Props) {
  const name = fieldWords(field.name);
  return (
    <fieldset class="tokens">
      <legend>
        {name}
        <span class="sr-only"> {td("tokens")}</span>
      </legend>
      <Line field={field} onMask={onMask} />
      <div class="row">
        <Button
          tone="quiet"
          name={td("cover_all_of", { field: name })}
          onPress={() => onMask(field.tokens.map((_, n) => n))}
        >
          {td("cover_all")}
        </Button>
        <Button tone="quiet" name={td("show_all_of", { field: name })} onPress={() => onMask([])}>
          {td("show_all")}
        </Button>
      </div>
    </fieldset>
  );
}
