/**
 * What is asked for, and how it stands in the address. The address is all of it after `#`, which no server is sent:
 * a search is free text, and what the server hears it hears as a body. Pure.
 */

export const KINDS = ["observation", "escalation", "shift"] as const;
export const STATES = ["valid", "amended", "retracted", "open", "closed"] as const;
export const SORTS = ["newest", "oldest", "severe"] as const;
export const VIEWS = ["list", "map"] as const;
type Kind = (typeof KINDS)[number];
type State = (typeof STATES)[number];

export interface Asked {
  text: string;
  /** YYYY-MM-DD, the last one included; evenings of Stockholm. */
  from: string | null;
  to: string | null;
  bbox: string | null;
  area: string | null;
  place: string | null;
  kinds: readonly Kind[];
  codes: readonly string[];
  groups: readonly string[];
  severity: number | null;
  states: readonly State[];
  sort: (typeof SORTS)[number];
  view: (typeof VIEWS)[number];
}

export const NOTHING: Asked = {
  text: "",
  from: null,
  to: null,
  bbox: null,
  area: null,
  place: null,
  kinds: [],
  codes: [],
  groups: [],
  severity: null,
  states: [],
  sort: "newest",
  view: "list",
};

const FIND = "#/sok";
const DATE = /^\d{4}-\d{2}-\d{2}$/;
const ID = /^[0-9a-f-]{36}$/;
const BOX = /^-?\d+(\.\d+)?(,-?\d+(\.\d+)?){3}$/;
const CODE = /^[\w-]{1,40}$/;

type Box = [west: number, south: number, east: number, north: number];
/** About a metre. */
const FINE = 1e5;

/** What a map shows, as the address has it; a map that is zoomed far out shows more than there is. */
export function boxSaid([west, south, east, north]: Box): string {
  const held = (value: number, most: number) =>
    Math.round(Math.max(-most, Math.min(most, value)) * FINE) / FINE;
  return [held(west, 180), held(south, 90), held(east, 180), held(north, 90)].join();
}

export function boxIn(said: string | null): Box | undefined {
  const [west, south, east, north] = said?.split(",").map(Number) ?? [];
  if (west === undefined || south === undefined || east === undefined || north === undefined)
    return undefined;
  return [west, south, east, north];
}

/** What cannot be read is left out: a link from another version still opens. */
export function askedFrom(query: URLSearchParams): Asked {
  const like = (name: string, form: RegExp) => {
    const said = query.get(name);
    return said !== null && form.test(said) ? said : null;
  };
  const among = <T extends string>(name: string, known: readonly T[]): T[] => {
    const said = query.get(name)?.split(",") ?? [];
    return known.filter((one) => said.includes(one));
  };
  const codes = (name: string) => (query.get(name)?.split(",") ?? []).filter((code) => CODE.test(code));
  const severity = Number(query.get("allvar"));
  return {
    text: (query.get("ord") ?? "").slice(0, 200),
    from: like("fran", DATE),
    to: like("till", DATE),
    bbox: like("ruta", BOX),
    area: like("omrade", ID),
    place: like("plats", ID),
    kinds: among("slag", KINDS),
    codes: codes("kod"),
    groups: codes("grupp"),
    severity: Number.isInteger(severity) && severity >= 1 && severity <= 4 ? severity : null,
    states: among("lage", STATES),
    sort: among("ordning", SORTS)[0] ?? "newest",
    view: among("som", VIEWS)[0] ?? "list",
  };
}

export function hrefOf(asked: Asked): string {
  const said = {
    ord: asked.text,
    fran: asked.from,
    till: asked.to,
    ruta: asked.bbox,
    omrade: asked.area,
    plats: asked.place,
    slag: asked.kinds.join(),
    kod: asked.codes.join(),
    grupp: asked.groups.join(),
    allvar: asked.severity?.toString(),
    lage: asked.states.join(),
    ordning: asked.sort === "newest" ? null : asked.sort,
    som: asked.view === "list" ? null : asked.view,
  };
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(said)) if (value) query.set(name, value);
  const text = query.toString();
  return text ? `${FIND}?${text}` : FIND;
}

/** How many filters are set, words and order apart. */
export function filterCount({ from, to, bbox, area, place, kinds, codes, groups, severity, states }: Asked) {
  const lists = [kinds, codes, groups, states].filter((chosen) => chosen.length > 0).length;
  return lists + [from, to, bbox, area, place, severity].filter((one) => one !== null).length;
}

const STATUS: Record<State, readonly string[]> = {
  valid: ["current", "amended"],
  amended: ["amended"],
  retracted: ["retracted"],
  open: ["open"],
  closed: ["closed", "ended"],
};

export type Body = Readonly<Record<string, unknown>>;

/** As the server is asked. `dayBegins`: the instant at which a date begins. Only what was said. */
export function bodyOf(asked: Asked, dayBegins: (date: string, days: number) => string): Body {
  const body: Record<string, unknown> = {};
  const text = asked.text.trim();
  if (text) body.text = text;
  if (asked.from) body.from = dayBegins(asked.from, 0);
  if (asked.to) body.to = dayBegins(asked.to, 1);
  if (asked.bbox) body.bbox = asked.bbox;
  if (asked.area) body.area_id = asked.area;
  if (asked.place) body.place_id = asked.place;
  if (asked.kinds.length > 0) body.kinds = asked.kinds;
  if (asked.codes.length > 0) body.codes = asked.codes;
  if (asked.groups.length > 0) body.groups = asked.groups;
  if (asked.severity !== null) body.severity = asked.severity;
  const status = [...new Set(asked.states.flatMap((state) => STATUS[state]))];
  if (status.length > 0) body.status = status;
  if (asked.sort !== "newest") body.sort = asked.sort;
  return body;
}

interface Kept {
  text: string;
  from: string | null;
  to: string | null;
  bbox: string | null;
  area_id: string | null;
  place_id: string | null;
  kinds: readonly string[];
  codes: readonly string[];
  groups: readonly string[];
  severity: number | null;
  status: readonly string[];
  sort: string;
}

/** A saved search as the address has it. `dateOf`: the date of an instant, so many days away. */
export function askedOf(kept: Kept, dateOf: (instant: string, days: number) => string): Asked {
  const has = (state: State) => STATUS[state].every((one) => kept.status.includes(one));
  const states = STATES.filter(has).filter((state) => state !== "amended" || !has("valid"));
  return {
    text: kept.text,
    from: kept.from && dateOf(kept.from, 0),
    to: kept.to && dateOf(kept.to, -1),
    bbox: kept.bbox,
    area: kept.area_id,
    place: kept.place_id,
    kinds: KINDS.filter((kind) => kept.kinds.includes(kind)),
    codes: kept.codes,
    groups: kept.groups,
    severity: kept.severity,
    states,
    sort: SORTS.find((sort) => sort === kept.sort) ?? "newest",
    view: "list",
  };
}
