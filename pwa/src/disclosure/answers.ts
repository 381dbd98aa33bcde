/** The answers of `/disclosures`, parsed at the border. Strictly: half an extract must never look like a whole one. */
import { flag, list, maybe, number, object, oneOf, or, type Parser, text } from "../parse";

const words = or(maybe(text), null);
const happened = object({ kind: text, from: text, to: or(maybe(text), null) });

const span: Parser<[number, number]> = (value, at) => {
  const [from, to] = list(number)(value, at);
  return [number(from, at), number(to, at)];
};

const fields = <T>(inner: Parser<T>) =>
  object({ text: maybe(inner), place_text: maybe(inner), reason: maybe(inner) });

const draftVersion = object({
  id: text,
  stated_at: text,
  category: text,
  happened,
  place_id: words,
  place: words,
  hidden: flag,
  fields: fields(object({ said: text, found: list(span) })),
});
export type DraftVersion = ReturnType<typeof draftVersion>;

const draftRecord = object({
  id: text,
  status: oneOf("current", "amended", "retracted"),
  versions: list(draftVersion),
});
export type DraftRecord = ReturnType<typeof draftRecord>;
export const drafted = object({ records: list(draftRecord), more: flag });

const HEAD = {
  id: text,
  year: number,
  number,
  to: text,
  recipient: words,
  reference: words,
  author: object({ name: words }),
  stated_at: text,
  records: number,
  corrected: number,
  hidden: or(flag, false),
};
const head = object(HEAD);
export type Head = ReturnType<typeof head>;
export const page = object({ items: list(head), total: number });
export type Page = ReturnType<typeof page>;

const madeVersion = object({
  id: text,
  stated_at: text,
  category: text,
  happened,
  place: words,
  position: or(maybe(object({ lon: number, lat: number })), null),
  hidden: flag,
  fields: fields(list(maybe(text))),
});
export type MadeVersion = ReturnType<typeof madeVersion>;

const madeRecord = object({
  id: text,
  shift_id: words,
  is_corrected: flag,
  closed: flag,
  /** By decision: retention. */
  erased: or(flag, false),
  versions: list(madeVersion),
});
export type MadeRecord = ReturnType<typeof madeRecord>;

export const made = object({ ...HEAD, decision: words, positions: flag, items: list(madeRecord) });
export type Made = ReturnType<typeof made>;

export const written = object({ id: text });
