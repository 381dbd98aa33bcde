/**
 * A disclosure that is being made: what is written and masked is kept in this browser at each change, as everything
 * that is written at the desk is, and goes only when it is handed out.
 */
import { useRef, useState } from "preact/hooks";
import { ApiError } from "../api/index";
import { parsedProblem } from "../api/problem";
import { type Guarding, type Kept, keptIn, useGuard } from "../guard/useGuard";
import { newId } from "../outbox";
import { flag, isObject, list, maybe, number, object, oneOf, or, type Parser, text } from "../parse";
import { type Editing, useEditing, type Version } from "../review/editing";
import { problemOf } from "../review/load";
import type { DraftRecord } from "./answers";
import { ask, type Said } from "./ask";
import { type Chosen, digest, type Masks, sentOf, TO, type To, type VersionMasks } from "./rules";

export interface Fields extends Chosen {
  /** Of the disclosure, for all tries: an answer that is lost on its way back makes no second one. */
  id: string;
  to: To | null;
  recipient: string;
  reference: string;
  decision: string;
  /** Null: as its recipient usually has it. */
  positions: boolean | null;
  kept: readonly Kept[];
}

export type Change = (patch: Partial<Fields> | ((now: Fields) => Partial<Fields>)) => void;
/** `newer` and `closed`: the records are not those that were fetched. `made`: an earlier try got through, as it was. */
export type Trouble = "newer" | "closed" | "made" | "offline" | "signin" | "invalid" | "failed";

const tokens = or(maybe(list(number)), null);
const masksOf = object({ text: tokens, place_text: tokens, reason: tokens });
const masks: Parser<Masks> = (value, at) =>
  Object.fromEntries(
    Object.entries(isObject(value) ? value : {}).map(([version, said]) => [
      version,
      Object.fromEntries(
        Object.entries(masksOf(said, at)).filter(([, masked]) => masked !== null),
      ) as VersionMasks,
    ]),
  );

const parse: Parser<Fields> = object({
  id: text,
  to: maybe(oneOf(...TO)),
  recipient: text,
  reference: text,
  decision: text,
  positions: maybe(flag),
  earlier: flag,
  left_out: list(text),
  masks,
  kept: (kept) => keptIn({ kept }),
});

const nothing = (): Fields => ({
  id: newId(),
  to: null,
  recipient: "",
  reference: "",
  decision: "",
  positions: null,
  earlier: false,
  left_out: [],
  masks: {},
  kept: [],
});

export const withPositions = ({ positions, to }: Fields) => positions ?? to === "police";

function saidOf(fields: Fields, records: readonly DraftRecord[]): Said {
  const { id, to, recipient, reference, decision } = fields;
  if (to === null) throw new ApiError("problem", 422);
  return {
    id,
    to,
    // Nobody asks the public who they are; what was typed before that was chosen is not sent either.
    recipient: to === "public" ? null : recipient.trim() || null,
    reference: reference.trim() || null,
    decision: decision.trim(),
    positions: withPositions(fields),
    records: sentOf(records, fields),
  };
}

function troubleOf(error: unknown): Trouble {
  if (error instanceof ApiError && error.code === "newer") return "newer";
  if (error instanceof ApiError && error.code === "conflict") return "made";
  if (error instanceof ApiError && error.problem?.errors.some(({ code }) => code === "not-disclosable"))
    return "closed";
  if (error instanceof ApiError && error.status === 422) return "invalid";
  const problem = problemOf(error);
  return problem === "offline" || problem === "signin" ? problem : "failed";
}

export interface Making
  extends Pick<Guarding, "guard" | "settle" | "ask">,
    Pick<Editing<Fields>, "fields" | "isTouched" | "isNotKept" | "discard"> {
  change: Change;
  isSending: boolean;
  trouble: Trouble | null;
  forgive: () => void;
  /** The id of what was made; null where it was not. */
  send: (records: readonly DraftRecord[]) => Promise<string | null>;
}

/** @param query of the address: each has a draft of its own */
export function useMaking(query: string): Making {
  const [empty, setEmpty] = useState(nothing);
  const { trouble, setTrouble, told } = useTrouble();
  const records = useRef<readonly DraftRecord[]>([]);
  const editing = useEditing<Fields>({
    id: `disclosure:${digest(query)}`,
    current: { version: null, fields: empty },
    parse,
    send: told(async (fields) => {
      const made = await ask.make({ ...saidOf(fields, records.current), ...guarding.said() });
      // Nothing is added to what is made: what was typed since stays here, and is told not to be in it.
      if (now() !== fields) throw new ApiError("problem", 409, parsedProblem({ type: "/problems/conflict" }));
      return { version: made.id, fields };
    }),
    newer: () => null,
  });
  const { change, now } = useLatest(editing);
  const guarding = useGuard({
    texts: () => {
      const { to, recipient, reference, decision } = now();
      return { recipient: to === "public" ? "" : recipient, reference, decision };
    },
    change: (field, said) => change({ [field]: said }),
    first: editing.fields.kept,
    onKeep: (kept) => change({ kept }),
  });
  return {
    ...guarding,
    ...editing,
    change,
    isSending: editing.sending.is === "sending",
    trouble,
    forgive: () => setTrouble(null),
    send: async (found) => {
      records.current = found;
      return (await editing.save()) ? editing.fields.id : null;
    },
    discard: () => {
      setTrouble(null);
      setEmpty(nothing());
      editing.discard();
    },
  };
}

type Send = (fields: Fields) => Promise<Version<Fields>>;

/** What came of the last try: it stays to be read while something else is changed. */
function useTrouble() {
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const told =
    (send: Send): Send =>
    async (fields) => {
      setTrouble(null);
      try {
        return await send(fields);
      } catch (error) {
        setTrouble(troubleOf(error));
        throw error;
      }
    };
  return { trouble, setTrouble, told };
}

/** Parts that are not drawn anew hold the first `change` that they were given. */
function useLatest(editing: Editing<Fields>): { change: Change; now: () => Fields } {
  const latest = useRef(editing);
  latest.current = editing;
  const now = () => latest.current.fields;
  const change: Change = (patch) => latest.current.change(typeof patch === "function" ? patch(now()) : patch);
  return useState({ change, now })[0];
}
