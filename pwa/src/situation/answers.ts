/** A week as the server tells it, parsed at the border. */
import { flag, isObject, list, listOfGood, maybe, number, object, or, type Parser, text } from "../parse";

const compared = { now: number, mean: maybe(number), last_year: maybe(number) };
const counts: Parser<Record<string, number>> = (value) =>
  Object.fromEntries(
    Object.entries(isObject(value) ? value : {}).flatMap(([key, n]) =>
      typeof n === "number" ? [[key, n]] : [],
    ),
  );

export const figures = object({
  week: text,
  from: text,
  to: text,
  as_of: text,
  weeks_compared: number,
  last_year: maybe(text),
  incidents: object(compared),
  meetings: object(compared),
  rounds: object(compared),
  hours: number,
  trend: list(object({ week: text, now: maybe(number), hours: number })),
  areas: list(
    object({
      area_id: maybe(text),
      name: maybe(text),
      ...compared,
      hours: number,
      hours_mean: maybe(number),
    }),
  ),
  places: list(object({ place_id: maybe(text), name: maybe(text), area_id: maybe(text), ...compared })),
  groups: list(object({ group: text, ...compared })),
  categories: list(object({ category: text, ...compared })),
  met: list(object({ category: text, ...compared })),
  cells: list(object({ day: number, hour: number, now: number, hours: number })),
  actions: list(object({ group: text, now: number, actions: counts })),
  calls: list(object({ service: text, now: number, outcomes: counts })),
  open: list(
    object({
      id: text,
      /** An edition that was frozen before it was told has none. */
      shift_id: or(maybe(text), null),
      category: text,
      place_id: text,
      name: text,
      happened_from: text,
      answer: maybe(text),
    }),
  ),
  open_total: number,
  /** Null in an edition that was frozen before they were told. */
  followups: or(
    maybe(
      object({
        open: number,
        overdue: number,
        kinds: counts,
        listed: list(
          object({
            id: text,
            kind: text,
            due: text,
            overdue: flag,
            category: text,
            name: maybe(text),
          }),
        ),
        closed: number,
        outcomes: counts,
      }),
    ),
    null,
  ),
});
export type Figures = ReturnType<typeof figures>;

export const said = object({
  version: text,
  text: or(maybe(text), null),
  author_id: maybe(text),
  stated_at: text,
  hidden: or(flag, false),
});

const editionHead = object({ id: text, number: number, stated_at: text, corrected: number });
export type EditionHead = ReturnType<typeof editionHead>;

export const week = object({
  figures,
  said: maybe(said),
  editions: listOfGood(editionHead),
  restricted: or(maybe(number), null),
});
export type Week = ReturnType<typeof week>;

const record = object({
  id: text,
  shift_id: maybe(text),
  /** Null for a call, which has a service. */
  category: maybe(text),
  service: or(maybe(text), null),
  /** What an attempt to reach it came to. */
  outcome: or(maybe(text), null),
  /** The call that an attempt was made for. */
  target: or(maybe(text), null),
  status: text,
  happened_from: text,
  name: or(maybe(text), null),
  actions: or(listOfGood(text), []),
});
export type RecordRow = ReturnType<typeof record>;
export const records = object({ items: listOfGood(record), total: number });

export const frozen = object({ id: text, number: number });
export const edition = object({
  id: text,
  week: text,
  number: number,
  stated_at: text,
  text: or(maybe(text), null),
  hidden: or(flag, false),
  figures,
  corrected: listOfGood(record),
  corrected_restricted: number,
  late: number,
});
export type Edition = ReturnType<typeof edition>;

/** The words that the server holds, from a 409. */
export function currentIn(body: unknown): ReturnType<typeof said> | null {
  try {
    return isObject(body) ? said(body.current) : null;
  } catch {
    return null;
  }
}
