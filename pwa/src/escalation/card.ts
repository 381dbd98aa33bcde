/** How the card opens: what was seen last, and where the phone is. */
import { arrivedAt } from "../checkin/state";
import { category, observations } from "../observation/state";
import { proposedPlace } from "../place/rules";
import { places, vocabulary } from "../store/state";
import type { Position } from "../store/types";
import { named } from "../text";
import { th } from "../text/help";
import type { DialFields } from "./dial";
import { lastSeen } from "./prefill";
import { escalations } from "./state";

type Known = Pick<DialFields, "service" | "number" | "target" | "escalation" | "observation">;

/** Filled in with what was seen last; a call about the same thing says what the first one said. `isAbout`: of another. */
export function opened(known: Known, isAbout = false): DialFields {
  const same = escalations.peek().find((one) => one.id === known.target);
  const seen =
    same || isAbout
      ? null
      : lastSeen(
          {
            observations: observations.peek(),
            category,
            name: named,
            counts: vocabulary.peek()?.count_bands ?? [],
            people: (n) => th("people", { n }),
          },
          Date.now(),
        );
  const words = same?.cause ?? seen?.words ?? "";
  return {
    ...known,
    seen: seen?.observation ?? null,
    what: words,
    prefill: words,
    placeId: same ? null : (placeHere(null).placeId ?? seen?.placeId ?? null),
    placeText: seen?.placeText ?? "",
    placeBy: "guess",
    position: null,
    heldAt: null,
    dialedAt: null,
  };
}

export function placeHere(position: Position | null): Pick<DialFields, "placeId" | "placeText"> {
  return { placeId: proposedPlace(places.peek(), position, arrivedAt.peek()), placeText: "" };
}
