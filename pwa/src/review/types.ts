/** What the desk reads from `/reviews/*`, `/reference` and `/live`. */
import type {
  AlertValue,
  Area,
  CheckinValue,
  CommentValue,
  EscalationValue,
  Iso,
  ObservationValue,
  Person,
  PhotoValue,
  Place,
  Position,
  ReviewValue,
  ShiftValue,
  Vocabulary,
} from "../store/types";

export interface Gap {
  install: string;
  label: string;
  from: number;
  to: number;
  count: number;
}

export interface Phone {
  install: string;
  label: string;
  /** What the phone itself last said that it held; null when it never said. */
  pending: number | null;
  last_seen_at: Iso | null;
  received: number;
  expected: number | null;
  /** How far its clock was ahead of the server's when it last pushed; negative: behind. */
  skew_ms: number | null;
  /** Whether its browser has promised to keep what it holds; null where it does not say. */
  persisted: boolean | null;
  build: string | null;
  /** When the oldest of what it last said it held was begun, by its own clock. */
  oldest_at: Iso | null;
  /** When it came back with an empty store. */
  emptied_at: Iso | null;
  /** Percent left when it last sent; null where its browser does not say. */
  battery: number | null;
}

export interface Completeness {
  received: number;
  /** Null while a phone of the shift has not stated its number. */
  expected: number | null;
  complete: boolean;
  gaps: Gap[];
  phones: Phone[];
}

export interface Counts {
  checkin: number;
  observation: number;
  escalation: number;
  comment: number;
  quarantined: number;
  /** Of the escalations, those that are not closed. */
  escalation_open: number;
}

export interface CrewMember {
  id: string;
  name: string;
  left_at: Iso | null;
}

export interface ShiftRow extends ShiftValue {
  area_name: string | null;
  crew: CrewMember[];
  counts: Counts;
  last_checkin_at: Iso | null;
  next_due: Iso | null;
  completeness: Completeness;
  /** Of those that its records name: how many there are, and how many are here whole. */
  photos: { received: number; expected: number };
}

export interface ShiftPage {
  items: ShiftRow[];
  page: number;
  limit: number;
  total: number;
}

interface EntryBase {
  id: string;
  seq: number;
  /** Of the newest op that changed it. */
  changed_seq: number;
  stated_at: Iso;
  estimated_at: Iso | null;
  estimated_within_ms: number | null;
  received_at: Iso;
  author: { id: string; name: string };
  place: { id: string; name: string } | null;
  position: Position | null;
}

export type Entry =
  | (EntryBase & { kind: "shift.start" | "shift.join" | "shift.leave" | "shift.end" })
  | (EntryBase & { kind: "checkin"; value: CheckinValue })
  | (EntryBase & { kind: "observation"; value: ObservationValue; photos: PhotoValue[] })
  | (EntryBase & { kind: "escalation"; value: EscalationValue })
  | (EntryBase & { kind: "alert"; value: AlertValue })
  | (EntryBase & { kind: "comment"; value: CommentValue })
  | (EntryBase & { kind: "review"; value: ReviewValue })
  | (EntryBase & { kind: "quarantined"; why: string; type: string | null; said: string[] })
  /** A kind that this build does not know: said to be there, never hidden. */
  | (EntryBase & { kind: "unknown"; of: string });

export interface ShiftLog {
  shift: ShiftRow;
  entries: Entry[];
  /** Of the newest that it holds. */
  seq: number;
}

/** Whether the ops behind a shift are as they were when they were chained. */
export interface Seal {
  ops: number;
  broken: number[];
}

/** A phone that was revoked, and what it has handed in since. */
export interface RevokedPhone {
  device: string;
  label: string;
  revoked_at: Iso | null;
  count: number;
  /** Of these in the name of somebody who never signed in there. */
  strangers: number;
  seen_seq: number;
  last_at: Iso;
  entries: Entry[];
}

export interface Reference {
  vocabulary: Vocabulary;
  areas: Area[];
  places: Place[];
  users: Person[];
}

export interface Change {
  seq: number;
  shifts: string[];
  kinds: string[];
}
