/** English words of a point that a host sets on the map. */
import type { Translation } from "./engine";
import type { sv } from "./pin.sv";

export const en: Translation<typeof sv> = {
  open: "Choose on the map",
  move: "Move the point on the map",
  drop: "Remove the point",
  set: "a point on the map",
  with: "The point on the map goes with the record, not the phone's position.",
  said: "set on the map",
  of_place: "the place's own point",
  loading: "The map is loading …",
  failed: "The map could not be fetched. Choose a place in the list.",
};
