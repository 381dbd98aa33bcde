/** What the server told: projected records and reference data, as the apps read them. */
import type { AboutTime, Attachment, Happened, Iso, Position } from "./types";

/** What the server found in a statement's words; absent from servers and records that know nothing of it. */
export interface Looked {
  /** Kinds of words that may not belong there. */
  flagged?: readonly string[];
  /** The words are withheld from this reader. */
  hidden?: boolean;
}

/** What every projected record carries. */
export interface RecordBase extends Looked {
  id: string;
  author_id: string;
  stated_at: Iso;
  /** The server's reckoning of when it was, and how far off that is at most; null where nothing bounds it. */
  estimated_at: Iso | null;
  estimated_within_ms: number | null;
  received_at: Iso;
  install: string | null;
  position: Position | null;
}

export interface ShiftMember {
  user_id: string;
  joined_at: Iso;
  left_at: Iso | null;
}

export interface ShiftValue extends RecordBase {
  status: "open" | "ended";
  shift_date: string;
  started_at: Iso;
  ended_at: Iso | null;
  hosts: string[];
  members: ShiftMember[];
  area_id: string | null;
  transport: string | null;
  planned_end: Iso | null;
  alone_reason: string | null;
  summary: string | null;
}

interface InShift extends RecordBase {
  shift_id: string | null;
}

export interface CheckinValue extends InShift {
  kind: string;
  place_id: string | null;
  note: string | null;
  next_due: Iso | null;
}

/** An observation's content as the server holds it: codes may be ones that this app does not know. */
export interface ObservationContent extends Looked {
  category: string;
  happened: Happened;
  place_id: string | null;
  place_text: string | null;
  count: string | null;
  ages: string | null;
  certainty: string | null;
  severity: number;
  ongoing: boolean | null;
  actions: string[];
  text: string | null;
  attachments: readonly AttachedPhoto[];
}

export interface AttachedPhoto extends Attachment {
  /** Its bytes are not all at the server yet, by the server's own word; an op of this phone does not say. */
  missing?: boolean;
}

export interface Revision {
  id: string;
  author_id: string;
  stated_at: Iso;
  reason: string;
  observation: ObservationContent;
}

export interface Retraction extends Looked {
  id: string;
  author_id: string;
  stated_at: Iso;
  reason: string;
}

export interface ObservationValue extends InShift, ObservationContent {
  status: "current" | "amended" | "retracted";
  revisions: Revision[];
  retracted: Retraction | null;
}

export interface BriefingValue {
  id: string;
  text: string | null;
  places: { place_id: string; hours: string | null }[];
  area_id: string | null;
  valid_from: Iso;
  valid_to: Iso;
  active: boolean;
  /** Of its words: another once somebody has changed them. */
  version: string | null;
  read_by: { author_id: string | null; stated_at: Iso; version: string | null }[];
}

/** A word that a shift left to the next. */
export interface HandoverValue extends InShift {
  text: string;
  read_by: { author_id: string; stated_at: Iso }[];
}

/** "Finns kvar?" about an earlier report: neither its words nor its author. */
export interface QuestionValue {
  id: string;
  shift_id: string | null;
  category: string;
  place_id: string;
  happened_from: Iso;
  /** The oldest first. */
  answers: { shift_id: string | null; stated_at: Iso; answer: string }[];
}

/** What comes of a report: told to the host who made it, and to the crew. */
export interface FollowupValue extends Looked {
  id: string;
  observation_id: string;
  reporter_id: string | null;
  owner_id: string;
  status: string;
  kind: string;
  /** A date. */
  due: string;
  outcome: string | null;
  result: string | null;
  changed_at: Iso;
  /** When a fault report was taken by its receiver. */
  sent_at: Iso | null;
  category: string;
  place_id: string | null;
  happened_from: Iso;
}

export interface AttemptValue extends Looked {
  id: string;
  author_id: string;
  stated_at: Iso;
  attempted: AboutTime | null;
  answered: AboutTime | null;
  arrived: AboutTime | null;
  left: AboutTime | null;
  outcome: string;
  reference: string | null;
  note: string | null;
}

export interface EscalationClosed extends Looked {
  id: string;
  author_id: string;
  stated_at: Iso;
  outcome: string;
  note: string | null;
}

export interface EscalationValue extends InShift {
  status: "open" | "closed";
  service: string;
  channel: string | null;
  observation_id: string | null;
  cause: string | null;
  attempts: AttemptValue[];
  closed: EscalationClosed | null;
  /** It belongs to a record that this reader may not see: why and where are withheld. */
  restricted?: boolean;
}

export interface CommentValue extends InShift {
  target: string;
  text: string;
}

/** A photo added to an observation after it was written. */
export interface PhotoValue extends InShift, AttachedPhoto {
  target: string;
}

export interface ReviewValue extends InShift {
  target: string;
  verdict: "approve" | "return";
  note: string | null;
}

/** A talk afterwards, by the id of the observation that it is about; only for those who may read that. */
export interface DebriefValue {
  id: string;
  /** `offered`, `held`, `not_needed`. */
  status: string;
  author_id: string;
  stated_at: Iso;
}

export interface AlertAnswer {
  id: string;
  author_id: string;
  stated_at: Iso;
}

/** Whom the server set out to tell, and what came of it by each way; null while it does not know. */
export interface AlertStep {
  number: number;
  rung: string;
  to: readonly string[];
  at: Iso;
  told: readonly { person: string; channel: string; ok: boolean }[] | null;
}

export interface AlertCleared extends Looked {
  id: string;
  /** Null: the server, which has heard of a check-in after all. */
  author_id: string | null;
  stated_at: Iso;
  /** `person`, `checkin`, `left`, `ended`. */
  cause: string;
  note: string | null;
}

/** Help, threat, test, or a check-in that did not come (`overdue`), which the server raises: it has no author. */
export interface AlertValue extends Omit<RecordBase, "author_id"> {
  author_id: string | null;
  shift_id: string | null;
  kind: string;
  status: "open" | "cleared";
  host_id: string | null;
  note: string | null;
  due_at: Iso | null;
  acknowledged: readonly AlertAnswer[];
  cleared: AlertCleared | null;
  steps: readonly AlertStep[];
}

/** A shift to come, as a supervisor planned it; only those that the reader is on. */
export interface PlannedValue {
  id: string;
  starts_at: Iso;
  ends_at: Iso;
  area_id: string | null;
  hosts: readonly string[];
  status: string;
}

export interface Records {
  plans: ReadonlyMap<string, PlannedValue>;
  alerts: ReadonlyMap<string, AlertValue>;
  shifts: ReadonlyMap<string, ShiftValue>;
  checkins: ReadonlyMap<string, CheckinValue>;
  observations: ReadonlyMap<string, ObservationValue>;
  escalations: ReadonlyMap<string, EscalationValue>;
  comments: ReadonlyMap<string, CommentValue>;
  reviews: ReadonlyMap<string, ReviewValue>;
  photos: ReadonlyMap<string, PhotoValue>;
  briefings: ReadonlyMap<string, BriefingValue>;
  handovers: ReadonlyMap<string, HandoverValue>;
  questions: ReadonlyMap<string, QuestionValue>;
  followups: ReadonlyMap<string, FollowupValue>;
  debriefs: ReadonlyMap<string, DebriefValue>;
}

export interface Place {
  id: string;
  name: string;
  kind: string;
  area_id: string | null;
  lon: number;
  lat: number;
  note: string | null;
  active: boolean;
}

export type LonLat = [lon: number, lat: number];

/** GeoJSON geometry of an area, WGS 84. */
export type AreaGeometry =
  | { type: "Polygon"; coordinates: LonLat[][] }
  | { type: "MultiPolygon"; coordinates: LonLat[][][] };

export interface Area {
  id: string;
  name: string;
  geometry: AreaGeometry | null;
  active: boolean;
}

export interface Contact {
  id: string;
  service: string | null;
  name: string;
  number: string;
  hours: string | null;
  note: string | null;
  checked_on: string | null;
  /** False: taken out of use. */
  active?: boolean;
}

export interface Person {
  id: string;
  name: string;
  role: string;
  active: boolean;
}

export interface Code {
  code: string;
  sv: string;
  en: string;
}

export interface Category extends Code {
  group: string;
  help_en: string | null;
  est: string | null;
  protection: number;
  default_severity: number;
  /** False: no photos, whatever the protection; null: as the protection says. */
  photos: boolean | null;
  retired: string | null;
}

export interface Service extends Code {
  number: string | null;
  emergency: boolean;
  channel_note: string | null;
  when_en: string | null;
  retired: string | null;
}

export interface SeverityCode {
  code: number;
  sv: string;
  en: string;
}

/** `vocabulary.json`: words are data, so an organisation can switch codes off or add its own. */
export interface Vocabulary {
  version: number;
  groups: Code[];
  categories: Category[];
  services: Service[];
  outcomes: Code[];
  count_bands: Code[];
  age_bands: Code[];
  certainties: Code[];
  actions: Code[];
  severities: SeverityCode[];
  place_kinds: Code[];
}
