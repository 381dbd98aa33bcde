/** The answers of `/followups`, `/duplicates` and `/missing`, parsed at the border. */
import { flag, list, listOfGood, maybe, number, object, or, type Parser, text, unknown } from "../parse";

const words = or(maybe(text), null);
const answered = object({ shift_id: words, stated_at: text, answer: text });
const sent = object({
  id: text,
  author_id: words,
  stated_at: text,
  channel: text,
  ok: or(maybe(flag), null),
  why: words,
});

export const followup = object({
  id: text,
  version: text,
  observation_id: text,
  shift_id: words,
  status: text,
  kind: text,
  owner_id: text,
  due: text,
  overdue: or(flag, false),
  note: words,
  draft: words,
  outcome: words,
  result: words,
  hidden: or(flag, false),
  stated_at: text,
  changed_at: text,
  sent: or(listOfGood(sent), []),
  record: object({ category: text, place_id: words, happened_from: text, status: or(text, "current") }),
  answers: or(listOfGood(answered), []),
});
export type Followup = ReturnType<typeof followup>;

const step = object({ id: text, what: text, author_id: words, stated_at: text, said: unknown });

export const whole = object({
  followup,
  history: or(listOfGood(step), []),
  drafted: words,
  left_out: or(flag, false),
  faults: or(listOfGood(text), []),
  channels: or(listOfGood(text), []),
  mail_to: words,
});
export type Whole = ReturnType<typeof whole>;

export const followupPage = object({ items: list(followup), page: number, limit: number, total: number });
export const counts = object({ open: number, overdue: number, mine: number });

const fact = object({
  id: text,
  shift_id: words,
  author_id: words,
  category: text,
  happened_from: text,
  place_id: words,
});
export type Fact = ReturnType<typeof fact>;

const hint = object({ one: fact, other: fact, minutes: number, metres: or(maybe(number), null) });
export type Hint = ReturnType<typeof hint>;
const pair = object({
  one: fact,
  other: fact,
  is_same: flag,
  author_id: words,
  stated_at: text,
  version: text,
});
export type Pair = ReturnType<typeof pair>;

export const duplicates = object({ hints: listOfGood(hint), pairs: listOfGood(pair) });
export const paired = object({ is_same: flag, version: text });

const dismissed = object({
  author_id: words,
  stated_at: text,
  reason: words,
  hidden: or(flag, false),
});
const about = object({
  category: words,
  place_id: words,
  service: words,
  label: words,
  pending: or(maybe(number), null),
  records: or(maybe(number), null),
  person_id: words,
  area_id: words,
  hosts: or(listOfGood(text), []),
  day: words,
  ends_at: words,
  planned_end: words,
});
export const line = object({
  kind: text,
  subject: text,
  at: text,
  shift_id: words,
  observation_id: words,
  about,
  dismissed: or(maybe(dismissed), null),
});
export type MissingLine = ReturnType<typeof line>;
export const missing: Parser<{ lines: MissingLine[] }> = object({ lines: listOfGood(line) });
