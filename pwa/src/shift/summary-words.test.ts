import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { setStage } from "../shell/testing/cast";
import { setLanguage } from "../text";
import { summaryWords } from "./EndScreen";
import type { ShiftFacts } from "./summary";

vi.mock("../outbox", () => import("../shell/testing/outbox"));

const NOTHING: ShiftFacts = {
  hosts: 2,
  hours: 5.5,
  places: [],
  rounds: 0,
  events: 0,
  measures: 0,
  meetings: 0,
  calls: [],
  perPlace: [],
};
const FULL: ShiftFacts = {
  ...NOTHING,
  places: ["Stationen", "Biblioteket", "Hamnen"],
  rounds: 3,
  events: 4,
  measures: 3,
  meetings: 7,
  calls: [
    { service: "AMB112", outcome: "PLATS" },
    { service: "FEL", outcome: null },
  ],
  perPlace: [
    {
      place: "Stationen",
      events: [
        { category: "S2", actions: ["fault_reported", "talk"] },
        { category: "P1", actions: [] },
      ],
    },
    { place: "", events: [{ category: "H1", actions: ["called"] }] },
  ],
};
const lines = (facts: ShiftFacts, transport: string | null = null) =>
  summaryWords(facts, transport).split("\n");

beforeEach(() => setStage());
afterEach(() => setLanguage("sv"));

describe("the proposed summary", () => {
  it("tells what was seen and what was done about it, place by place", () => {
    expect(lines(FULL, "foot")).toEqual([
      "2 värdar, 5,5 timmar till fots.",
      "Platser: Stationen, Biblioteket och Hamnen.",
      "Ronder utan anmärkning: 3.",
      "Händelser: 4. Åtgärder: 3.",
      "Stationen: Klotter → felanmält och samtal; Bristande belysning.",
      "Utan plats: Sjuk eller skadad person → tillkallat hjälp.",
      "Positiva möten och kontakter: 7.",
      "Tillkallad hjälp: Ambulans → på plats, överlämnat; Kommunens felanmälan → utfall okänt.",
    ]);
  });

  it("tells it in English", async () => {
    await setLanguage("en");
    expect(lines(FULL, "foot")).toEqual([
      "2 hosts, 5.5 hours on foot.",
      "Places: Stationen, Biblioteket and Hamnen.",
      "Rounds with nothing to report: 3.",
      "Events: 4. Actions: 3.",
      "Stationen: Graffiti → fault reported and talk; Poor lighting.",
      "No place: Ill or hurt person → called help.",
      "Positive meetings and contacts: 7.",
      "Help called: Ambulance → arrived, handed over; Municipal fault report → outcome unknown.",
    ]);
  });

  it("names nothing that there was none of, but says that nothing happened", () => {
    expect(lines(NOTHING)).toEqual(["2 värdar, 5,5 timmar.", "Händelser: 0. Åtgärder: 0."]);
  });

  it.each([
    ["sv", 1, 1, "1 värd, 1 timme."],
    ["sv", 1, 0.5, "1 värd, 0,5 timmar."],
    ["sv", 3, 2, "3 värdar, 2 timmar."],
    ["en", 1, 1, "1 host, 1 hour."],
    ["en", 2, 1.5, "2 hosts, 1.5 hours."],
  ] as const)("counts in %s: %d and %d", async (lang, hosts, hours, said) => {
    await setLanguage(lang);
    expect(lines({ ...NOTHING, hosts, hours })[0]).toBe(said);
  });
});
