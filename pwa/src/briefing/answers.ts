/** What the desk reads of briefings, parsed at the border. */
import { flag, isObject, list, listOfGood, maybe, number, object, or, type Parser, text } from "../parse";
import * as values from "../store/values";

const own = object({
  author_id: or(maybe(text), null),
  stated_at: text,
  version: text,
  settled: or(flag, true),
  hidden: or(flag, false),
});

export type Briefing = ReturnType<typeof values.briefing> & ReturnType<typeof own>;

export const briefing: Parser<Briefing> = (value, at) => ({
  ...values.briefing(value, at),
  ...own(value, at),
});
export const briefings = listOfGood(briefing);
export const earlierPage = object({ items: listOfGood(briefing), total: number });

/** The one that the server holds, from a 409. */
export function currentIn(body: unknown): Briefing | null {
  try {
    return isObject(body) ? briefing(body.current) : null;
  } catch {
    return null;
  }
}

const place = object({
  place_id: text,
  name: text,
  count: number,
  same_day: number,
  from_hour: number,
  to_hour: number,
  categories: list(text),
});
const question = object({ id: text, category: text, place_id: text, name: text, happened_from: text });
export const proposal = object({ places: listOfGood(place), questions: listOfGood(question) });
export type Proposal = ReturnType<typeof proposal>;
