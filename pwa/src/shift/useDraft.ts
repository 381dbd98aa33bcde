import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { type Guard, type Kept, type KeptWords, keptIn, useGuard } from "../guard/useGuard";
import { type Draft, drafts, dropDraft } from "../outbox";
import type { Parser } from "../parse";
import { spareShift } from "../store/spare";
import { me } from "../store/state";
import type { FormName, Iso } from "../store/types";
import { Keeper } from "./keeper";
import { current } from "./state";

interface Options<F> {
  id: string;
  form: FormName;
  /** The form as it opens, when nothing was kept. */
  empty: (begunAt: Iso) => F;
  parse: (begunAt: Iso) => Parser<F>;
  /** Fields whose words are looked through for what must not be kept. */
  guarded?: readonly (keyof F & string)[];
  /** False where nothing may stand in the way of saving: help that was called. */
  asks?: boolean;
}

export interface KeptForm<F> {
  fields: F;
  /** When the form was begun: the time to suggest, also after the phone has been dead. */
  begunAt: Iso;
  /** The shift that it was begun in. */
  shiftId: string | null;
  isResumed: boolean;
  isTouched: boolean;
  /** The last change could not be written to the phone. */
  isNotKept: boolean;
  change: (patch: Partial<F>) => void;
  /** The app's own proposal: shown, but not yet the host's words, so no draft is made of it. */
  propose: (patch: Partial<F>) => void;
  /** Saves with `save` and keeps the form if it fails; true when saved, unless the host has gone elsewhere meanwhile. */
  seal: (save: (fields: F, kept: KeptWords, form: Draft) => Promise<unknown>) => Promise<boolean>;
  isSealing: boolean;
  hasFailed: boolean;
  discard: () => Promise<void>;
  /** Writes what has changed now: something else is about to take the phone over. */
  keepNow: () => void;
  guard: Guard;
  /** What is asked before it is saved; drawn by the form. */
  ask: ComponentChildren;
}

interface Begun {
  draft: Draft;
  isResumed: boolean;
}

function begin(id: string, form: FormName): Begun {
  const kept = drafts.peek().find((draft) => draft.id === id);
  if (kept) return { draft: kept, isResumed: true };
  const at = new Date().toISOString();
  const author = me.peek()?.id ?? "";
  // A shift that cannot be read, since the database does not open, is still the one that the host is in.
  const shift = current.peek()?.id ?? spareShift(author);
  return { draft: { id, form, author, shift, at, updatedAt: at, fields: null }, isResumed: false };
}

/** A form that survives a kill: kept at each change under the id that its op will have. */
export function useDraft<F extends object>({
  id,
  form,
  empty,
  parse,
  guarded = [],
  asks = true,
}: Options<F>): KeptForm<F> {
  const [begun] = useState(() => begin(id, form));
  const { draft, isResumed } = begun;
  const [fields, setFields] = useState(() => (isResumed ? parse(draft.at)(draft.fields) : empty(draft.at)));
  const latest = useRef(fields);
  const [isTouched, setTouched] = useState(isResumed);
  const [isNotKept, setNotKept] = useState(false);
  const [isSealing, setSealing] = useState(false);
  const [hasFailed, setFailed] = useState(false);
  const isHere = useRef(true);
  const [keeper] = useState(() => new Keeper((isKept) => setNotKept(!isKept)));
  const kept = useRef<readonly Kept[]>(keptIn(draft.fields));
  const asDraft = (): Draft => {
    const own = kept.current.length === 0 ? latest.current : { ...latest.current, kept: kept.current };
    return { ...draft, updatedAt: new Date().toISOString(), fields: own };
  };

  useEffect(() => {
    const flush = () => void keeper.flush();
    document.addEventListener("visibilitychange", flush);
    window.addEventListener("pagehide", flush);
    return () => {
      document.removeEventListener("visibilitychange", flush);
      window.removeEventListener("pagehide", flush);
      isHere.current = false;
      flush();
    };
  }, [keeper]);

  const propose = (patch: Partial<F>) => {
    latest.current = { ...latest.current, ...patch };
    setFields(latest.current);
  };
  const change = (patch: Partial<F>) => {
    propose(patch);
    setTouched(true);
    keeper.keep(asDraft());
  };
  const guarding = useGuard({
    texts: () => Object.fromEntries(guarded.map((name) => [name, String(latest.current[name])])),
    change: (field, text) => change(Object.assign({}, latest.current, { [field]: text })),
    first: kept.current,
    onKeep: (now) => {
      kept.current = now;
      change({});
    },
  });
  const seal: KeptForm<F>["seal"] = async (save) => {
    if (asks && !(await guarding.settle())) return false;
    setSealing(true);
    setFailed(false);
    await keeper.done();
    try {
      await save(latest.current, guarding.said(), asDraft());
      return isHere.current;
    } catch {
      setFailed(true);
      await keeper.resume(asDraft());
      return false;
    } finally {
      setSealing(false);
    }
  };
  const discard = async () => {
    await keeper.done();
    await dropDraft(id);
  };
  const { at: begunAt, shift: shiftId } = draft;
  return {
    fields,
    begunAt,
    shiftId,
    isResumed,
    isTouched,
    isNotKept,
    change,
    propose,
    seal,
    isSealing,
    hasFailed,
    discard,
    keepNow: () => void keeper.flush(),
    guard: guarding.guard,
    ask: guarding.ask,
  };
}
