// @vitest-environment node
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { find, isIdentity } from "./find";
import words from "./words.json";

const root = new URL("../../../", import.meta.url);
const read = (path: string): unknown => JSON.parse(readFileSync(new URL(path, root), "utf8"));
const cases = read("tests/guard/cases.json") as { text: string; found: [string, string][] }[];

describe("what must not be kept", () => {
  it.each(cases)("is found in the same way as on the server: $text", ({ text, found }) => {
    expect(find(text).map(({ kind, words: said }) => [kind, said])).toEqual(found);
  });

  it("goes by the same lists as the server", () => {
    expect(words).toEqual(read("app/guard/words.json"));
  });

  it("tells where it stands, by code points", () => {
    const [found] = find("😀 900102-9819");
    expect(found).toMatchObject({ start: 2, end: 13, words: "900102-9819" });
  });

  it("takes no time over a text that is all digits", () => {
    const before = performance.now();
    find("0123456789".repeat(400));
    find("07 ".repeat(1300));
    expect(performance.now() - before).toBeLessThan(1000);
  });

  it("asks about numbers of persons alone", () => {
    expect(isIdentity("personnummer") && isIdentity("samordningsnummer")).toBe(true);
    expect(isIdentity("plate") || isIdentity("name") || isIdentity("phone")).toBe(false);
  });
});
