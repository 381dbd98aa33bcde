import { readdirSync, readFileSync } from "node:fs";
import { afterEach, describe, expect, it } from "vitest";
import { en as actsEn } from "./acts.en";
import { sv as actsSv } from "./acts.sv";
import { en as alarmEn } from "./alarm.en";
import { sv as alarmSv } from "./alarm.sv";
import { en as asideEn } from "./aside.en";
import { sv as asideSv } from "./aside.sv";
import { en as dictateEn } from "./dictate.en";
import { sv as dictateSv } from "./dictate.sv";
import { en } from "./en";
import { type Language, language, type Message } from "./engine";
import { bytes, distance, list, setLanguage, t, time, timeNear } from "./index";
import { en as lockEn } from "./lock.en";
import { sv as lockSv } from "./lock.sv";
import { en as notifyEn } from "./notify.en";
import { sv as notifySv } from "./notify.sv";
import { en as photoEn } from "./photo.en";
import { sv as photoSv } from "./photo.sv";
import { sv } from "./sv";
import { en as undoEn } from "./undo.en";
import { sv as undoSv } from "./undo.sv";

const words = (message: Message) => (typeof message === "string" ? [message] : [message.one, message.other]);
const allEnglish = {
  ...en,
  ...asideEn,
  ...photoEn,
  ...notifyEn,
  ...alarmEn,
  ...actsEn,
  ...undoEn,
  ...dictateEn,
  ...lockEn,
};
const allSwedish = {
  ...sv,
  ...asideSv,
  ...photoSv,
  ...notifySv,
  ...alarmSv,
  ...actsSv,
  ...undoSv,
  ...dictateSv,
  ...lockSv,
};
const english: [string, Message][] = Object.entries(allEnglish);
const swedish: [string, Message][] = Object.entries(allSwedish);
/** The same word in both languages. */
const ALIKE = /^(Radio|Observation|Version|Position \{words\}|\{n\} min|\{n\} s|Lykta)$/;

afterEach(() => {
  language.value = "sv";
});

describe("the dictionary", () => {
  it("has nothing Swedish left in English", () => {
    const left = english.filter(([key, message]) =>
      words(message).some(
        (said) =>
          /[åäöÅÄÖ]/.test(said) || (words(Object(allSwedish)[key]).includes(said) && !ALIKE.test(said)),
      ),
    );
    expect(left.map(([key]) => key)).toEqual([]);
  });

  it("names the same parameters in both languages", () => {
    const params = (message: Message) =>
      [
        ...new Set(
          words(message)
            .join()
            .match(/\{\w+\}/g),
        ),
      ].sort();
    for (const [key, message] of english)
      expect([key, params(message)]).toEqual([key, params(Object(allSwedish)[key])]);
  });

  it("has no key that nothing uses", () => {
    const source = readdirSync("src", { recursive: true, encoding: "utf8" })
      .filter((path) => /\.tsx?$/.test(path) && !path.startsWith("text/") && !path.includes(".test."))
      .concat(["text/format.ts", "text/index.ts"])
      .map((path) => readFileSync(`src/${path}`, "utf8"))
      .join("\n");
    expect(swedish.map(([key]) => key).filter((key) => !source.includes(`"${key}"`))).toEqual([]);
  });

  it("counts in words", () => {
    expect(t("frame.unsent", { n: 1 })).toBe("1 osänd");
    expect(t("frame.unsent", { n: 3 })).toBe("3 osända");
  });

  it("speaks English once English is there", async () => {
    await setLanguage("en");
    expect(t("frame.unsent", { n: 3 })).toBe("3 unsent");
    expect(document.documentElement.lang).toBe("en");
  });
});

describe.each<Language>(["sv", "en"])("times in %s", (lang) => {
  it("has 24 hours, in Stockholm", () => {
    language.value = lang;
    expect(time("2026-11-20T20:40:00Z")).toBe("21:40");
    expect(time("2026-11-20T23:05:00Z")).toBe("00:05");
  });

  it("says the day when it is another", () => {
    language.value = lang;
    const now = Date.parse("2026-11-20T20:45:00Z");
    expect(timeNear("2026-11-20T20:40:00Z", now)).toBe("21:40");
    expect(timeNear("2026-11-19T20:40:00Z", now)).toMatch(/19.*21:40/);
  });
});

describe("numbers as people read them", () => {
  it("shows distances no finer than they are known", () => {
    expect(distance(7.4)).toBe("7 m");
    expect(distance(43)).toBe("40 m");
    expect(distance(1234)).toBe("1,2 km");
  });

  it("shows sizes and lists", () => {
    expect(bytes(10_700_000_000)).toBe("10,7 GB");
    expect(list(["Alva", "Cim", "Dan"])).toBe("Alva, Cim och Dan");
  });
});
