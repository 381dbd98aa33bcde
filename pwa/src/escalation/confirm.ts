/** What a host says after the number was tapped, as ops: only here does a tap become a call. */
import { type KeptWords, keptIn, stillKept } from "../guard/useGuard";
import { add, type Draft, dropDraft, newId, saveDraft } from "../outbox";
import { whereWords } from "../place/state";
import type { AboutTime, Iso } from "../store/types";
import { agedPosition, causeOf, type DialFields, isWorded, observationOf, parseDial } from "./dial";

export interface SaidYes {
  attempted: AboutTime;
  outcome: string;
  service: string;
}

/**
 * The call for help and its first attempt in one go; resolves to the call's id. Can be done again after it was cut
 * short: both have their ids since the card was opened, and the draft goes with the attempt, which is last.
 */
export async function sayYes(
  card: { id: string; shift: string | null; fields: DialFields; kept: KeptWords },
  said: SaidYes,
): Promise<string> {
  const { id, shift, fields, kept } = card;
  const target = fields.target ?? fields.escalation;
  if (fields.target === null)
    await add({
      id: fields.escalation,
      type: "escalation.create",
      shift,
      position: agedPosition(fields, Date.now()),
      data: {
        service: said.service,
        channel: "phone",
        observation_id: observationOf(fields),
        cause: causeOf(fields.what, whereWords(fields.placeId, fields.placeText || null)),
        ...kept,
      },
    });
  const { attempted, outcome } = said;
  const unsaid = { answered: null, arrived: null, left: null, reference: null, note: null };
  const data = { target, attempted, outcome, ...unsaid };
  await add({ id, type: "escalation.attempt", shift, position: null, data });
  return target;
}

/** Nothing is logged. Words that the host wrote on the card stay as a form begun. */
export async function sayNo(draft: Draft, fields: DialFields): Promise<void> {
  if (!isWorded(fields)) return dropDraft(draft.id);
  return saveDraft({ ...draft, fields: { ...fields, kept: keptIn(draft.fields), dialedAt: null } });
}

const nothing = (): DialFields => ({
  service: null,
  number: "",
  target: null,
  escalation: newId(),
  observation: newId(),
  seen: null,
  what: "",
  prefill: "",
  placeId: null,
  placeText: "",
  placeBy: "guess",
  position: null,
  heldAt: null,
  dialedAt: null,
});

export interface Dialed {
  draft: Draft;
  fields: DialFields;
  kept: KeptWords;
  at: Iso;
}

/** A card whose number was tapped, and nobody has said yet whether anybody rang. */
export function dialedOf(draft: Draft): Dialed | null {
  if (draft.form !== "dial") return null;
  const fields = parseDial(nothing())(draft.fields);
  if (fields.dialedAt === null) return null;
  const kept = stillKept(keptIn(draft.fields), [fields.what, fields.placeText]);
  return { draft, fields, kept, at: fields.dialedAt };
}
