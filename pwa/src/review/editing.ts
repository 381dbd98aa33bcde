/**
 * A text that two may write at once: what is typed is kept in this browser at each change, and sent with the version
 * that it began from. What somebody else changed meanwhile stands beside it; nothing that is typed is drawn over.
 */
import { useState } from "preact/hooks";
import { ApiError } from "../api/index";
import { maybe, object, type Parser, text } from "../parse";
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

/** What the server was heard to hold, while the page still showed the version before. */
interface Heard<F> {
  now: Version<F>;
  before: string | null;
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
  save: () => Promise<boolean>;
  discard: () => void;
}

const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

export function useEditing<F extends object>({ id, current, parse, send, newer }: Options<F>): Editing<F> {
  const draft = useDraft<Begun<F>>(id, object({ fields: parse, based_on: maybe(text) }));
  const { kept, isNotKept } = draft;
  const [base, setBase] = useState(() => (kept ? { version: kept.based_on } : { version: current.version }));
  const [mine, setMine] = useState<F | null>(kept?.fields ?? null);
  const [heard, setHeard] = useState<Heard<F> | null>(null);
  const [sending, setSending] = useState<Sending>({ is: "idle" });

  // An answer to a save tells sooner what the server holds than the page's own asking does.
  const held = heard && heard.before === current.version ? heard.now : current;
  const theirs = mine !== null && held.version !== base.version && !same(mine, held.fields) ? held : null;

  const change = (patch: Partial<F>) => {
    const begins = mine === null;
    const next = { ...(mine ?? held.fields), ...patch };
    const version = begins ? held.version : base.version;
    if (begins) setBase({ version });
    setMine(next);
    setSending({ is: "idle" });
    draft.keep({ fields: next, based_on: version });
  };
  const save = async () => {
    // A copy is saved as it stands, though nobody has typed in it.
    if (mine === null && held.version !== null) return true;
    setSending({ is: "sending" });
    await draft.flush();
    try {
      const now = await send(mine ?? held.fields, base.version);
      await draft.drop();
      setHeard({ now, before: current.version });
      setBase({ version: now.version });
      setMine(null);
      setSending({ is: "sent" });
      return true;
    } catch (error) {
      const found = error instanceof ApiError && error.code === "newer" ? newer(error.body) : null;
      if (found) setHeard({ now: found, before: current.version });
      setSending(found ? { is: "idle" } : { is: "failed", problem: failureOf(error) });
      return false;
    }
  };
  return {
    fields: mine ?? held.fields,
    isTouched: mine !== null,
    isNotKept,
    sending,
    theirs,
    change,
    takeTheirs: () => {
      void draft.drop();
      setBase({ version: held.version });
      setMine(null);
    },
    keepMine: () => {
      setBase({ version: held.version });
      if (mine !== null) draft.keep({ fields: mine, based_on: held.version });
    },
    save,
    discard: () => {
      void draft.drop();
      setBase({ version: held.version });
      setMine(null);
      setSending({ is: "idle" });
    },
  };
}

function failureOf(error: unknown): Failure {
  return error instanceof ApiError && error.code === "frozen" ? "frozen" : problemOf(error);
}
