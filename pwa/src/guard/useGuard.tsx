/** The guard's part of every form: small, since a start carries it. What it looks with is fetched beside the form. */
import type { ComponentChildren } from "preact";
import { useRef, useState } from "preact/hooks";
import { listOfGood, object, oneOf, or, text } from "../parse";
import type { Kind } from "./find";

/** A word that stays, and the host's reason. The word itself never leaves the form. */
export interface Kept {
  kind: Kind;
  words: string;
  reason: string;
}

/** What goes into an op's data: nothing where nothing was kept. */
export type KeptWords = { kept_words?: { kind: Kind; reason: string }[] };

export interface Guard {
  /** Field → its text now. */
  texts: () => Readonly<Record<string, string>>;
  change: (field: string, text: string) => void;
  kept: readonly Kept[];
  keep: (one: Kept) => void;
}

export interface Guarding {
  guard: Guard;
  /** Asks about numbers of persons that are still there; true when it may be saved. */
  settle: () => Promise<boolean>;
  said: () => KeptWords;
  /** The question, while it is asked. */
  ask: ComponentChildren;
}

interface Options extends Pick<Guard, "texts" | "change"> {
  first?: readonly Kept[];
  onKeep?: (kept: readonly Kept[]) => void;
}

const KINDS = ["personnummer", "samordningsnummer", "phone", "plate", "email", "name"] as const;
const stored = or(
  object({ kept: or(listOfGood(object({ kind: oneOf(...KINDS), words: text, reason: text })), []) }),
  { kept: [] },
);

/** As it lies in a draft, beside the form's own fields. */
export const keptIn = (fields: unknown): Kept[] => stored(fields).kept;

/** Of what is kept in a form only what its texts still say. */
export function stillKept(kept: readonly Kept[], texts: readonly string[]): KeptWords {
  const all = texts.join("\n");
  const left = kept.filter(({ words }) => all.includes(words));
  return left.length === 0 ? {} : { kept_words: left.map(({ kind, reason }) => ({ kind, reason })) };
}

const load = () => import("./Findings");
type Parts = Awaited<ReturnType<typeof load>>;

/** Words are never held up by a part of the app that does not come: the server looks again. */
const WAIT_MS = 2_000;
const late = () => new Promise<null>((resolve) => setTimeout(resolve, WAIT_MS, null));

/** Any digit of any script: without one there is no number. */
const DIGIT = /\p{Nd}/u;

export function useGuard({ texts, change, first = [], onKeep }: Options): Guarding {
  const [kept, setKept] = useState(first);
  const latest = useRef(first);
  const [question, setQuestion] = useState<{ parts: Parts; answer: (may: boolean) => void } | null>(null);
  const keep = (one: Kept) => {
    latest.current = [...latest.current, one];
    setKept(latest.current);
    onKeep?.(latest.current);
  };
  const guard: Guard = { texts, change, kept, keep };
  const settle = async () => {
    if (question !== null) return false;
    if (!DIGIT.test(Object.values(texts()).join(" "))) return true;
    const parts = await Promise.race([load(), late()]).catch(() => null);
    if (parts === null || !parts.mustAsk(texts(), latest.current)) return true;
    return new Promise<boolean>((answer) => setQuestion({ parts, answer }));
  };
  const said = () => stillKept(latest.current, Object.values(texts()));
  const end = (may: boolean) => {
    setQuestion(null);
    question?.answer(may);
  };
  return {
    guard,
    settle,
    said,
    ask: question ? <question.parts.AskSheet guard={guard} onEnd={end} /> : null,
  };
}

/** One guarded text of a small form; `begun`: what was kept of it elsewhere. */
export function useGuardedText(begun = "") {
  const [value, setValue] = useState(begun);
  const latest = useRef(begun);
  const set = (next: string) => {
    latest.current = next;
    setValue(next);
  };
  const guarding = useGuard({ texts: () => ({ text: latest.current }), change: (_, next) => set(next) });
  return { value, set, now: () => latest.current.trim(), ...guarding };
}
