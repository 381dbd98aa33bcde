/** The answers of `/retention`, parsed at the border. */
import { dictionary, flag, list, maybe, number, object, oneOf, or, text } from "../parse";

export const CLASSES = ["shift", "plan", "account", "reading"] as const;
export type Cls = (typeof CLASSES)[number];
const cls = oneOf(...CLASSES);
const words = or(maybe(text), null);
const author = or(maybe(object({ id: text, name: text })), null);

/** Why how many stayed. */
const counts = dictionary(number);

const decision = object({
  months: maybe(number),
  reference: words,
  author,
  stated_at: text,
  in_force_at: text,
  version: number,
  hidden: or(flag, false),
});
export const rule = object({
  cls,
  months_min: number,
  months_max: number,
  decision: maybe(decision),
});
export type Rule = ReturnType<typeof rule>;
const hold = object({
  shift_id: text,
  shift_date: words,
  author,
  stated_at: text,
  reason: words,
  hidden: or(flag, false),
  version: number,
});
export type Hold = ReturnType<typeof hold>;
export const retention = object({ rules: list(rule), holds: list(hold), runs_at: list(number) });
export type Retention = ReturnType<typeof retention>;
export const held = object({ hold: maybe(hold), version: maybe(number) });
export type Held = ReturnType<typeof held>;

export const preview = object({
  cls,
  before: words,
  things: number,
  ops: number,
  photos: number,
  kept: counts,
  days: or(maybe(list(text)), null),
});
export type Preview = ReturnType<typeof preview>;

const run = object({
  id: text,
  cls,
  before: text,
  at: text,
  months: number,
  things: number,
  ops: number,
  photos: number,
  kept: counts,
  author,
  reference: words,
  hidden: or(flag, false),
});
export type Run = ReturnType<typeof run>;
export const runs = object({ items: list(run), total: number });
export type Runs = ReturnType<typeof runs>;
export const erased = object({ run: words, things: number, more: flag });
