/** One more word about a call: an attempt that goes on from the call as it stands. */
import { add, newId } from "../outbox";
import { current } from "../shift/state";
import type { AboutTime } from "../store/types";
import { type Call, callsOf } from "./calls";
import type { Moment } from "./fields";
import { escalations } from "./state";

/** The time of calling stands, but for whether it is from memory. */
export type Word = Partial<Pick<Call, Exclude<Moment, "attempted"> | "outcome"> & { attempted: AboutTime }>;

/** The call as it stands at this moment: a word of two seconds ago is part of it, though no screen was drawn since. */
function standing(target: string, callId: string): Call | undefined {
  const view = escalations.peek().find((one) => one.id === target);
  return callsOf(view?.attempts ?? []).find((one) => one.id === callId);
}

let saying: Promise<void> = Promise.resolve();

/** One after the other: a word that goes on from the call as it was before the last one would take that back. */
export function say(target: string, callId: string, word: Word): Promise<void> {
  const mine = saying.then(() => seal(target, callId, word));
  saying = mine.catch(() => undefined);
  return mine;
}

async function seal(target: string, callId: string, word: Word): Promise<void> {
  const call = standing(target, callId);
  if (!call?.attempted) throw new Error("the call is not on this phone");
  const { attempted, answered, arrived, left, outcome, reference } = call;
  await add({
    id: newId(),
    type: "escalation.attempt",
    shift: current.peek()?.id ?? null,
    position: null,
    data: { target, attempted, answered, arrived, left, outcome, reference, note: null, ...word },
  });
}
