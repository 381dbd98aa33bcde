/** Pulled records by kind: each row is parsed as it is read, page by page. */
import { attempt, type Parser } from "../parse";
import type { RecordRow } from "./cache";
import type { Records } from "./types";
import * as values from "./values";

const PARSERS = {
  place: values.place,
  area: values.area,
  contact: values.contact,
  user: values.person,
  shift: values.shift,
  checkin: values.checkin,
  observation: values.observation,
  escalation: values.escalation,
  comment: values.comment,
  review: values.review,
  photo: values.photo,
  briefing: values.briefing,
  handover: values.handover,
  question: values.question,
  followup: values.followup,
  debrief: values.debrief,
  alert: values.alert,
  plan: values.planned,
};

type Kind = keyof typeof PARSERS;
type Value<K extends Kind> = ReturnType<(typeof PARSERS)[K]>;
export type Parsed = { [K in Kind]: Map<string, Value<K>> };

export const isKind = (kind: string): kind is Kind => Object.hasOwn(PARSERS, kind);

export const noneParsed = (): Parsed => ({
  place: new Map(),
  area: new Map(),
  contact: new Map(),
  user: new Map(),
  shift: new Map(),
  checkin: new Map(),
  observation: new Map(),
  escalation: new Map(),
  comment: new Map(),
  review: new Map(),
  photo: new Map(),
  briefing: new Map(),
  handover: new Map(),
  question: new Map(),
  followup: new Map(),
  debrief: new Map(),
  alert: new Map(),
  plan: new Map(),
});

/** A row that its parser refuses is left out. */
export function take<K extends Kind>(into: Parsed, kind: K, { id, value }: RecordRow): void {
  // The table pairs each kind with its own parser, which the compiler forgets for a kind that it does not know.
  const parsed = attempt(PARSERS[kind] as Parser<Value<K>>, value);
  if (parsed !== null) into[kind].set(id, parsed);
}

export const named = <T extends { name: string }>(held: ReadonlyMap<string, T>): T[] =>
  [...held.values()].sort((a, b) => a.name.localeCompare(b.name, "sv"));

export const recordsOf = (parsed: Parsed): Records => ({
  shifts: parsed.shift,
  checkins: parsed.checkin,
  observations: parsed.observation,
  escalations: parsed.escalation,
  comments: parsed.comment,
  reviews: parsed.review,
  photos: parsed.photo,
  briefings: parsed.briefing,
  handovers: parsed.handover,
  questions: parsed.question,
  followups: parsed.followup,
  debriefs: parsed.debrief,
  alerts: parsed.alert,
  plans: parsed.plan,
});
