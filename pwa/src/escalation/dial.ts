/** The speaking card and what a tap on its number leaves behind: a question, never a claim. Pure. */
import { maybe, number, object, oneOf, or, text } from "../parse";
import type { Contact, Iso, Position, Service } from "../store/types";

export interface DialFields {
  /** Null: 112, and nobody has said yet which of its services. */
  service: string | null;
  number: string;
  /** The call for help that is rung about again. */
  target: string | null;
  /** The ids that a new call for help, and an observation written about it later, will have. */
  escalation: string;
  observation: string;
  /** The observation that `prefill` tells of. */
  seen: string | null;
  what: string;
  /** What the app itself wrote there. */
  prefill: string;
  placeId: string | null;
  placeText: string;
  placeBy: "guess" | "host";
  position: Position | null;
  /** When the phone told `position`. */
  heldAt: Iso | null;
  /** When the number was tapped and nobody has said yet whether anybody rang. */
  dialedAt: Iso | null;
}

const position = object({
  lat: number,
  lon: number,
  accuracy_m: maybe(number),
  age_ms: number,
  source: or(oneOf("gnss", "map", "place"), "gnss"),
});

export const parseDial = (empty: DialFields) =>
  or(
    object({
      service: maybe(text),
      number: or(text, empty.number),
      target: maybe(text),
      escalation: or(text, empty.escalation),
      observation: or(text, empty.observation),
      seen: maybe(text),
      what: or(text, ""),
      prefill: or(text, ""),
      placeId: maybe(text),
      placeText: or(text, ""),
      placeBy: or(oneOf("guess", "host"), "guess"),
      position: or(maybe(position), null),
      heldAt: maybe(text),
      dialedAt: maybe(text),
    }),
    empty,
  );

export const EMERGENCY = "112";

/** The number to dial: the contact that was chosen, else the service's own, else its first contact; empty for none. */
export function numberFor(
  service: Service | undefined,
  contacts: readonly Contact[],
  contactId: string | null,
): string {
  const chosen = contacts.find((one) => one.id === contactId);
  if (chosen) return chosen.number;
  if (!service) return EMERGENCY;
  return service.number ?? contacts.find((one) => one.service === service.code)?.number ?? "";
}

/** A host's own words on the card; without them it can be left as if it had never been opened. */
export function isWorded(fields: DialFields): boolean {
  return fields.what.trim() !== fields.prefill || fields.placeBy === "host";
}

/** As it was when the phone told it, and as much older as it is now. */
export function agedPosition(
  { position, heldAt }: Pick<DialFields, "position" | "heldAt">,
  now_ms: number,
): Position | null {
  if (position === null) return null;
  const since_ms = heldAt === null ? 0 : Math.max(0, now_ms - Date.parse(heldAt));
  return { ...position, age_ms: position.age_ms + (Number.isNaN(since_ms) ? 0 : since_ms) };
}

/** What the call was about, in the card's own words: what, and where in words. */
export function causeOf(what: string, where: string): string | null {
  return [what.trim(), where.trim()].filter(Boolean).join(" · ") || null;
}

/** What was seen, while the card still says so; else one that may be written later, under the id kept for it. */
export function observationOf({ seen, observation, what, prefill }: DialFields): string {
  return seen !== null && what.startsWith(prefill) ? seen : observation;
}
