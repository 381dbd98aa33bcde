import { places } from "../store/state";

export function placeName(id: string): string {
  return places.value.find((place) => place.id === id)?.name ?? "";
}

/** Where, in words: the place, else what was written, else nothing. */
export function whereWords(placeId: string | null, placeText: string | null): string {
  const name = placeId === null ? "" : placeName(placeId);
  return [name, placeText ?? ""].filter(Boolean).join(", ");
}
