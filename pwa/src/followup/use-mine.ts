import { useRef, useState } from "preact/hooks";
import { isObject, object, type Parser, text } from "../parse";
import { useDraft } from "../review/draft";

type Words<T extends string> = Partial<Record<T, string>>;

export interface Mine<T extends string> {
  /** What the field shows: what was typed, else what is saved. */
  value(name: T): string;
  /** What somebody else has made of a field since it was begun here. */
  theirs(): Words<T>;
  set(name: T, value: string): void;
  /** Fields whose words are not those that are saved. */
  changed(): Words<T>;
  /** These are saved now; what was typed while they were on their way is not among them. */
  done(said: Words<T>): void;
  discard(): void;
  /** The last change could not be written to this browser. */
  isNotKept: boolean;
}

/** `before`: what each field said when it was first touched. */
interface Begun {
  typed: Record<string, string>;
  before: Record<string, string>;
}

const words: Parser<Record<string, string>> = (value) =>
  Object.fromEntries(Object.entries(isObject(value) ? value : {}).map(([name, one]) => [name, text(one)]));
const begun: Parser<Begun> = object({ typed: words, before: words });

/** Typed fields over saved ones, kept in this browser: an answer that comes meanwhile never touches what is typed. */
export function useMine<T extends string>(id: string, saved: Readonly<Record<T, string>>): Mine<T> {
  const draft = useDraft(id, begun);
  const held = useRef<Begun>(draft.kept ?? { typed: {}, before: {} });
  const [, redraw] = useState(0);
  const own = Object.keys(saved) as T[];
  const pick = (isSo: (name: T) => boolean, from: Readonly<Record<string, string>>) =>
    Object.fromEntries(own.filter(isSo).map((name) => [name, from[name]])) as Words<T>;
  const isChanged = (name: T) => (held.current.typed[name] ?? saved[name]) !== saved[name];
  const hold = (next: Begun) => {
    held.current = next;
    redraw((n) => n + 1);
    if (Object.keys(next.typed).length === 0) void draft.drop();
    else draft.keep(next);
  };
  return {
    isNotKept: draft.isNotKept,
    value: (name) => held.current.typed[name] ?? saved[name],
    theirs: () => pick((name) => isChanged(name) && saved[name] !== held.current.before[name], saved),
    set: (name, value) => {
      const { typed, before } = held.current;
      hold({ typed: { ...typed, [name]: value }, before: { [name]: saved[name], ...before } });
    },
    changed: () => pick(isChanged, held.current.typed),
    done: (said) => {
      const { typed } = held.current;
      const now: Record<string, string> = { ...saved, ...said };
      const isLeft = (name: T) => typed[name] !== undefined && typed[name] !== now[name];
      hold({ typed: pick(isLeft, typed), before: pick(isLeft, now) } as Begun);
    },
    discard: () => hold({ typed: {}, before: {} }),
  };
}
