/**
 * Attempts as calls. Nothing is edited in place: a later moment of a call is said by one more attempt with the same
 * time of calling, so what belongs to one call is put together here. Pure.
 */
import type { AboutTime } from "../store/types";
import { MOMENTS, type Moment } from "./fields";
import type { AttemptView } from "./view";

/** No word yet of what came of it; the protocol wants a code with each attempt. */
export const UNKNOWN = "OKAND";
/** No answer, or a queue. */
export const NO_ANSWER = "EJSVAR";

export interface Call extends Record<Moment, AboutTime | null> {
  /** Of its first statement. */
  id: string;
  /** Of its last: what the next one goes on from. */
  lastId: string;
  outcome: string;
  reference: string | null;
  /** Each once, oldest first. */
  notes: readonly string[];
}

const called = (attempt: AttemptView) =>
  attempt.attempted === null ? attempt.id : String(Date.parse(attempt.attempted.from));

/** The last word of each who said something about the call, oldest first. */
function lastWords(said: readonly AttemptView[]): AttemptView[] {
  return said.filter((one, n) => !said.slice(n + 1).some((later) => later.authorId === one.authorId));
}

/**
 * Who says more takes back nothing that a colleague said; a later word of one's own replaces the earlier, so that a
 * slip can be taken back.
 */
function together(said: readonly AttemptView[]): Call {
  const last = lastWords(said);
  const moment = (name: Moment) => last.findLast((one) => one[name] !== null)?.[name] ?? null;
  const known = last.findLast((one) => one.outcome !== UNKNOWN) ?? last.at(-1);
  const notes = said.flatMap((one) => one.note ?? []);
  return {
    id: said[0]?.id ?? "",
    lastId: said.at(-1)?.id ?? "",
    attempted: moment("attempted"),
    answered: moment("answered"),
    arrived: moment("arrived"),
    left: moment("left"),
    outcome: known?.outcome ?? UNKNOWN,
    reference: last.findLast((one) => one.reference !== null)?.reference ?? null,
    notes: [...new Set(notes)],
  };
}

/** In the order of calling. `attempts`: in the order in which they were said. */
export function callsOf(attempts: readonly AttemptView[]): Call[] {
  const groups = new Map<string, AttemptView[]>();
  for (const attempt of attempts) {
    const key = called(attempt);
    groups.set(key, [...(groups.get(key) ?? []), attempt]);
  }
  const at = (call: Call) => Date.parse(call.attempted?.from ?? "") || 0;
  return [...groups.values()].map(together).sort((a, b) => at(a) - at(b));
}

/** The last of the moments that is known: how far the call has come. */
export function furthest(call: Call): { moment: Moment; at: AboutTime } | null {
  for (const moment of [...MOMENTS].reverse()) {
    const at = call[moment];
    if (at !== null) return { moment, at };
  }
  return null;
}
