/** The shapes every screen works with: op bodies, own ops, and records as the server projects them. */
import type { Position } from "../device/position";

export type { Position } from "../device/position";
export type * from "./records";

/** RFC 3339. */
export type Iso = string;

export interface Happened {
  kind: "point" | "interval" | "about";
  from: Iso;
  to: Iso | null;
}

export interface AboutTime {
  kind: "point" | "about";
  from: Iso;
}

export type Transport = "foot" | "bike" | "car";
export type CheckinKind = "ok" | "arrived" | "left" | "round" | "pause";
/** To "finns kvar?". */
export type StillThere = "yes" | "no" | "not_visited";
export type Channel = "phone" | "radio" | "on_site" | "other";
export type AlertKind = "help" | "threat" | "test";
export type Severity = 1 | 2 | 3 | 4;

/** What an observation says; also the whole new content of an amendment. */
export interface ObservationData {
  category: string;
  happened: Happened;
  place_id: string | null;
  place_text: string | null;
  count: string | null;
  ages: string | null;
  certainty: string | null;
  severity: Severity;
  ongoing: boolean | null;
  actions: string[];
  text: string | null;
  attachments: Attachment[];
}

/** A photo, named by the hash of its bytes. */
export interface Attachment {
  sha256: string;
  size: number;
  mime: string;
  caption: string | null;
}

/** `data` of an op's body, by op type (sync protocol §3). */
export interface OpData {
  "shift.start": {
    hosts: string[];
    area_id: string | null;
    transport: Transport | null;
    planned_end: Iso | null;
    alone_reason: string | null;
  };
  "shift.join": Record<string, never>;
  "shift.leave": Record<string, never>;
  /** `ops` is filled in when sealing, whatever is passed. */
  "shift.end": { ops: number; summary: string | null; handover: string | null };
  "handover.acknowledge": { target: string };
  "briefing.acknowledge": { target: string; version: string | null };
  "followup.answer": { target: string; answer: StillThere };
  "checkin.create": { kind: CheckinKind; place_id: string | null; note: string | null; next_due: Iso | null };
  "observation.create": ObservationData;
  "observation.amend": { target: string; reason: string; observation: ObservationData };
  "observation.retract": { target: string; reason: string };
  "escalation.create": {
    service: string;
    channel: Channel | null;
    observation_id: string | null;
    cause: string | null;
  };
  "escalation.attempt": {
    target: string;
    attempted: AboutTime;
    answered: AboutTime | null;
    arrived: AboutTime | null;
    left: AboutTime | null;
    outcome: string;
    reference: string | null;
    note: string | null;
  };
  "escalation.close": { target: string; outcome: string; note: string | null };
  "photo.attach": Attachment & { target: string };
  "comment.add": { target: string; text: string };
  "alert.raise": { kind: AlertKind; note: string | null };
  "alert.acknowledge": { target: string };
  "alert.clear": { target: string; note: string | null };
  "clock.step": { wall_delta_ms: number; mono_delta_ms: number };
}

export type OpType = keyof OpData;

export type OpState =
  | { state: "pending" }
  | { state: "acked"; seq: number; receivedAt: Iso; quarantined: string | null }
  | { state: "stuck"; why: string };

interface OwnOpOf<T extends OpType> {
  id: string;
  /** Client seq; 0 while the op waits in the journal outside the database. */
  seq: number;
  type: T;
  author: string;
  shift: string | null;
  hash: string;
  wall: Iso;
  position: Position | null;
  data: OpData[T];
  sync: OpState;
}

/** An own op, sealed, with its body already parsed for showing. */
export type OwnOp = { [T in OpType]: OwnOpOf<T> }[OpType];

export type FormName =
  | "observation"
  | "checkin"
  | "escalation"
  | "shift"
  | "shift-end"
  | "attempt"
  | "dial"
  | "desk";

/** A form begun and not saved. `id` is the id that its op will have. */
export interface Draft {
  id: string;
  form: FormName;
  author: string;
  shift: string | null;
  /** When begun. */
  at: Iso;
  updatedAt: Iso;
  /** The form's own JSON. */
  fields: unknown;
}

export interface User {
  id: string;
  username: string;
  name: string;
  role: string;
}

export interface Settings {
  language: "sv" | "en";
  theme: "system" | "dark" | "light" | "red";
  /** The phone's own number, to be read aloud; never leaves this phone. Empty: not said. */
  ownNumber: string;
  /** A tone when a check-in is due, and at alarms on the desk: only where somebody asked for it. */
  sound: boolean;
}

export interface StorageHealth {
  persisted: boolean | null;
  quotaBytes: number | null;
  usedBytes: number | null;
  problem: null | "open-failed" | "write-failed" | "full" | "private" | "lost";
  /** The install whose database this page knows: another one in its place is a loss. */
  install: string | null;
  /** What is known of what was lost. */
  lost: Lost | null;
  /** Safari on an iPhone outside the home screen. */
  isIosTab: boolean;
  isPrivate: boolean;
  /** Whether a trial write went through, and whether the journal beside the database can be used; null: not tried. */
  canWrite: boolean | null;
  canJournal: boolean | null;
}

export interface Lost {
  /** What the server last heard of what the phone held, and when. */
  heard: { pending: number | null; at: Iso } | null;
  /** Ops that the running app still had in memory, and put back. */
  back: number;
}
