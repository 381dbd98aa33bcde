// @vitest-environment node
import { describe, expect, it } from "vitest";
import type { ObservationView } from "../observation/view";
import { FRIDAY_2014, words } from "../shell/testing/cast";
import type { Position } from "../store/types";
import {
  agedPosition,
  causeOf,
  type DialFields,
  isWorded,
  numberFor,
  observationOf,
  parseDial,
} from "./dial";
import { lastSeen } from "./prefill";

const fields = (over: Partial<DialFields> = {}): DialFields => ({
  service: null,
  number: "112",
  target: null,
  escalation: "e-1",
  observation: "o-later",
  seen: null,
  what: "",
  prefill: "",
  placeId: null,
  placeText: "",
  placeBy: "guess",
  position: null,
  heldAt: null,
  dialedAt: null,
  ...over,
});

describe("the speaking card", () => {
  it("comes back from a draft as it was", () => {
    const kept = fields({
      service: "AMB112",
      what: "Man har fallit ihop",
      dialedAt: "2026-11-20T17:52:00.000Z",
      position: { lat: 56, lon: 14, accuracy_m: 8, age_ms: 40, source: "gnss" },
    });
    expect(parseDial(fields())(JSON.parse(JSON.stringify(kept)))).toEqual(kept);
    expect(parseDial(fields())({ number: 7 })).toEqual(fields());
  });

  it("rings the number that was chosen, else the service's, else its first contact, else 112", () => {
    const contact = (id: string, service: string, number: string) => {
      return { id, service, number, name: id, hours: null, note: null, checked_on: null };
    };
    const known = [contact("c-1", "ORDV", "070-1"), contact("c-2", "ORDV", "070-2")];
    const service = (code: string) => words.services.find((one) => one.code === code);
    expect(numberFor(service("ORDV"), known, "c-2")).toBe("070-2");
    expect(numberFor(service("POL114"), known, null)).toBe("114 14");
    expect(numberFor(service("ORDV"), known, null)).toBe("070-1");
    expect(numberFor(service("VAKT"), known, null)).toBe("");
    expect(numberFor(undefined, known, null)).toBe("112");
  });

  it("says the position's age at the time of saying it", () => {
    const position: Position = { lat: 56, lon: 14, accuracy_m: 8, age_ms: 500, source: "gnss" };
    const held = { position, heldAt: "2026-11-20T18:52:00.000Z" };
    expect(agedPosition(held, Date.parse("2026-11-20T18:52:10.000Z"))?.age_ms).toBe(10_500);
    expect(agedPosition({ position: null, heldAt: null }, 0)).toBeNull();
  });

  it("knows a host's own words from the app's", () => {
    expect(isWorded(fields({ what: "Bråk", prefill: "Bråk" }))).toBe(false);
    expect(isWorded(fields({ what: "Bråk, kniv", prefill: "Bråk" }))).toBe(true);
    expect(isWorded(fields({ placeBy: "host" }))).toBe(true);
  });

  it("belongs to what was seen only while it still tells of that", () => {
    const seen = { seen: "o-1", prefill: "Bråk" };
    expect(observationOf(fields({ ...seen, what: "Bråk, kniv" }))).toBe("o-1");
    expect(observationOf(fields({ ...seen, what: "Man har fallit ihop" }))).toBe("o-later");
  });

  it("is told as what and where", () => {
    expect(causeOf(" Bråk ", "Stationen")).toBe("Bråk · Stationen");
    expect(causeOf("", " ")).toBeNull();
  });
});

describe("what the card says at once", () => {
  const seen = (category: string, over: Partial<ObservationView> = {}, count: string | null = null) =>
    ({
      id: `o-${category}`,
      statedAt: new Date(FRIDAY_2014 - 60_000).toISOString(),
      isRetracted: false,
      content: { category, count, place_id: "p-1", place_text: null },
      ...over,
    }) as ObservationView;
  const told = (...observations: ObservationView[]) =>
    lastSeen(
      {
        observations,
        category: (code) => words.categories.find((one) => one.code === code),
        name: ({ sv }) => sv,
        counts: words.count_bands,
        people: (n) => `${n} personer`,
      },
      FRIDAY_2014,
    );

  it("is what was seen last, with how many", () => {
    expect(told(seen("U1", {}, "6-10"), seen("S2"))?.words).toMatch(/, 6–10 personer$/);
    expect(told(seen("S2", {}, "0"))).toMatchObject({ observation: "o-S2", placeId: "p-1" });
    expect(told(seen("S2", {}, "unknown"))?.words).not.toContain("personer");
  });

  it("is nothing that is old, withdrawn or closed to others", () => {
    expect(told(seen("S2", { statedAt: new Date(FRIDAY_2014 - 61 * 60_000).toISOString() }))).toBeNull();
    expect(told(seen("S2", { isRetracted: true }))).toBeNull();
    expect(told(seen("H2"))).toBeNull();
    expect(told(seen("X1"))).toBeNull();
  });
});
