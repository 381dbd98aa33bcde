/** What is being written at the desk: kept in this browser at each change, until it is sent or thrown away. */
import { useEffect, useRef, useState } from "preact/hooks";
import { drafts, dropDraft } from "../outbox";
import { attempt, type Parser } from "../parse";
import { Keeper } from "../shift/keeper";
import { me } from "../store/state";

export interface DeskDraft<T> {
  /** What had been begun when the page was opened. */
  kept: T | null;
  /** The last change could not be written to this browser. */
  isNotKept: boolean;
  keep: (fields: T) => void;
  flush: () => Promise<void>;
  drop: () => Promise<void>;
}

/** @param id one for each thing that can be written. */
export function useDraft<T>(id: string, parse: Parser<T>): DeskDraft<T> {
  // Whoever began it: another may have signed in when the last of it is kept or dropped.
  const [author] = useState(() => me.peek()?.id ?? "");
  const key = `${id}:${author}`;
  const [found] = useState(() => drafts.peek().find((draft) => draft.id === key));
  const [kept] = useState(() => (found ? attempt(parse, found.fields) : null));
  const [isNotKept, setNotKept] = useState(false);
  const fresh = () => new Keeper((isKept) => setNotKept(!isKept));
  const keeper = useRef<Keeper | null>(null);
  keeper.current ??= fresh();
  const at = useRef(kept === null || !found ? new Date().toISOString() : found.at);
  /** What lies there that is later was kept by another page, or by this one since it was opened anew. */
  const keptAt = useRef(found?.updatedAt ?? "");
  const isHere = useRef(true);
  const flush = () => keeper.current?.flush() ?? Promise.resolve();
  useEffect(() => {
    const put = () => void flush();
    window.addEventListener("pagehide", put);
    return () => {
      window.removeEventListener("pagehide", put);
      isHere.current = false;
      put();
    };
  }, []);
  return {
    kept,
    isNotKept,
    flush,
    keep: (fields) => {
      if (!isHere.current) return;
      keptAt.current = new Date().toISOString();
      keeper.current?.keep({
        id: key,
        form: "desk",
        author,
        shift: null,
        at: at.current,
        updatedAt: keptAt.current,
        fields,
      });
    },
    drop: async () => {
      const [old, until] = [keeper.current, keptAt.current];
      // What is typed from now on is another draft.
      keeper.current = fresh();
      await old?.done();
      const there = drafts.peek().find((one) => one.id === key);
      const isLater = keptAt.current > until || (there !== undefined && there.updatedAt > until);
      if (!isLater) await dropDraft(key);
    },
  };
}
