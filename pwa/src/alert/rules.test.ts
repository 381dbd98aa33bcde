// @vitest-environment node
import { describe, expect, it } from "vitest";
import type { Contact } from "../store/types";
import { degrees, heldPart, nudge, reachable, smsHref, takesText } from "./rules";

const contact = (service: string | null, number: string): Contact => ({
  id: `c-${service}`,
  service,
  name: service ?? "",
  number,
  hours: null,
  note: null,
  checked_on: null,
});

describe("holding", () => {
  it("is whole after two seconds and not before", () => {
    expect([0, 1000, 1999, 2000, 9000].map((now) => heldPart(0, now, false))).toEqual([0, 0.5, 0.9995, 1, 1]);
  });

  it("moves in quarters for those who want no motion", () => {
    expect([0, 400, 500, 1700, 2000].map((now) => heldPart(0, now, true))).toEqual([0, 0, 0.25, 0.75, 1]);
  });
});

describe("numbers", () => {
  it("are the supervisor's first, then those of whoever is on call, and no others", () => {
    const book = [contact("TIB", "1"), contact("POL112", "112"), contact("CHEF", "2"), contact(null, "3")];
    expect(reachable(book).map(({ number }) => number)).toEqual(["2", "1"]);
  });

  it("take a text only where they are mobile ones", () => {
    const mobile = ["070-174 06 08", "+46 70 174 06 08", "0046701740608"];
    expect(mobile.map(takesText)).toEqual([true, true, true]);
    expect(["08-465 004 01", "112", "+4684650040"].map(takesText)).toEqual([false, false, false]);
  });

  it("carry the position in the text", () => {
    const body = `Larm. Position ${degrees({ lat: 56.1612, lon: 14.8654321 })} (±9 m).`;
    expect(smsHref("070-174 06 08", body)).toBe(
      "sms:0701740608?&body=Larm.%20Position%2056.16120%2C%2014.86543%20(%C2%B19%20m).",
    );
  });
});

describe("a promise", () => {
  const due = "2026-11-20T20:00:00.000Z";
  const at = (minutes: number) => Date.parse(due) + minutes * 60_000;

  it("asks for attention shortly before, when it is due, and not for ever", () => {
    expect([-10, -2, -0.1, 0, 29, 31].map((minutes) => nudge(due, at(minutes)))).toEqual([
      "none",
      "soon",
      "soon",
      "due",
      "due",
      "none",
    ]);
    expect(nudge(null, at(0))).toBe("none");
  });
});
