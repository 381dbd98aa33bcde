import { useEffect } from "preact/hooks";
import { newId } from "../outbox";
import { type Fix, useFix } from "../place/useFix";
import { type KeptForm, useDraft } from "../shift/useDraft";
import { contacts, places, vocabulary } from "../store/state";
import { goFromHere } from "../ui";
import { speakingCard } from "../ui/routes";
import { opened, placeHere } from "./card";
import { type SaidYes, sayYes } from "./confirm";
import { type DialFields, isWorded, numberFor, parseDial } from "./dial";

export interface CardOf {
  /** The id that the attempt will have. */
  id: string;
  service: string | null;
  contact: string | null;
  /** The call for help that is rung about again. */
  target: string | null;
  /** The observation that it is about, which may not be saved yet. */
  about?: string | null;
}

interface Card {
  form: KeptForm<DialFields>;
  fix: Fix;
  dial: () => void;
  /** True when saved. */
  yes: (said: SaidYes) => Promise<boolean>;
  no: () => void;
}

function opening({ service, contact, target, about }: CardOf): DialFields {
  const known = vocabulary.peek()?.services.find((one) => one.code === service);
  const number = numberFor(known, contacts.peek(), contact);
  const ids = { escalation: newId(), observation: about ?? newId() };
  return opened({ service, number, target, ...ids }, about != null);
}

const held = (told: Fix["told"]): Pick<DialFields, "position" | "heldAt"> => ({
  position: told?.position ?? null,
  heldAt: told === null ? null : new Date(told.at_ms).toISOString(),
});

/** Without a position of the phone's own, the chosen place's; said to be that. */
function ofPlace(placeId: string | null): Fix["told"] {
  const place = places.peek().find((one) => one.id === placeId);
  if (!place) return null;
  const { lat, lon } = place;
  return { position: { lat, lon, accuracy_m: null, age_ms: 0, source: "place" }, at_ms: Date.now() };
}

/** Where the phone is, as it is found out: proposed as a place before the call, kept with the call after. */
function useWhere({ fields, propose, change }: KeptForm<DialFields>, { told }: Fix): void {
  useEffect(() => {
    if (!told) return;
    const { dialedAt, placeBy, target, position } = fields;
    if (dialedAt === null && placeBy === "guess" && target === null) propose(placeHere(told.position));
    // Tapped before the phone knew where it was: what it finds meanwhile belongs to the call, too.
    if (dialedAt !== null && position?.source !== "gnss") change(held(told));
  }, [told]);
}

const anew = ({ service, contact, target, about }: CardOf) =>
  speakingCard(newId(), {
    ...(service ? { service } : {}),
    ...(contact ? { contact } : {}),
    ...(target ? { target } : {}),
    ...(about ? { about } : {}),
  });

/** A speaking card: a form that lives on after its number was tapped, until somebody says whether anybody rang. */
export function useCard(card: CardOf): Card {
  const { id } = card;
  const empty = () => opening(card);
  const form = useDraft<DialFields>({
    id,
    form: "dial",
    empty,
    parse: () => parseDial(empty()),
    guarded: ["what", "placeText"],
    asks: false,
  });
  const fix = useFix();
  useWhere(form, fix);
  const dial = () => {
    form.change({ dialedAt: new Date().toISOString(), ...held(fix.told ?? ofPlace(form.fields.placeId)) });
    // The dialler takes the phone over, and on a small one that is the end of this page.
    form.keepNow();
  };
  const no = () => {
    if (isWorded(form.fields)) {
      form.change({ dialedAt: null });
      form.keepNow();
      return;
    }
    form.propose({ dialedAt: null });
    // A card of its own for the next tap: this one keeps nothing any more, so that no late write brings it back.
    const lead = goFromHere();
    void form.discard().finally(() => lead(anew(card), { replace: true }));
  };
  const yes = (said: SaidYes) =>
    form.seal((fields, kept) => sayYes({ id, shift: form.shiftId, fields, kept }, said));
  return { form, fix, dial, yes, no };
}
