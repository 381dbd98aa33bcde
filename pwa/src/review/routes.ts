/** Every address of the desk, once. Filters live in the address, so that a view can be kept and sent. */
import type { ShiftFilter } from "./ask";

export const TONIGHT = "#/ikvall";
export const SHIFTS = "#/pass";
export const FIND = "#/sok";
export const MAP = "#/karta";
export const FOLLOW = "#/uppfoljning";
export const MISSING = "#/saknas";
export const WAITING = "#/karantan";
export const WEEK = "#/vecka";
export const FOCUS = "#/fokus";
export const DISCLOSURES = "#/utlamnanden";
export const SIGN_IN = "#/logga-in";
export const PLANNING = "#/planering";
export const SETTINGS = "#/installningar";

/** `entry`: the record that is to be shown there. */
export const shiftHref = (id: string, entry?: string) => `${SHIFTS}/${id}${entry ? `?post=${entry}` : ""}`;
export const waitingHref = (page = 1) => (page > 1 ? `${WAITING}?sida=${page}` : WAITING);
export const followHref = (id: string) => `${FOLLOW}/${id}`;
/** Of an observation. */
export const beginHref = (id: string) => `${FOLLOW}/ny/${id}`;

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const dateIn = (query: URLSearchParams, name: string) => {
  const said = query.get(name);
  return said !== null && DATE.test(said) ? said : null;
};

export function filterFrom(query: URLSearchParams): ShiftFilter {
  const page = Number(query.get("sida"));
  return {
    from: dateIn(query, "fran"),
    to: dateIn(query, "till"),
    page: Number.isInteger(page) && page > 0 ? page : 1,
  };
}

export function shiftsHref({ from, to, page }: ShiftFilter): string {
  const query = new URLSearchParams();
  if (from) query.set("fran", from);
  if (to) query.set("till", to);
  if (page > 1) query.set("sida", String(page));
  const text = query.toString();
  return text ? `${SHIFTS}?${text}` : SHIFTS;
}
