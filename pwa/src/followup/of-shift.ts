/** The follow-ups of the shift that is being read, so that nobody begins one that somebody else has begun. */
import { useResource } from "../review/use-resource";
import type { Followup } from "./answers";
import { ask } from "./ask";
import { held } from "./held";

export const followups = held<{ items: Followup[] }>();

export const followupsOf = (id: string): Followup[] =>
  followups.data.value?.items.filter(({ observation_id }) => observation_id === id) ?? [];

export function useFollowups(shift: string): void {
  const found = useResource(
    `followups-${shift}`,
    (stop) => ask.ofShift(shift, stop),
    ({ kinds }) => kinds.includes("followup"),
  );
  followups.useHeld(found);
}
