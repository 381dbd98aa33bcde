import { readdirSync, readFileSync } from "node:fs";
import { afterEach, describe, expect, it } from "vitest";
import { sv as actsSv } from "./acts.sv";
import { sv as alarmSv } from "./alarm.sv";
import { sv as asideSv } from "./aside.sv";
import { sv as dictateSv } from "./dictate.sv";
import { type Language, language } from "./engine";
import { bytes, distance, list, setLanguage, t, time, timeNear } from "./index";
import { sv as lockSv } from "./lock.sv";
import { sv as notifySv } from "./notify.sv";
import { sv as photoSv } from "./photo.sv";
import { sv } from "./sv";
import { sv as undoSv } from "./undo.sv";

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
afterEach(() => {
  language.value = "sv";
});

describe("the dictionary", () => {
  it("has no key that nothing uses", () => {
    const source = readdirSync("src", { recursive: true, encoding: "utf8" })
      .filter((path) => /\.tsx?$/.test(path) && !path.startsWith("text/") && !path.includes(".test."))
      .concat(["text/format.ts", "text/index.ts"])
      .map((path) => readFileSync(`src/${path}`, "utf8"))
      .join("\n");
    expect(Object.keys(allSwedish).filter((key) => !source.includes(`"${key}"`))).toEqual([]);
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
