/** The answers of `/find`, parsed at the border. */
import { flag, list, listOfGood, maybe, number, object, oneOf, or, text } from "../parse";

const position = object({
  lat: number,
  lon: number,
  source: or(oneOf("gnss", "map", "place"), "gnss"),
  accuracy_m: or(maybe(number), null),
});

const item = object({
  id: text,
  kind: oneOf("observation", "escalation", "shift"),
  shift_id: or(maybe(text), null),
  status: text,
  code: or(maybe(text), null),
  severity: or(maybe(number), null),
  happened: object({ kind: text, from: text, to: maybe(text) }),
  place_id: or(maybe(text), null),
  place_text: or(maybe(text), null),
  area_id: or(maybe(text), null),
  text: or(maybe(text), null),
  position: or(maybe(position), null),
  restricted: or(flag, true),
  hidden: or(flag, false),
  flagged: or(list(text), []),
  retracted: or(maybe(object({ reason: or(maybe(text), null) })), null),
});
export type Item = ReturnType<typeof item>;

export const found = object({
  items: listOfGood(item),
  next: maybe(text),
  count: number,
  count_max: number,
});
export type Found = ReturnType<typeof found>;

const asked = object({
  text: or(text, ""),
  from: maybe(text),
  to: maybe(text),
  bbox: maybe(text),
  area_id: maybe(text),
  place_id: maybe(text),
  kinds: or(list(text), []),
  codes: or(list(text), []),
  groups: or(list(text), []),
  severity: maybe(number),
  status: or(list(text), []),
  sort: or(text, "newest"),
});
export type SavedAsked = ReturnType<typeof asked>;

const one = object({ id: text, name: text, asked });
export type Saved = ReturnType<typeof one>;
export const savedOne = one;
export const saved = listOfGood(one);
