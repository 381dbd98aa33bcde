// @vitest-environment node
import { describe, expect, it } from "vitest";
import { minuteWords, sweref99tm, swerefWords } from "./coordinates";

const plain = (words: string | undefined) => words?.replaceAll("\u00a0", " ");

describe("degrees and decimal minutes", () => {
  it("are told with the language's own decimal mark", () => {
    const at = { lat: 56 + 3.126 / 60, lon: 14 + 34.518 / 60 };
    expect(plain(minuteWords(at, "sv").lat)).toBe("56° 03,126' N");
    expect(plain(minuteWords(at, "sv").lon)).toBe("014° 34,518' E");
    expect(plain(minuteWords(at, "en").lat)).toBe("56° 03.126' N");
    expect(plain(minuteWords(at, "en").lon)).toBe("014° 34.518' E");
  });

  it("never have sixty minutes", () => {
    expect(plain(minuteWords({ lat: 55.999_999_9, lon: 9.999_999_9 }, "sv").lat)).toBe("56° 00,000' N");
    expect(plain(minuteWords({ lat: 55.999_999_9, lon: 9.999_999_9 }, "sv").lon)).toBe("010° 00,000' E");
    expect(plain(minuteWords({ lat: 56 + 59.9994 / 60, lon: 0 }, "sv").lat)).toBe("56° 59,999' N");
  });

  it("say on which side of the equator and of Greenwich", () => {
    expect(plain(minuteWords({ lat: -33.5, lon: -0.25 }, "sv").lat)).toBe("33° 30,000' S");
    expect(plain(minuteWords({ lat: -33.5, lon: -0.25 }, "sv").lon)).toBe("000° 15,000' W");
  });
});

describe("SWEREF 99 TM", () => {
  it("is 500 km east on its meridian, in whole metres", () => {
    expect(sweref99tm({ lat: 60, lon: 15 })?.east_m).toBeCloseTo(500_000, 6);
    expect(plain(swerefWords({ lat: 60, lon: 15 })?.east)).toBe("E 500 000");
    expect(plain(swerefWords({ lat: 60, lon: 15 })?.north)).toMatch(/^N 6 65\d \d{3}$/);
  });

  it("is told as lacking outside Sweden", () => {
    for (const at of [
      { lat: 52.5, lon: 13.4 },
      { lat: 60.2, lon: 24.9 },
      { lat: 60, lon: 5.3 },
      { lat: 70, lon: 20 },
      { lat: Number.NaN, lon: 15 },
    ])
      expect(swerefWords(at)).toBeNull();
  });
});
