import shield from "lucide-static/icons/shield-alert.svg?raw";
import { useEffect, useRef, useState } from "preact/hooks";
import { t } from "../text";
import { tg } from "../text/guard";
import { Button, Icon, Sheet, TextField } from "../ui";
import "./guard.css";
import { type Found, find, isIdentity, type Kind } from "./find";
import type { Guard, Kept } from "./useGuard";

/** Nobody is told of a number while its digits are still being typed. */
const WAIT_MS = 500;

type Word = Pick<Found, "kind" | "words">;

const isSame = (a: Word, b: Word) => a.kind === b.kind && a.words === b.words;

/** Each word once, however often it is said. */
function wordsIn(text: string): Word[] {
  const found = find(text);
  return found.filter((one, i) => found.findIndex((other) => isSame(one, other)) === i);
}

const open = (text: string, kept: readonly Kept[]) =>
  wordsIn(text).filter((word) => !kept.some((known) => isSame(known, word)));

export function mustAsk(texts: Readonly<Record<string, string>>, kept: readonly Kept[]): boolean {
  return Object.values(texts).some((text) => open(text, kept).some(({ kind }) => isIdentity(kind)));
}

/** The text without the word, and without what only stood around it. */
export function without(text: string, words: string): string {
  return text
    .split(words)
    .join("")
    .replace(/[ \u00a0]{2,}/g, " ")
    .replace(/ ([,.;:])/g, "$1")
    .replace(/^[\s,;:]+/, "");
}

const LOOKS: Record<Kind, () => string> = {
  personnummer: () => tg("looks_personnummer"),
  samordningsnummer: () => tg("looks_samordningsnummer"),
  phone: () => tg("looks_phone"),
  plate: () => tg("looks_plate"),
  email: () => tg("looks_email"),
  name: () => tg("looks_name"),
};

const reasons = (kind: Kind) =>
  isIdentity(kind)
    ? [tg("reason_order"), tg("reason_case"), tg("reason_other")]
    : [tg("reason_nobody"), tg("reason_needed")];

/** Why it stays: one tap, or the host's own words. */
function Reason({ word, onReason }: { word: Word; onReason: (reason: string) => void }) {
  const [own, setOwn] = useState("");
  return (
    <div class="stack inset">
      <p>{isIdentity(word.kind) ? tg("keep_why_number") : tg("keep_why")}</p>
      <div class="row">
        {reasons(word.kind).map((reason) => (
          <Button key={reason} onPress={() => onReason(reason)}>
            {reason}
          </Button>
        ))}
      </div>
      <TextField label={tg("keep_own")} value={own} onInput={setOwn} maxLength={200} />
      {own.trim() === "" ? null : <Button onPress={() => onReason(own.trim())}>{tg("keep_own_save")}</Button>}
    </div>
  );
}

interface OneProps {
  word: Word;
  onRemove: () => void;
  onKeep: (reason: string) => void;
}

function One({ word, onRemove, onKeep }: OneProps) {
  const [isKeeping, setKeeping] = useState(false);
  return (
    <li class={`found${isIdentity(word.kind) ? " person" : ""}`}>
      <p class="found-words">
        <Icon svg={shield} />
        <span>
          {LOOKS[word.kind]()} <strong>{word.words}</strong>
        </span>
      </p>
      <div class="row equal">
        <Button name={tg("remove_name", { words: word.words })} onPress={onRemove}>
          {tg("remove")}
        </Button>
        <Button
          name={tg("keep_name", { words: word.words })}
          expanded={isKeeping}
          onPress={() => setKeeping(!isKeeping)}
        >
          {tg("keep")}
        </Button>
      </div>
      {isKeeping ? <Reason word={word} onReason={onKeep} /> : null}
    </li>
  );
}

interface ListProps {
  guard: Guard;
  field: string;
  words: readonly Word[];
  onDone?: () => void;
}

function List({ guard, field, words, onDone }: ListProps) {
  return (
    <ul class="stack">
      {words.map((word) => (
        <One
          key={`${word.kind} ${word.words}`}
          word={word}
          onRemove={() => {
            guard.change(field, without(guard.texts()[field] ?? "", word.words));
            onDone?.();
          }}
          onKeep={(reason) => {
            guard.keep({ ...word, reason });
            onDone?.();
          }}
        />
      ))}
    </ul>
  );
}

/** What was found in one field, once the host has paused, and what can be done about it. */
export function Findings({ guard, field }: { guard: Guard; field: string }) {
  const text = guard.texts()[field] ?? "";
  const [looked, setLooked] = useState(text);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const timer = setTimeout(setLooked, WAIT_MS, text);
    return () => clearTimeout(timer);
  }, [text]);
  const words = open(looked, guard.kept).filter((word) => text.includes(word.words));
  const kept = guard.kept.filter((one) => text.includes(one.words));
  if (words.length === 0 && kept.length === 0) return null;
  return (
    // The button that was pressed is gone then: the focus stays where it was read.
    <div ref={box} class="stack" tabIndex={-1}>
      <List guard={guard} field={field} words={words} onDone={() => box.current?.focus()} />
      {kept.map(({ kind, words: stays, reason }) => (
        <p key={`${kind} ${stays}`} class="quiet-words">
          {tg("kept", { words: stays, reason })}
        </p>
      ))}
    </div>
  );
}

/** Asked before a number of a person is saved. It is saved as soon as each is removed or has its reason. */
export function AskSheet({ guard, onEnd }: { guard: Guard; onEnd: (may: boolean) => void }) {
  const texts = guard.texts();
  const asked = Object.entries(texts).map(([field, text]) => ({
    field,
    words: open(text, guard.kept).filter(({ kind }) => isIdentity(kind)),
  }));
  const isSettled = asked.every(({ words }) => words.length === 0);
  useEffect(() => {
    if (isSettled) onEnd(true);
  }, [isSettled]);
  return (
    <Sheet
      title={tg("ask_title")}
      onClose={() => onEnd(false)}
      footer={
        <Button wide onPress={() => onEnd(false)}>
          {t("ui.back")}
        </Button>
      }
    >
      <p>{tg("ask_about")}</p>
      {asked.map(({ field, words }) => (
        <List key={field} guard={guard} field={field} words={words} />
      ))}
    </Sheet>
  );
}
