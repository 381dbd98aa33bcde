/** Parsers of pulled values, by kind. Tolerant: unknown codes are kept, strange members are dropped. */
import { flag, list, listOfGood, maybe, number, object, oneOf, or, type Parser, text } from "../parse";
import type {
  AlertValue,
  Area,
  AreaGeometry,
  BriefingValue,
  CheckinValue,
  CommentValue,
  Contact,
  DebriefValue,
  EscalationValue,
  FollowupValue,
  HandoverValue,
  LonLat,
  ObservationValue,
  Person,
  PhotoValue,
  Place,
  PlannedValue,
  QuestionValue,
  ReviewValue,
  ShiftValue,
  Vocabulary,
} from "./types";

const position = maybe(
  object({
    lat: number,
    lon: number,
    accuracy_m: maybe(number),
    age_ms: or(number, 0),
    source: or(oneOf("gnss", "map", "place"), "gnss"),
  }),
);

const looked = { flagged: or(list(text), []), hidden: or(flag, false) };

const base = {
  ...looked,
  id: text,
  author_id: text,
  stated_at: text,
  estimated_at: maybe(text),
  estimated_within_ms: or(maybe(number), null),
  received_at: text,
  install: maybe(text),
  position: or(position, null),
};
const inShift = { ...base, shift_id: maybe(text) };
const words = or(maybe(text), null);

const happened = object({
  kind: or(oneOf("point", "interval", "about"), "about"),
  from: text,
  to: maybe(text),
});

const about = or(maybe(object({ kind: or(oneOf("point", "about"), "about"), from: text })), null);

const attached = {
  sha256: text,
  size: or(number, 0),
  mime: or(text, ""),
  caption: words,
  missing: or(flag, true),
};

const content = {
  ...looked,
  category: text,
  happened,
  place_id: words,
  place_text: words,
  count: words,
  ages: words,
  certainty: words,
  severity: or(number, 1),
  ongoing: or(maybe(flag), null),
  actions: or(list(text), []),
  text: words,
  attachments: or(listOfGood(object(attached)), []),
};

const by = { id: text, author_id: text, stated_at: text };

export const shift: Parser<ShiftValue> = object({
  ...base,
  status: oneOf("open", "ended"),
  shift_date: text,
  started_at: text,
  ended_at: maybe(text),
  hosts: or(list(text), []),
  members: or(listOfGood(object({ user_id: text, joined_at: text, left_at: maybe(text) })), []),
  area_id: words,
  transport: words,
  planned_end: words,
  alone_reason: words,
  summary: words,
});

export const checkin: Parser<CheckinValue> = object({
  ...inShift,
  kind: text,
  place_id: words,
  note: words,
  next_due: words,
});

export const observation: Parser<ObservationValue> = object({
  ...inShift,
  ...content,
  status: oneOf("current", "amended", "retracted"),
  revisions: or(listOfGood(object({ ...by, reason: or(text, ""), observation: object(content) })), []),
  retracted: or(maybe(object({ ...by, ...looked, reason: or(text, "") })), null),
});

export const escalation: Parser<EscalationValue> = object({
  ...inShift,
  status: oneOf("open", "closed"),
  service: text,
  channel: words,
  observation_id: words,
  cause: words,
  attempts: or(
    listOfGood(
      object({
        ...by,
        ...looked,
        attempted: about,
        answered: about,
        arrived: about,
        left: about,
        outcome: or(text, ""),
        reference: words,
        note: words,
      }),
    ),
    [],
  ),
  closed: or(maybe(object({ ...by, ...looked, outcome: or(text, ""), note: words })), null),
  restricted: or(flag, false),
});

export const comment: Parser<CommentValue> = object({ ...inShift, target: text, text });

export const photo: Parser<PhotoValue> = object({ ...inShift, ...attached, target: text });

export const briefing: Parser<BriefingValue> = object({
  id: text,
  text: words,
  places: or(listOfGood(object({ place_id: text, hours: words })), []),
  area_id: words,
  valid_from: text,
  valid_to: text,
  active: or(flag, true),
  version: words,
  read_by: or(listOfGood(object({ author_id: words, stated_at: text, version: words })), []),
});

export const planned: Parser<PlannedValue> = object({
  id: text,
  starts_at: text,
  ends_at: text,
  area_id: words,
  hosts: list(text),
  status: text,
});

export const handover: Parser<HandoverValue> = object({
  ...inShift,
  text,
  read_by: or(listOfGood(object({ author_id: text, stated_at: text })), []),
});

export const question: Parser<QuestionValue> = object({
  id: text,
  shift_id: maybe(text),
  category: text,
  place_id: text,
  happened_from: text,
  answers: or(listOfGood(object({ shift_id: maybe(text), stated_at: text, answer: text })), []),
});

export const followup: Parser<FollowupValue> = object({
  ...looked,
  id: text,
  observation_id: text,
  reporter_id: words,
  owner_id: text,
  status: text,
  kind: text,
  due: text,
  outcome: words,
  result: words,
  changed_at: text,
  sent_at: words,
  category: text,
  place_id: words,
  happened_from: text,
});

export const debrief: Parser<DebriefValue> = object({
  id: text,
  status: text,
  author_id: or(text, ""),
  stated_at: text,
});

export const review: Parser<ReviewValue> = object({
  ...inShift,
  target: text,
  verdict: oneOf("approve", "return"),
  note: words,
});

const told = object({ person: text, channel: or(text, ""), ok: or(flag, false) });

export const alert: Parser<AlertValue> = object({
  ...inShift,
  author_id: or(maybe(text), null),
  kind: or(text, "help"),
  status: oneOf("open", "cleared"),
  host_id: words,
  note: words,
  due_at: words,
  acknowledged: or(listOfGood(object(by)), []),
  cleared: or(
    maybe(
      object({ ...by, ...looked, author_id: or(maybe(text), null), cause: or(text, "person"), note: words }),
    ),
    null,
  ),
  steps: or(
    listOfGood(
      object({
        number: or(number, 0),
        rung: or(text, ""),
        to: or(list(text), []),
        at: text,
        told: or(maybe(listOfGood(told)), null),
      }),
    ),
    [],
  ),
});

export const place: Parser<Place> = object({
  id: text,
  name: text,
  kind: or(text, ""),
  area_id: words,
  lon: number,
  lat: number,
  note: words,
  active: or(flag, true),
});

const lonLat: Parser<LonLat> = (value, at) => {
  const [lon, lat] = list(number)(value, at);
  return [number(lon, at), number(lat, at)];
};
const ring = list(lonLat);
const polygon = object({ type: oneOf("Polygon"), coordinates: list(ring) });
const multiPolygon = object({ type: oneOf("MultiPolygon"), coordinates: list(list(ring)) });
const geometry: Parser<AreaGeometry | null> = (value, at) => {
  const single = or(maybe(polygon), null)(value, at);
  return single ?? or(maybe(multiPolygon), null)(value, at);
};

export const area: Parser<Area> = object({ id: text, name: text, geometry, active: or(flag, true) });

export const contact: Parser<Contact> = object({
  id: text,
  service: words,
  name: text,
  number: text,
  hours: words,
  note: words,
  checked_on: words,
  active: or(flag, true),
});

export const person: Parser<Person> = object({
  id: text,
  name: text,
  role: or(text, ""),
  active: or(flag, true),
});

const code = { code: text, sv: text, en: or(text, "") };
const codes = or(listOfGood(object(code)), []);

export const vocabulary: Parser<Vocabulary> = object({
  version: or(number, 1),
  groups: codes,
  categories: listOfGood(
    object({
      ...code,
      group: text,
      help_en: words,
      est: words,
      protection: or(number, 1),
      default_severity: or(number, 1),
      photos: or(maybe(flag), null),
      retired: words,
    }),
  ),
  services: listOfGood(
    object({
      ...code,
      number: words,
      emergency: or(flag, false),
      channel_note: words,
      when_en: words,
      retired: words,
    }),
  ),
  outcomes: codes,
  count_bands: codes,
  age_bands: codes,
  certainties: codes,
  actions: codes,
  severities: or(listOfGood(object({ ...code, code: number })), []),
  place_kinds: codes,
});
