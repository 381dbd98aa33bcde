/** What is masked of a draft, and how it is sent. Offsets count code points, as the server's do. Pure. */
import type { DraftRecord, DraftVersion } from "./answers";

export const TO = ["police", "authority", "subject", "public"] as const;
export type To = (typeof TO)[number];

export const FIELDS = ["text", "place_text", "reason"] as const;
export type FieldName = (typeof FIELDS)[number];

/** A word of a text, with what stands against it. */
export interface Token {
  start: number;
  end: number;
  word: string;
  /** The first on a line of its own. */
  isLineStart: boolean;
}

/** Version → field → which of its tokens are masked. Only what somebody has changed is in it. */
export type VersionMasks = Partial<Record<FieldName, readonly number[]>>;
export type Masks = Readonly<Record<string, VersionMasks>>;

/** What the maker has chosen among the records. */
export interface Chosen {
  left_out: readonly string[];
  earlier: boolean;
  masks: Masks;
}

type Span = [start: number, end: number];

const SPACE = /\s/u;

export function tokensOf(said: string): Token[] {
  const points = Array.from(said);
  const tokens: Token[] = [];
  let line = false;
  for (let at = 0; at < points.length; at++) {
    const point = points[at] ?? "";
    if (SPACE.test(point)) {
      line ||= point === "\n";
      continue;
    }
    const start = at;
    while (at + 1 < points.length && !SPACE.test(points[at + 1] ?? "")) at++;
    const word = points.slice(start, at + 1).join("");
    tokens.push({ start, end: at + 1, word, isLineStart: line && tokens.length > 0 });
    line = false;
  }
  return tokens;
}

export function proposed(tokens: readonly Token[], found: readonly Readonly<Span>[]): number[] {
  return tokens.flatMap(({ start, end }, n) =>
    found.some(([from, to]) => from < end && to > start) ? [n] : [],
  );
}

/** Neighbours become one, with the space between them: an extract does not tell how many words it covers. */
export function spansOf(tokens: readonly Token[], masked: readonly number[]): Span[] {
  const spans: Span[] = [];
  tokens.forEach(({ start, end }, n) => {
    if (!masked.includes(n)) return;
    const last = spans.at(-1);
    if (last && masked.includes(n - 1)) last[1] = end;
    else spans.push([start, end]);
  });
  return spans;
}

export interface Shown {
  name: FieldName;
  tokens: readonly Token[];
  masked: readonly number[];
}

type Field = NonNullable<DraftVersion["fields"][FieldName]>;
/** All are counted at each keystroke, and no text changes: read once. */
const read = new WeakMap<Field, { tokens: Token[]; first: number[] }>();

function readOf(field: Field) {
  const known = read.get(field);
  if (known) return known;
  const tokens = tokensOf(field.said);
  const fresh = { tokens, first: proposed(tokens, field.found) };
  read.set(field, fresh);
  return fresh;
}

/** The words of a version with what is masked of them; none of one that is hidden from the reader. */
export function shownOf(version: DraftVersion, masks: VersionMasks = {}): Shown[] {
  if (version.hidden) return [];
  return FIELDS.flatMap((name) => {
    const field = version.fields[name];
    if (field === null) return [];
    const { tokens, first } = readOf(field);
    return [{ name, tokens, masked: masks[name] ?? first }];
  });
}

export const versionsOf = ({ versions }: DraftRecord, earlier: boolean): readonly DraftVersion[] =>
  earlier ? versions : versions.slice(-1);

const takenOf = (records: readonly DraftRecord[], { left_out }: Chosen) =>
  records.filter(({ id }) => !left_out.includes(id));

export function sums(records: readonly DraftRecord[], chosen: Chosen): { records: number; masked: number } {
  const taken = takenOf(records, chosen);
  const masked = taken
    .flatMap((record) => versionsOf(record, chosen.earlier))
    .flatMap((version) => shownOf(version, chosen.masks[version.id]))
    .reduce((sum, field) => sum + field.masked.length, 0);
  return { records: taken.length, masked };
}

export interface SentRecord {
  id: string;
  versions: { id: string; masked: Partial<Record<FieldName, Span[]>> }[];
}

export function sentOf(records: readonly DraftRecord[], chosen: Chosen): SentRecord[] {
  return takenOf(records, chosen).map((record) => ({
    id: record.id,
    versions: versionsOf(record, chosen.earlier).map((version) => ({
      id: version.id,
      masked: Object.fromEntries(
        shownOf(version, chosen.masks[version.id])
          .filter(({ masked }) => masked.length > 0)
          .map(({ name, tokens, masked }) => [name, spansOf(tokens, masked)]),
      ),
    })),
  }));
}

/** FNV-1a: tells drafts apart, and holds no word of what was searched for. */
export function digest(said: string): string {
  let hash = 0x811c9dc5;
  for (const point of said) hash = Math.imul(hash ^ (point.codePointAt(0) ?? 0), 0x01000193);
  return (hash >>> 0).toString(16);
}
