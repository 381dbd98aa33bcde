/** What the observation form holds while it is being filled in, and how it becomes an op's body. */
import { flag, list, listOfGood, maybe, number, object, oneOf, or, text } from "../parse";
import { type Pin, parsePin, pinOf } from "../place/pin";
import type {
  Attachment,
  Category,
  Iso,
  ObservationContent,
  ObservationData,
  Position,
  Severity,
} from "../store/types";

export interface Fields {
  category: string | null;
  kind: "point" | "interval" | "about";
  from: Iso;
  to: Iso | null;
  placeId: string | null;
  placeText: string;
  /** A place that the host chose is never changed by a position that comes later. */
  placeBy: "guess" | "host";
  /** Set on the map; the record gets it instead of the phone's own position. */
  pin: Pin | null;
  count: string | null;
  ages: string | null;
  certainty: string | null;
  severity: number | null;
  ongoing: boolean | null;
  actions: string[];
  text: string;
  photos: Attachment[];
  withPosition: boolean;
  /** Set when this corrects an observation that is already saved. */
  target: string | null;
  reason: string;
}

export function emptyFields(begun: Iso): Fields {
  return {
    category: null,
    kind: "point",
    from: begun,
    to: null,
    placeId: null,
    placeText: "",
    placeBy: "guess",
    pin: null,
    count: null,
    ages: null,
    certainty: null,
    severity: null,
    ongoing: null,
    actions: [],
    text: "",
    photos: [],
    withPosition: true,
    target: null,
    reason: "",
  };
}

const attachment = object({ sha256: text, size: number, mime: text, caption: maybe(text) });

/** A draft as it was left, or empty where it cannot be read. */
export const parseFields = (begun: Iso) => {
  const empty = emptyFields(begun);
  return or(
    object({
      category: maybe(text),
      kind: or(oneOf("point", "interval", "about"), "point"),
      from: or(text, begun),
      to: maybe(text),
      placeId: maybe(text),
      placeText: or(text, ""),
      placeBy: or(oneOf("guess", "host"), "guess"),
      pin: or(maybe(parsePin), null),
      count: maybe(text),
      ages: maybe(text),
      certainty: maybe(text),
      severity: maybe(number),
      ongoing: maybe(flag),
      actions: or(list(text), []),
      text: or(text, ""),
      photos: or(listOfGood(attachment), []),
      withPosition: or(flag, true),
      target: maybe(text),
      reason: or(text, ""),
    }),
    empty,
  );
};

/** The form of a correction begins with what is said now. */
export function fieldsOf(content: ObservationContent, target: string, position: Position | null): Fields {
  const { happened } = content;
  return {
    ...emptyFields(happened.from),
    category: content.category,
    kind: happened.kind,
    to: happened.to,
    placeId: content.place_id,
    placeText: content.place_text ?? "",
    placeBy: "host",
    pin: pinOf(position),
    count: content.count,
    ages: content.ages,
    certainty: content.certainty,
    severity: content.severity,
    ongoing: content.ongoing,
    actions: content.actions,
    text: content.text ?? "",
    photos: content.attachments.map(({ sha256, size, mime, caption }) => ({ sha256, size, mime, caption })),
    target,
  };
}

/** The same once more, somewhere else: what was seen and done, but not where, when, or in which words. */
export function repeated({
  category,
  count,
  ages,
  certainty,
  severity,
  ongoing,
  actions,
}: ObservationContent) {
  return {
    category,
    count,
    ages,
    certainty,
    severity,
    ongoing,
    actions: [...actions],
  } satisfies Partial<Fields>;
}

const SEVERITIES: readonly Severity[] = [1, 2, 3, 4];

/** 2 where nobody has said: an unknown category must not look like a mere note. */
export function severityOf(chosen: number | null, byCategory: number | undefined): Severity {
  return SEVERITIES.find((known) => known === (chosen ?? byCategory)) ?? 2;
}

/** Short and without identities: what the law asks of notes about offences and of sensitive ones. */
export const SENSITIVE = 2;

/** The restricted circle: as little as can be, in words alone. */
export const RESTRICTED = 3;
export const RESTRICTED_TEXT_MAX = 500;

/** An unknown category is a newer word than this phone's list: the server knows its protection. */
export function mayHavePhotos(category: Pick<Category, "photos" | "protection"> | undefined): boolean {
  return category?.photos ?? (category?.protection ?? 0) < RESTRICTED;
}

const wordsOrNull = (words: string) => words.trim() || null;

/** @param category as this phone knows it; undefined for a code that it does not know. */
export function observationData(fields: Fields, category: Category | undefined): ObservationData {
  const isRestricted = (category?.protection ?? 0) >= RESTRICTED;
  const unlessRestricted = <T>(said: T) => (isRestricted ? null : said);
  return {
    category: fields.category ?? "",
    happened: {
      kind: fields.kind,
      from: fields.from,
      to: fields.kind === "point" ? null : fields.to,
    },
    place_id: fields.placeId,
    place_text: wordsOrNull(fields.placeText),
    count: unlessRestricted(fields.count),
    ages: unlessRestricted(fields.ages),
    certainty: unlessRestricted(fields.certainty),
    severity: severityOf(fields.severity, category?.default_severity),
    ongoing: unlessRestricted(fields.ongoing),
    actions: fields.actions,
    text: wordsOrNull(fields.text),
    attachments: mayHavePhotos(category) ? fields.photos : [],
  };
}

export type Lack = "category" | "reason" | "interval";

/** What keeps it from being saved; words about it are the screen's. */
export function lacks(fields: Fields): Lack | null {
  if (fields.category === null) return "category";
  if (fields.kind === "interval" && (fields.to === null || fields.to < fields.from)) return "interval";
  if (fields.target !== null && fields.reason.trim() === "") return "reason";
  return null;
}
