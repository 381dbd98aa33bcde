/** The forms of a call for help, and how they become ops. */
import { maybe, object, oneOf, or, text } from "../parse";
import type { AboutTime, OpData } from "../store/types";

export interface CallFields {
  service: string;
  channel: "phone" | "radio" | "on_site" | "other";
  observationId: string | null;
  cause: string;
}

export const parseCall = (empty: CallFields) =>
  or(
    object({
      service: or(text, empty.service),
      channel: or(oneOf("phone", "radio", "on_site", "other"), "phone"),
      observationId: maybe(text),
      cause: or(text, ""),
    }),
    empty,
  );

export function callData(fields: CallFields): OpData["escalation.create"] {
  return {
    service: fields.service,
    channel: fields.channel,
    observation_id: fields.observationId,
    cause: fields.cause.trim() || null,
  };
}

export const MOMENTS = ["attempted", "answered", "arrived", "left"] as const;
export type Moment = (typeof MOMENTS)[number];

export interface AttemptFields extends Record<Moment, AboutTime | null> {
  target: string;
  outcome: string | null;
  reference: string;
  note: string;
}

export function emptyAttempt(target: string): AttemptFields {
  return {
    target,
    attempted: null,
    answered: null,
    arrived: null,
    left: null,
    outcome: null,
    reference: "",
    note: "",
  };
}

/** The same call, later: what was said before stands, and the new moments are added. */
export function continued(
  target: string,
  before: Record<Moment, AboutTime | null> & { reference: string | null },
): AttemptFields {
  const { attempted, answered, arrived, left, reference } = before;
  return { ...emptyAttempt(target), attempted, answered, arrived, left, reference: reference ?? "" };
}

const about = maybe(object({ kind: oneOf("point", "about"), from: text }));

export const parseAttempt = (empty: AttemptFields) =>
  or(
    object({
      target: or(text, empty.target),
      attempted: about,
      answered: about,
      arrived: about,
      left: about,
      outcome: maybe(text),
      reference: or(text, ""),
      note: or(text, ""),
    }),
    empty,
  );

export type AttemptLack = "attempted" | "outcome";

export function attemptLacks(fields: AttemptFields): AttemptLack | null {
  if (fields.attempted === null) return "attempted";
  return fields.outcome === null ? "outcome" : null;
}

/** Null while something is lacking. */
export function attemptData(fields: AttemptFields): OpData["escalation.attempt"] | null {
  const { attempted, outcome } = fields;
  if (attempted === null || outcome === null) return null;
  return {
    ...fields,
    attempted,
    outcome,
    reference: fields.reference.trim() || null,
    note: fields.note.trim() || null,
  };
}
