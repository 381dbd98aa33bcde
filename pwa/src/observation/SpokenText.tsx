import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";

const load = () => import("./Dictate");
type Part = Awaited<ReturnType<typeof load>>;

interface Props {
  value: string;
  max: number;
  onInput: (text: string) => void;
  /** The field itself. */
  children: ComponentChildren;
}

/** A text that can be spoken too. No start waits for that part, and a form without it can be saved all the same. */
export function SpokenText({ value, max, onInput, children }: Props) {
  const [part, setPart] = useState<Part | null>(null);
  const field = useRef<HTMLDivElement>(null);
  useEffect(() => void load().then(setPart, () => undefined), []);
  const put = (said: string) => {
    const area = field.current?.querySelector("textarea");
    const from = area?.selectionStart ?? value.length;
    const to = area?.selectionEnd ?? from;
    const text = part?.spliced(value, said, { from, to }, max) ?? value;
    onInput(text);
    const caret = text.length - (value.length - to);
    // After the new text is drawn: the next words follow these.
    requestAnimationFrame(() => area?.setSelectionRange(caret, caret));
  };
  return (
    <div class="stack" ref={field}>
      {children}
      {part ? <part.Dictate onText={put} /> : null}
    </div>
  );
}
