/** The form of a check-in, and how it becomes an op. */
import { maybe, number, object, oneOf, or, text } from "../parse";
import type { CheckinKind, OpData } from "../store/types";
import { dueAt } from "./rules";

export interface Fields {
  kind: CheckinKind;
  placeId: string | null;
  placeBy: "guess" | "host";
  note: string;
  /** Minutes to the next promised check-in; null promises none. */
  promise_min: number | null;
  withPosition: boolean;
}

const without = { placeId: null, placeBy: "guess", note: "", withPosition: true } as const;

/** A pause promises as well: it is then that a watch is needed. Only leaving a place does not ask anew. */
export function emptyFields(kind: CheckinKind, usual_min: number): Fields {
  return { ...without, kind, promise_min: usual_min };
}

export const parseFields = (empty: Fields) =>
  or(
    object({
      kind: or(oneOf("ok", "arrived", "left", "round", "pause"), empty.kind),
      placeId: maybe(text),
      placeBy: or(oneOf("guess", "host"), "guess"),
      note: or(text, ""),
      promise_min: maybe(number),
      withPosition: or((value) => value !== false, true),
    }),
    empty,
  );

export function checkinData(fields: Fields, now_ms: number): OpData["checkin.create"] {
  return {
    kind: fields.kind,
    place_id: fields.placeId,
    note: fields.note.trim() || null,
    next_due: fields.promise_min === null ? null : dueAt(now_ms, fields.promise_min),
  };
}
