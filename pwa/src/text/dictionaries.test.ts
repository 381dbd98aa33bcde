import { readdirSync } from "node:fs";
import { afterEach, describe, expect, it } from "vitest";
import { en } from "./en";
import { type Dictionary, language, type Message, part, type Translation } from "./engine";
import { sv } from "./sv";

/** Every dictionary there is, by what is in the folder: a new one is held to the same without being listed. */
const NAMES = readdirSync("src/text").flatMap((file) => /^(\w+)\.sv\.ts$/.exec(file)?.[1] ?? []);

const pairs: [string, Dictionary, Dictionary][] = [["the app", sv, en]];
for (const name of NAMES) {
  const swedish: { sv: Dictionary } = await import(`./${name}.sv.ts`);
  const english: { en: Dictionary } = await import(`./${name}.en.ts`);
  pairs.push([name, swedish.sv, english.en]);
}

const wordsOf = (message: Message) =>
  typeof message === "string" ? [message] : [message.one, message.other];
const namesIn = (said: string) => [...new Set(said.match(/\{\w+\}/g))].sort();
/** What a person reads of it: no placeholders. */
const plain = (said: string) => said.replace(/\{\w+\}/g, " ");
const keysWhere = (dictionary: Dictionary, isOdd: (said: string) => boolean) =>
  Object.entries(dictionary).flatMap(([key, message]) => (wordsOf(message).some(isOdd) ? [key] : []));

/** Spelt alike in both languages: names, units, and a few words. */
const ALIKE = new Set(
  "position observation text version organisation radio id pdf csv xlsx excel wgs sweref tm min s m h p".split(
    " ",
  ),
);
const ENGLISH = /\b(the|and|is|not|with|your|you|this|was|were|have|are|cannot|it)\b/i;
const SWEDISH = /[åäö]|\b(och|inte|att|som|av|det|ett|har|inga|ingen|eller)\b/i;

/** May follow a number of one or many. */
const UNCOUNTED =
  "av|of|min|s|m|visas|shown|kvar|left|tecken|down|up|are|is|är|used|använt|finns|i|in|äldsta|oldest|senaste|till|more";
const COUNTED = new RegExp(`\\{(?:n|count|all|total|expected|hours)\\} (?!(?:${UNCOUNTED})\\b)\\p{Ll}+`, "u");
/** Never one: a limit of the server, a band of several, or two at least. */
const ALWAYS_MANY = new Set([
  "courier got",
  "find count_more",
  "find map_some",
  "focus proposal_place",
  "help people",
  "own kept_session",
  "own kept_device",
  "password length",
  "review pdf_large",
  "review left_none_in_all",
  "the app welcome.hint",
  "the app welcome.short",
]);

afterEach(() => {
  language.value = "sv";
});

it("finds the dictionaries", () => {
  expect(NAMES).toEqual(expect.arrayContaining(["guard", "help", "own", "returned", "review", "tonight"]));
  expect(NAMES.length).toBeGreaterThan(20);
});

describe.each(pairs)("%s", (name, sv, en) => {
  it("has the same keys in both languages", () => {
    expect(Object.keys(en).sort()).toEqual(Object.keys(sv).sort());
  });

  it("says something of every key, with both forms of a plural in both languages", () => {
    for (const [key, message] of [...Object.entries(sv), ...Object.entries(en)]) {
      const isPlural = typeof message !== "string";
      expect([key, wordsOf(message).every((said) => said.trim() !== "")]).toEqual([key, true]);
      expect([key, isPlural ? Object.keys(message).sort() : []]).toEqual([
        key,
        isPlural ? ["one", "other"] : [],
      ]);
      expect([key, typeof sv[key], typeof en[key]]).toEqual([key, typeof message, typeof message]);
    }
  });

  it("names the same placeholders in both languages", () => {
    for (const [key, message] of Object.entries(sv)) {
      const other = en[key];
      expect([key, other && namesIn(wordsOf(other).join())]).toEqual([key, namesIn(wordsOf(message).join())]);
      // "The phone" may stand for one; of many nothing is left out.
      if (typeof message === "string" || other === undefined || typeof other === "string") continue;
      expect([key, namesIn(other.other)]).toEqual([key, namesIn(message.other)]);
      expect([key, namesIn(message.other)]).toEqual([key, expect.arrayContaining(namesIn(message.one))]);
    }
  });

  it("has no English left in Swedish, and no Swedish in English", () => {
    const isUntold = (key: string) =>
      wordsOf(sv[key] ?? "").some(
        (said) =>
          wordsOf(en[key] ?? "").includes(said) &&
          plain(said)
            .toLowerCase()
            .match(/\p{L}+/gu)
            ?.some((word) => !ALIKE.has(word)),
      );
    expect(Object.keys(sv).filter(isUntold)).toEqual([]);
    expect(keysWhere(sv, (said) => ENGLISH.test(plain(said)))).toEqual([]);
    expect(keysWhere(en, (said) => SWEDISH.test(plain(said)))).toEqual([]);
  });

  it("counts nothing in words that are right for many only", () => {
    const told = (dictionary: Dictionary) =>
      Object.entries(dictionary).flatMap(([key, message]) =>
        typeof message === "string" && COUNTED.test(message) && !ALWAYS_MANY.has(`${name} ${key}`)
          ? [key]
          : [],
      );
    expect([told(sv), told(en)]).toEqual([[], []]);
  });

  it.each(["sv", "en"] as const)("says one and two in their own forms (%s)", (lang) => {
    const t = part(sv, () => en as Translation<typeof sv>);
    const said = (key: string, n: number) => Reflect.apply(t, null, [key, { n }]);
    const filled = (form: string, n: number) => form.replaceAll("{n}", String(n));
    language.value = lang;
    for (const [key, message] of Object.entries(lang === "sv" ? sv : en)) {
      if (typeof message === "string") continue;
      const forms = [0, 1, 2].map((n) => said(key, n));
      expect([key, ...forms]).toEqual([
        key,
        filled(message.other, 0),
        filled(message.one, 1),
        filled(message.other, 2),
      ]);
    }
  });
});
