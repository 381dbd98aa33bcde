/**
 * A text that two may write at once: what is typed is kept in this browser at each change, and sent with the version
 * that it began from. What somebody else changed meanwhile stands beside it; nothing that is typed is drawn over.
 */
import { useRef, useState } from "preact/hooks";
import { ApiError } from "../api/index";
import { list, maybe, object, or, type Parser, text } from "../parse";
import { useDraft } from "./draft";
import { type Problem, problemOf } from "./load";

/** `version` is null where nothing has been written yet. */
export interface Version<F> {
  version: string | null;
  fields: F;
}

/** As it is kept: what was typed, over which version. */
interface Begun<F> {
  fields: F;
  based_on: string | null;
  /** What was sent of it, the latest last: where the server holds one of these, nobody else has written. */
  sent: readonly F[];
}

interface Options<F> {
  /** Of the draft; one for each thing that can be written. */
  id: string;
  /** What the server holds now, as far as is known. */
  current: Version<F>;
  parse: Parser<F>;
  /** Sends; answers with what the server holds then. */
  send: (fields: F, based_on: string | null) => Promise<Version<F>>;
  /** What the server holds, from the body of a 409. */
  newer: (body: unknown) => Version<F> | null;
}

/** What the server was heard to hold, while the page still showed one of the versions before. */
interface Heard<F> {
  now: Version<F>;
  passed: readonly (string | null)[];
}

/** `mine` is null where nothing is typed. */
interface Book<F> {
  mine: F | null;
  base: string | null;
  sent: readonly F[];
  heard: Heard<F> | null;
}

type Sending = { is: "idle" } | { is: "sending" } | { is: "sent" } | { is: "failed"; problem: Failure };
export type Failure = Problem | "frozen";

export interface Editing<F> {
  fields: F;
  isTouched: boolean;
  /** The last change could not be written to this browser. */
  isNotKept: boolean;
  sending: Sending;
  /** What somebody else has written since this was begun. */
  theirs: Version<F> | null;
  change: (patch: Partial<F>) => void;
  takeTheirs: () => void;
  keepMine: () => void;
  /** True where all that is typed is with the server: not where more was typed while it was sent. */
  save: () => Promise<boolean>;
  discard: () => void;
}

const SENT_MAX = 5;

/** The server cuts blanks at the ends. */
const cut = (_: string, value: unknown) => (typeof value === "string" ? value.trim() : value);
const same = (one: unknown, other: unknown) => JSON.stringify(one, cut) === JSON.stringify(other, cut);

/** An answer to a save tells sooner what the server holds than the page's own asking does. */
const heldBy = <F>({ heard }: Book<F>, current: Version<F>) =>
  heard?.passed.includes(current.version) ? heard.now : current;

const wasSent = <F>({ sent }: Book<F>, { fields }: Version<F>) => sent.some((one) => same(one, fields));

/** The version that what is typed stands over: also where the answer that would have told it never came. */
const baseOf = <F>(book: Book<F>, held: Version<F>) =>
  held.version !== book.base && (same(book.mine, held.fields) || wasSent(book, held))
    ? held.version
    : book.base;

/** @param passed versions that were there before */
function told<F>({ heard }: Book<F>, now: Version<F>, ...passed: (string | null)[]): Heard<F> {
  const all = heard ? [...heard.passed, heard.now.version, ...passed] : passed;
  return { now, passed: all.filter((one) => one !== now.version) };
}

/** What is typed and what was heard, as it is now: who waits for an answer has begun before it was last drawn. */
function useBook<F extends object>({ id, current, parse }: Options<F>) {
  const kept = object({ fields: parse, based_on: maybe(text), sent: or(list(parse), []) });
  const draft = useDraft<Begun<F>>(id, kept);
  const [first, draw] = useState<Book<F>>(() => ({
    mine: draft.kept?.fields ?? null,
    base: draft.kept ? draft.kept.based_on : current.version,
    sent: draft.kept?.sent ?? [],
    heard: null,
  }));
  const book = useRef(first);
  const hold = (next: Book<F>) => {
    book.current = next;
    draw(next);
    if (next.mine !== null) draft.keep({ fields: next.mine, based_on: next.base, sent: next.sent });
  };
  const clear = () => {
    void draft.drop();
    hold({ ...book.current, mine: null, base: heldBy(book.current, current).version, sent: [] });
  };
  return { now: () => book.current, hold, clear, draft };
}

const newerIn = <F>({ newer }: Options<F>, error: unknown) =>
  error instanceof ApiError && error.code === "newer" ? newer(error.body) : null;

/** Over what was sent before and is there, too, though the answer that would have told it never came. */
async function put<F>(options: Options<F>, book: Book<F>, fields: F, base: string | null) {
  try {
    return await options.send(fields, base);
  } catch (error) {
    const found = newerIn(options, error);
    if (!found || found.version === base || !wasSent(book, found)) throw error;
    return options.send(fields, found.version);
  }
}

/** What becomes of a save. */
function useSave<F extends object>(options: Options<F>, { now, hold, draft }: ReturnType<typeof useBook<F>>) {
  const { current } = options;
  const [sending, setSending] = useState<Sending>({ is: "idle" });
  const isUnderWay = useRef(false);
  const save = async () => {
    const begun = now();
    const held = heldBy(begun, current);
    if (isUnderWay.current) return false;
    // A copy is saved as it stands, though nobody has typed in it.
    if (begun.mine === null && held.version !== null) return true;
    const fields = begun.mine ?? held.fields;
    const base = baseOf(begun, held);
    const others = begun.sent.filter((one) => !same(one, fields));
    isUnderWay.current = true;
    setSending({ is: "sending" });
    hold({ ...begun, base, sent: [...others, fields].slice(-SENT_MAX) });
    try {
      await draft.flush();
      const there = await put(options, now(), fields, base);
      // What was typed while it was on its way is not among what was saved.
      const more = now().mine === begun.mine ? null : now().mine;
      const heard = told(now(), there, base, current.version);
      hold({ mine: more, base: there.version, sent: [], heard });
      setSending({ is: more === null ? "sent" : "idle" });
    } catch (error) {
      const found = newerIn(options, error);
      if (found) hold({ ...now(), heard: told(now(), found, base, current.version) });
      setSending(found ? { is: "idle" } : { is: "failed", problem: failureOf(error) });
      return false;
    } finally {
      isUnderWay.current = false;
    }
    if (now().mine !== null) return false;
    await draft.drop();
    return true;
  };
  const settle = () => {
    if (!isUnderWay.current) setSending({ is: "idle" });
  };
  return { sending, settle, save };
}

export function useEditing<F extends object>(options: Options<F>): Editing<F> {
  const { current } = options;
  const own = useBook(options);
  const { now, hold, clear, draft } = own;
  const { sending, settle, save } = useSave(options, own);
  const book = now();
  const held = heldBy(book, current);
  return {
    fields: book.mine ?? held.fields,
    isTouched: book.mine !== null,
    isNotKept: draft.isNotKept,
    sending,
    theirs: book.mine !== null && held.version !== baseOf(book, held) ? held : null,
    change: (patch) => {
      const there = heldBy(now(), current);
      const { mine, base } = now();
      hold({
        ...now(),
        mine: { ...(mine ?? there.fields), ...patch },
        base: mine === null ? there.version : base,
      });
      settle();
    },
    takeTheirs: clear,
    keepMine: () => hold({ ...now(), base: heldBy(now(), current).version }),
    save,
    discard: () => {
      clear();
      settle();
    },
  };
}

function failureOf(error: unknown): Failure {
  return error instanceof ApiError && error.code === "frozen" ? "frozen" : problemOf(error);
}
