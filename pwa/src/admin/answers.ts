/** The answers of administration, parsed at the border. */
import { flag, listOfGood, maybe, number, object, or, text, unknown } from "../parse";
import type { AreaGeometry } from "../store/types";
import { area } from "../store/values";

const contact = object({ email: maybe(text), mobile: maybe(text), version: maybe(number) });

export const person = object({
  id: text,
  username: text,
  name: text,
  role: text,
  active: flag,
  version: number,
  has_password: or(flag, true),
  invited_until: maybe(text),
  /** Null for those who may not read addresses. */
  contact: maybe(contact),
});
export type PersonRow = ReturnType<typeof person>;
export const people = object({ people: listOfGood(person) });

export const invited = object({ id: text, code: text, expires_at: text });
export type Invited = ReturnType<typeof invited>;

export const phone = object({
  id: text,
  label: or(text, ""),
  people: or(listOfGood(text), []),
  created_at: text,
  signed_in_at: maybe(text),
  revoked_at: maybe(text),
  revoked_by: maybe(text),
});
export type PhoneRow = ReturnType<typeof phone>;
export const phones = object({ phones: listOfGood(phone) });

export const edit = object({
  id: text,
  type: text,
  at: text,
  author: maybe(object({ id: text, name: or(text, "") })),
  is_first: or(flag, false),
  changes: or(listOfGood(object({ member: text, from: unknown, to: unknown })), []),
});
export type Edit = ReturnType<typeof edit>;
export const edits = object({ edits: listOfGood(edit) });

export const serviceNumber = object({
  id: text,
  service: text,
  name: text,
  number: maybe(text),
  hours: maybe(text),
  note: maybe(text),
  checked_on: maybe(text),
  active: or(flag, true),
  version: number,
});
export type ServiceNumber = ReturnType<typeof serviceNumber>;
export const serviceNumbers = object({ numbers: listOfGood(serviceNumber) });

export const categoryRow = object({
  id: text,
  code: text,
  group: text,
  sv: text,
  en: or(text, ""),
  protection: number,
  photos: or(flag, false),
  active: or(flag, true),
  /** The organisation's; the others come with Lykta. */
  own: or(flag, false),
  /** Of the restricted circle: never switched off. */
  locked: or(flag, false),
  /** Null: a shipped one that nobody has touched. */
  version: maybe(number),
});
export type CategoryRow = ReturnType<typeof categoryRow>;
/** `open`: takes own ones. */
const categoryGroup = object({ code: text, sv: text, en: or(text, ""), open: or(flag, false) });
export type CategoryGroup = ReturnType<typeof categoryGroup>;
export const categories = object({ groups: listOfGood(categoryGroup), categories: listOfGood(categoryRow) });

const ladderStep = object({
  /** After the alarm; null while it is being typed. */
  after_min: maybe(number),
  whom: listOfGood(text),
  via: listOfGood(text),
});
export type LadderStep = ReturnType<typeof ladderStep>;
export const ladderRow = object({
  kind: text,
  /** Put here; else what the server's settings say. */
  own: or(flag, false),
  version: maybe(number),
  since: maybe(text),
  /** Null for calls for help. */
  grace_min: maybe(number),
  repeat_min: maybe(number),
  steps: listOfGood(ladderStep),
});
export type LadderRow = ReturnType<typeof ladderRow>;
/** The ways to each of those whom a word may mean. */
const ways = listOfGood(listOfGood(text));
const nameable = object({ id: text, name: text, role: text, ways: maybe(listOfGood(text)) });
export type Nameable = ReturnType<typeof nameable>;
export const ladders = object({
  ladders: listOfGood(ladderRow),
  channels: object({ push: or(flag, false), email: or(flag, false), sms: or(flag, false) }),
  groups: object({ host: ways, partner: ways, supervisors: ways, admins: ways }),
  people: listOfGood(nameable),
  repeats_max: or(number, 6),
});
export type Ladders = ReturnType<typeof ladders>;

export const placeRow = object({
  id: text,
  name: text,
  kind: or(text, "other"),
  area_id: maybe(text),
  lon: number,
  lat: number,
  note: maybe(text),
  active: or(flag, true),
  version: number,
});
export type PlaceRow = ReturnType<typeof placeRow>;

const areaShape = object({ id: text, name: text, active: or(flag, true), version: number });
export type AreaRow = ReturnType<typeof areaShape> & { geometry: AreaGeometry | null };
/** The outline is read as the phones read it. */
export const areaRow = (value: unknown, at = ""): AreaRow => ({
  ...areaShape(value, at),
  geometry: area(value, at).geometry,
});
export const placesAndAreas = object({ places: listOfGood(placeRow), areas: listOfGood(areaRow) });
export type PlacesAndAreas = ReturnType<typeof placesAndAreas>;

export const imported = object({
  version: number,
  added: number,
  changed: number,
  unchanged: number,
  refused: number,
  findings: listOfGood(object({ index: number, name: maybe(text), code: text, refused: flag })),
});
export type Imported = ReturnType<typeof imported>;
