/** What the server has stored about whoever is signed in. */
import { api } from "../../api";
import {
  dictionary,
  isObject,
  list,
  maybe,
  number,
  object,
  or,
  ParseError,
  type Parser,
  text,
} from "../../parse";

export type Item = Record<string, unknown>;

const item: Parser<Item> = (value, at = "") => {
  if (!isObject(value)) throw new ParseError(at);
  return value;
};
const section = object({
  kind: text,
  total: number,
  items: list(item),
  /** What is decided about as one; null for what is kept until further notice, undefined by an older server. */
  cls: maybe(text),
  /** The first day on which something of it may be erased. */
  earliest: maybe(text),
});
const answer = object({
  made_at: text,
  organisation: text,
  limits: object({ session_hours: number, device_days: number }),
  /** Class → months, of those that are decided. */
  terms: or(dictionary(number), {}),
  sections: list(section),
});
export type Section = ReturnType<typeof section>;
export type OwnData = ReturnType<typeof answer>;

/** On the page; the file has all. */
export const SHOWN = 50;
const PAGE = 1000;

const asked = (limit: number, page: number) => api.get("/me/data", answer, { query: { limit, page } });

export const readOwn = (): Promise<OwnData> => asked(SHOWN, 1);

/** Page by page, until there is no more of anything. */
export async function readAllOwn(): Promise<OwnData> {
  const first = await asked(PAGE, 1);
  const most = Math.max(0, ...first.sections.map(({ total }) => total));
  for (let page = 2; (page - 1) * PAGE < most; page++) {
    const next = await asked(PAGE, page);
    for (const { kind, items } of next.sections)
      first.sections.find((one) => one.kind === kind)?.items.push(...items);
  }
  return first;
}
