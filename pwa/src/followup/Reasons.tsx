/** Reasons begun on the page of what is missing: they outlive the line that they were written at. */
import { useRef, useState } from "preact/hooks";
import { list, object, text } from "../parse";
import { known } from "../review/desk-state";
import { useDraft } from "../review/draft";
import { names } from "../review/names";
import { tw } from "../text/follow";
import type { MissingLine } from "./answers";
import { Left } from "./Left";

const reason = object({ kind: text, subject: text, words: text });
type Reason = ReturnType<typeof reason>;
type About = Pick<MissingLine, "kind" | "subject">;

export interface Reasons {
  /** Null: not begun. */
  of: (line: About) => string | null;
  set: (line: About, words: string) => void;
  drop: (line: About) => void;
  begun: readonly Reason[];
}

const isOf = (one: About) => (other: About) => one.kind === other.kind && one.subject === other.subject;

export function useReasons(): Reasons {
  const draft = useDraft("missing", list(reason));
  const held = useRef<readonly Reason[]>(draft.kept ?? []);
  const [, redraw] = useState(0);
  const hold = (next: readonly Reason[]) => {
    held.current = next;
    redraw((n) => n + 1);
    const written = next.filter(({ words }) => words.trim() !== "");
    if (written.length > 0) draft.keep(written);
    else void draft.drop();
  };
  const others = (line: About) => held.current.filter((one) => !isOf(line)(one));
  return {
    of: (line) => held.current.find(isOf(line))?.words ?? null,
    set: (line, words) => hold([...others(line), { kind: line.kind, subject: line.subject, words }]),
    drop: (line) => hold(others(line)),
    begun: held.current,
  };
}

interface Props {
  reasons: Reasons;
  lines: readonly MissingLine[];
  /** What a line is about. */
  title: (line: MissingLine) => string;
}

/** Those whose line another has dismissed meanwhile, or that is missing no longer. */
export function LeftReasons({ reasons, lines, title }: Props) {
  const seen = useRef<readonly MissingLine[]>([]);
  seen.current = [...lines, ...seen.current.filter((old) => !lines.some(isOf(old)))];
  const about = (one: About): string => {
    const line = seen.current.find(isOf(one));
    if (!line) return tw("left_reason_unknown");
    const what = title(line);
    if (!line.dismissed) return tw("left_reason_gone", { what });
    const { author_id, reason: said, hidden } = line.dismissed;
    const name = names(known.value, []).person(author_id ?? "");
    return tw("left_reason_dismissed", { what, name, reason: hidden ? tw("hidden") : (said ?? "") });
  };
  const left = reasons.begun.filter(
    (one) => one.words.trim() !== "" && !lines.some((line) => isOf(line)(one) && line.dismissed === null),
  );
  return (
    <>
      {left.map((one) => (
        <Left
          key={`${one.kind}-${one.subject}`}
          title={tw("left_reason")}
          about={about(one)}
          text={one.words}
          onDiscard={() => reasons.drop(one)}
        />
      ))}
    </>
  );
}
