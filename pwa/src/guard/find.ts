/**
 * What in a text must not be kept: identity numbers, phone numbers, plates, addresses of e-mail, likely names. Pure.
 *
 * The same rules are written in Python (`app/guard/rules.py`), for what older and foreign clients send;
 * `tests/guard/cases.json` holds the two together. Offsets count code points.
 */
import lists from "./words.json";

export type Kind = "personnummer" | "samordningsnummer" | "phone" | "plate" | "email" | "name";

export interface Found {
  kind: Kind;
  start: number;
  end: number;
  words: string;
}

type Span = readonly [kind: Kind, start: number, end: number];

/** They name one person for certain: saving asks about them first. */
export const isIdentity = (kind: Kind) => kind === "personnummer" || kind === "samordningsnummer";

/** First digit of each block of other decimal digits, and how many blocks of ten follow one another there. */
const DIGITS = [
  [0x0660, 1],
  [0x06f0, 1],
  [0xff10, 1],
  [0x1d7ce, 5],
] as const;
const DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u00ad\ufe58\ufe63\uff0d";
const SPACES =
  "\t\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b\u200c\u200d\u202f\u205f\u2060\u3000\ufeff";

const PLAIN = new Map<string, string>([
  ...[...DASHES].map((dash): [string, string] => [dash, "-"]),
  ...[...SPACES].map((space): [string, string] => [space, " "]),
  ["\uff0b", "+"],
  ["\uff20", "@"],
  ["\uff0e", "."],
  ...DIGITS.flatMap(([first, blocks]) =>
    Array.from({ length: blocks * 10 }, (_, i): [string, string] => [
      String.fromCodePoint(first + i),
      String(i % 10),
    ]),
  ),
]);
/** Stands for a character of two code units, so that offsets count code points. */
const OTHER = "\ufffc";

/** Without a digit, an @ or two words with capitals there is nothing to look for; most texts end here. */
const DIGIT = /[0-9]/;
const TWO_CAPITALS = /[a-zà-žåäö] [A-ZÅÄÖÉÜĆČŠŽ]/;
const SEP = "[ +./-]{0,3}";
const NUMBER = `([0-9]{2})${SEP}([0-9]{2})${SEP}([0-9]{2})${SEP}([0-9]{2}) ?([0-9]{2})(?![0-9])`;
const LONG = new RegExp(`(18|19|20)${SEP}${NUMBER}`, "g");
const SHORT = new RegExp(NUMBER, "g");
const EMAIL =
  /[0-9A-Za-zÅÄÖåäöéü._%+-]{1,64}@[0-9A-Za-zÅÄÖåäöéü-]{1,63}(?:\.[0-9A-Za-zÅÄÖåäöéü-]{1,63}){0,5}\.[A-Za-z]{2,20}/g;
const PHONE =
  /(?:(?:\+|00)[1-9](?:[ ()/-]{0,2}[0-9]){7,13}|0(?!10|20|77)[1-9][0-9]{0,2}(?: ?[/-] ?| ?)[0-9](?:[ -]?[0-9]){4,7})(?![0-9])/g;
const PLATE =
  /([A-HJ-PR-UW-Za-hj-pr-uw-z]{3})[ -]?[0-9]{2}[0-9A-HJ-NPR-UW-Za-hj-npr-uw-z](?![0-9A-Za-zÅÄÖåäö])/g;
const WORD = /[A-ZÅÄÖÉÜĆČŠŽ][A-Za-zÀ-žåäöÅÄÖ'’-]{0,40}[a-zà-žåäö]/g;
/** Neither within a longer number nor the decimals of one. */
const IN_NUMBER = /[0-9][.,]?$/;
const IN_WORD = /[0-9A-Za-zÀ-ž]$/;
const MONTH_DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
/** Digits of a phone number after its leading 0, or with its country's. */
const PHONE_DIGITS_MIN = 8;
const PHONE_DIGITS_MAX = 15;

const setOf = (words: string) => new Set(words.split(" "));
const FIRST_NAMES = setOf(lists.firstNames);
const NOT_FIRST_NAMES = setOf(lists.notFirstNames);
const NOT_PLATES = setOf(lists.notPlates);
const TOWNS = setOf(lists.towns);
const SURNAME_ENDINGS = lists.surnameEndings.split(" ");
const NOT_SURNAMES = lists.notSurnames.split(" ");

/** In the order of the text, never overlapping; of two that overlap the surer one is told. */
export function find(text: string): Found[] {
  const characters = Array.from(text);
  const said = characters.map((one) => PLAIN.get(one) ?? (one.length > 1 ? OTHER : one)).join("");
  const taken: Found[] = [];
  const take = ([kind, start, end]: Span) => {
    if (taken.every((other) => end <= other.start || start >= other.end))
      taken.push({ kind, start, end, words: characters.slice(start, end).join("") });
  };
  if (said.includes("@")) emails(said).forEach(take);
  if (DIGIT.test(said)) for (const look of [numbers, phones, plates]) look(said).forEach(take);
  if (TWO_CAPITALS.test(said)) names(said).forEach(take);
  return taken.sort((a, b) => a.start - b.start);
}

/** Also those that begin within a longer one that was none. `inside`: what may not stand before (two characters). */
function matches(pattern: RegExp, said: string, inside: RegExp): RegExpExecArray[] {
  const all: RegExpExecArray[] = [];
  pattern.lastIndex = 0;
  for (let found = pattern.exec(said); found !== null; found = pattern.exec(said)) {
    pattern.lastIndex = found.index + 1;
    if (!inside.test(said.slice(Math.max(0, found.index - 2), found.index))) all.push(found);
  }
  return all;
}

const endOf = (found: RegExpExecArray) => found.index + found[0].length;

const emails = (said: string): Span[] =>
  [...said.matchAll(EMAIL)].map((found) => ["email", found.index, endOf(found)]);

function numbers(said: string): Span[] {
  return [LONG, SHORT].flatMap((pattern) =>
    matches(pattern, said, IN_NUMBER).flatMap((found): Span[] => {
      const kind = kindOf(found.slice(1).join(""));
      return kind === null ? [] : [[kind, found.index, endOf(found)]];
    }),
  );
}

/** By date and check digit (Skatteverket SKV 704, 707); ten digits, or twelve with the century. */
function kindOf(digits: string): Kind | null {
  const ten = digits.slice(-10);
  const month = Number(ten.slice(2, 4));
  const day = Number(ten.slice(4, 6));
  if (ten.slice(6, 9) === "000" || !luhn(ten)) return null;
  // Of a birth that is not known month, day or both are 0, and days too many occur.
  if (day >= 60 && day <= 91 && month <= 12) return "samordningsnummer";
  const isDate = day >= 1 && day <= (MONTH_DAYS[month - 1] ?? 0);
  const isLeap = month === 2 && day === 29;
  return isDate && (!isLeap || hasLeapDay(digits)) ? "personnummer" : null;
}

/** Of ten digits the century is not known: 00 may be 2000. */
function hasLeapDay(digits: string): boolean {
  const year = Number(digits.slice(0, -8));
  return year % 4 === 0 && (digits.length === 10 || year % 100 !== 0 || year % 400 === 0);
}

function luhn(ten: string): boolean {
  const doubled = [...ten].map((digit, i) => Number(digit) * (2 - (i % 2)));
  return doubled.reduce((sum, n) => sum + (n > 9 ? n - 9 : n), 0) % 10 === 0;
}

function phones(said: string): Span[] {
  let end = 0;
  return matches(PHONE, said, IN_NUMBER).flatMap((found): Span[] => {
    const digits = found[0].replace(/[^0-9]/g, "").length;
    if (found.index < end || digits < PHONE_DIGITS_MIN || digits > PHONE_DIGITS_MAX) return [];
    end = endOf(found);
    return [["phone", found.index, end]];
  });
}

/** Three letters, then 123 or 12D. In small letters too: so they are typed on a phone. */
function plates(said: string): Span[] {
  return matches(PLATE, said, IN_WORD)
    .filter(([, letters = ""]) => !NOT_PLATES.has(letters.toLowerCase()))
    .map((found) => ["plate", found.index, endOf(found)]);
}

/** Two or three words with capitals: a common first name, or an ending that surnames have. */
function names(said: string): Span[] {
  const words = [...said.matchAll(WORD)];
  const found: Span[] = [];
  let at = 0;
  while (at < words.length - 1) {
    const run = runFrom(words, at, said);
    const length = [3, 2].find((n) => run.length >= n && isName(run.slice(0, n))) ?? 1;
    const [first, last] = [run[0], run[length - 1]];
    if (length > 1 && first && last && !namesPlace(said.slice(endOf(last))))
      found.push(["name", first.index, endOf(last)]);
    at += length;
  }
  return found;
}

function runFrom(words: readonly RegExpExecArray[], at: number, said: string): RegExpExecArray[] {
  const run = words.slice(at, at + 1);
  for (const next of words.slice(at + 1, at + 3)) {
    const before = run.at(-1);
    if (!before || said.slice(endOf(before), next.index) !== " ") break;
    run.push(next);
  }
  return run;
}

function isName(run: readonly RegExpExecArray[]): boolean {
  const words = run.map(([word]) => word.toLowerCase());
  const [first = "", second = "", last = second] = words;
  if (words.some((word) => NOT_FIRST_NAMES.has(word)) || TOWNS.has(last)) return false;
  if (NOT_SURNAMES.some((ending) => last.endsWith(ending))) return false;
  if (isFirst(first)) return words.length === 2 || isFirst(second) || isSurname(last);
  return words.length === 2 && !first.endsWith("s") && isSurname(last);
}

/** As in "Gustav Adolfs torg", a square. */
function namesPlace(after: string): boolean {
  const following = /^ ([a-zåäö]+)/.exec(after.slice(0, 20));
  return following !== null && NOT_SURNAMES.includes(following[1] ?? "");
}

const isFirst = (word: string) => word.split("-").every((part) => FIRST_NAMES.has(part));

/** Or the same with a genitive s. */
const isSurname = (word: string) =>
  [word, word.replace(/s$/, "")].some((one) =>
    SURNAME_ENDINGS.some((ending) => one.length > ending.length + 1 && one.endsWith(ending)),
  );
