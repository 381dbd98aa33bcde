import { useEffect } from "preact/hooks";
import { places } from "../store/state";
import { proposedPlace } from "./rules";
import type { Whereabouts } from "./usePosition";

interface Options {
  whereabouts: Whereabouts;
  /** Where the host last said to have arrived. */
  arrivedAt: string | null;
  /** False once the host has chosen, and for a form taken up again somewhere else. */
  isWanted: boolean;
  onGuess: (placeId: string | null) => void;
}

/** Fills in the place: at once from the last arrival, and better when the position comes. */
export function usePlaceGuess({ whereabouts, arrivedAt, isWanted, onGuess }: Options): void {
  useEffect(() => {
    if (isWanted) onGuess(proposedPlace(places.peek(), whereabouts.position, arrivedAt));
  }, [whereabouts.phase]);
}
