/** The answers of `/reviews/*` and `/reference`, parsed at the border: below this all is typed. */
import {
  flag,
  isObject,
  list,
  listOfGood,
  maybe,
  number,
  object,
  oneOf,
  or,
  ParseError,
  type Parser,
  text,
} from "../parse";
import * as values from "../store/values";
import type { Entry, Reference, ShiftLog, ShiftPage, ShiftRow } from "./types";

const phone = object({
  install: or(text, ""),
  label: or(text, ""),
  pending: or(maybe(number), null),
  last_seen_at: or(maybe(text), null),
  received: or(number, 0),
  expected: or(maybe(number), null),
  skew_ms: or(maybe(number), null),
  persisted: or(maybe(flag), null),
  build: or(maybe(text), null),
  oldest_at: or(maybe(text), null),
  emptied_at: or(maybe(text), null),
  battery: or(maybe(number), null),
});

const gap = object({
  install: or(text, ""),
  label: or(text, ""),
  from: number,
  to: number,
  count: number,
});

const completeness = object({
  received: number,
  expected: maybe(number),
  complete: flag,
  gaps: or(listOfGood(gap), []),
  phones: or(listOfGood(phone), []),
});

const count = or(number, 0);
const rowOnly = object({
  area_name: or(maybe(text), null),
  crew: or(listOfGood(object({ id: text, name: text, left_at: maybe(text) })), []),
  counts: object({
    checkin: count,
    observation: count,
    escalation: count,
    comment: count,
    quarantined: count,
    escalation_open: count,
  }),
  last_checkin_at: or(maybe(text), null),
  next_due: or(maybe(text), null),
  completeness,
  photos: or(object({ received: number, expected: number }), { received: 0, expected: 0 }),
});

export const shiftRow: Parser<ShiftRow> = (value, at) => ({
  ...values.shift(value, at),
  ...rowOnly(value, at),
});

export const shiftPage: Parser<ShiftPage> = object({
  items: list(shiftRow),
  page: number,
  limit: number,
  total: number,
});

const named = object({ id: text, name: text });
const position = object({
  lat: number,
  lon: number,
  accuracy_m: or(maybe(number), null),
  age_ms: or(number, 0),
  source: or(oneOf("gnss", "map", "place"), "gnss"),
});

const base = object({
  id: text,
  seq: or(number, 0),
  stated_at: text,
  estimated_at: maybe(text),
  estimated_within_ms: or(maybe(number), null),
  received_at: text,
  author: or(named, { id: "", name: "" }),
  place: or(maybe(named), null),
  position: or(maybe(position), null),
});

/** An entry whose kind or contents this build cannot read is kept as `unknown`: the timeline hides nothing. */
export const entry: Parser<Entry> = (value, at) => {
  if (!isObject(value)) throw new ParseError(`${at}: an object expected`);
  const kind = text(value.kind, `${at}/kind`);
  const said = base(value, at);
  const common = { ...said, changed_seq: or(number, said.seq)(value.changed_seq) };
  try {
    return { ...common, ...contents(kind, value) };
  } catch {
    return { ...common, kind: "unknown", of: kind };
  }
};

const WRITTEN = ["text", "note", "reason", "summary", "cause", "place_text"];

/** What a person wrote in an op that cannot be read as its kind: it is shown all the same. */
function wordsIn(data: unknown): string[] {
  if (!isObject(data)) return [];
  const inner = isObject(data.observation) ? wordsIn(data.observation) : [];
  return [...WRITTEN.flatMap((name) => (typeof data[name] === "string" ? [data[name]] : [])), ...inner];
}

function contents(kind: string, { value, why, type, photos }: Record<string, unknown>) {
  switch (kind) {
    case "shift.start":
    case "shift.join":
    case "shift.leave":
    case "shift.end":
      return { kind } as const;
    case "checkin":
      return { kind, value: values.checkin(value) } as const;
    case "observation":
      return {
        kind,
        value: values.observation(value),
        photos: or(listOfGood(values.photo), [])(photos),
      } as const;
    case "escalation":
      return { kind, value: values.escalation(value) } as const;
    case "alert":
      return { kind, value: values.alert(value) } as const;
    case "comment":
      return { kind, value: values.comment(value) } as const;
    case "review":
      return { kind, value: values.review(value) } as const;
    case "quarantined":
      return {
        kind,
        why: or(text, "")(why),
        type: or(maybe(text), null)(type),
        said: wordsIn(isObject(value) ? value.data : null),
      } as const;
    default:
      return { kind: "unknown", of: kind } as const;
  }
}

export const shiftLog: Parser<ShiftLog> = object({
  shift: shiftRow,
  entries: list(entry),
  seq: or(number, 1),
});

export const seal = object({ ops: number, broken: list(number) });

export const written = object({ id: text });

export const revokedPhones = object({
  phones: listOfGood(
    object({
      device: text,
      label: or(text, ""),
      revoked_at: or(maybe(text), null),
      count: number,
      strangers: or(number, 0),
      seen_seq: number,
      last_at: text,
      entries: listOfGood(entry),
    }),
  ),
});

export const retried = object({ why: maybe(text) });

export const takenIn = object({ taken_in: number });

export const alertValue = values.alert;
export const alertPage = object({ items: listOfGood(values.alert) });

export const reference: Parser<Reference> = object({
  vocabulary: values.vocabulary,
  areas: listOfGood(values.area),
  places: listOfGood(values.place),
  users: listOfGood(values.person),
});
