import { afterEach, describe, expect, it } from "vitest";
import { setLanguage } from "../text";
import { aCompleteness, aPhone, aShift, at } from "./factory";
import type { Completeness } from "./types";
import {
  aboutWords,
  clockWords,
  completenessMark,
  completenessWords,
  countWords,
  crewWords,
  overdueWords,
  phoneTroubles,
  phoneWords,
  photoWords,
  positionWords,
  quarantineWords,
  unsentWords,
} from "./words";

const NOW = Date.parse(at("22:00"));
const say = (over: Partial<Completeness>, status: "open" | "ended" = "ended") =>
  completenessWords(aCompleteness(over), status, NOW);
const alva = { install: "i1", label: "Alvas telefon" };
const cim = { install: "i2", label: "Cims telefon" };

afterEach(() => setLanguage("sv"));

describe("completeness in Swedish", () => {
  it("is all of it", () => {
    expect(say({ received: 41, expected: 41, complete: true })).toBe("41 av 41 mottagna");
    expect(say({ received: 1, expected: 1, complete: true })).toBe("1 av 1 mottagen");
  });

  it("names the missing numbers and the phone that has them", () => {
    const gaps = [{ ...alva, from: 38, to: 39, count: 2 }];
    expect(say({ received: 39, expected: 41, gaps })).toBe(
      "39 av 41 mottagna: saknas nr 38–39 från Alvas telefon",
    );
  });

  it("names a single number, and several phones", () => {
    const gaps = [
      { ...alva, from: 38, to: 38, count: 1 },
      { ...cim, from: 4, to: 6, count: 3 },
    ];
    expect(say({ received: 37, expected: 41, gaps })).toBe(
      "37 av 41 mottagna: saknas nr 38 från Alvas telefon och saknas nr 4–6 från Cims telefon",
    );
  });

  it("names a phone once, however many stretches it lacks", () => {
    const gaps = [
      { ...cim, from: 68, to: 68, count: 1 },
      { ...cim, from: 70, to: 72, count: 3 },
    ];
    expect(say({ received: 32, expected: 36, gaps })).toBe(
      "32 av 36 mottagna: saknas nr 68 och 70–72 från Cims telefon",
    );
  });

  it("says how many are missing where no number tells which", () => {
    expect(say({ received: 40, expected: 41 })).toBe("40 av 41 mottagna: 1 saknas");
  });

  it("says what is left on the phone of an open shift, and when it was last heard", () => {
    expect(say({ phones: [aPhone({ pending: 3 })] }, "open")).toBe(
      "17 mottagna, 3 kvar i telefonen (senast hörd 21:40)",
    );
  });

  it("names each phone when there are two", () => {
    const phones = [aPhone({ pending: 3 }), aPhone({ ...cim, pending: 0, last_seen_at: at("21:58") })];
    expect(say({ phones }, "open")).toBe(
      "17 mottagna, 3 kvar i Alvas telefon (senast hörd 21:40), inget kvar i Cims telefon (senast hörd 21:58)",
    );
  });

  it("tells phones that hold nothing together when there are many, and still names those that hold something", () => {
    const others = ["21:09", "21:58"].map((heard) => aPhone({ ...cim, pending: 0, last_seen_at: at(heard) }));
    expect(say({ phones: [...others, aPhone({ pending: 3 })] }, "open")).toBe(
      "17 mottagna, 3 kvar i Alvas telefon (senast hörd 21:40), inget kvar i 2 telefoner när de senast hördes, tidigast 21:09",
    );
  });

  it("does not guess where a phone has not said, or was never heard", () => {
    const phones = [aPhone({ pending: null, last_seen_at: null })];
    expect(say({ phones }, "open")).toBe(
      "17 mottagna, okänt hur många som är kvar i telefonen (aldrig hörd)",
    );
    expect(say({ received: 1, phones: [] }, "open")).toBe("1 mottagen, ingen telefon hörd än");
  });

  it("says which phone has not stated its number when a shift has ended", () => {
    const phones = [aPhone({ expected: 20 }), aPhone({ ...cim, expected: null })];
    expect(say({ phones })).toBe(
      "17 mottagna, Cims telefon har inte sagt hur många den har (senast hörd 21:40)",
    );
  });

  it("tells gaps of an open shift too, and the day when it was not today", () => {
    const gaps = [{ ...alva, from: 3, to: 4, count: 2 }];
    const phones = [aPhone({ pending: 1, last_seen_at: "2026-11-19T20:40:00Z" })];
    expect(say({ gaps, phones }, "open")).toBe(
      "17 mottagna, saknas nr 3–4 från Alvas telefon, 1 kvar i telefonen (senast hörd torsdag 19 nov. 21:40)",
    );
  });
});

it("says completeness in English, in the singular too", async () => {
  await setLanguage("en");
  const gaps = [{ ...alva, from: 38, to: 39, count: 2 }];
  expect(say({ received: 39, expected: 41, gaps })).toBe(
    "39 of 41 received: no. 38–39 missing from Alvas telefon",
  );
  expect(say({ received: 40, expected: 41 })).toBe("40 of 41 received: 1 is missing");
  expect(say({ received: 1, phones: [aPhone({ pending: 1 })] }, "open")).toBe(
    "1 received, 1 left on the phone (last heard 21:40)",
  );
});

it("marks a shift in a word: complete, ongoing or not complete", () => {
  const complete = aCompleteness({ received: 4, expected: 4, complete: true });
  expect(completenessMark(aShift({ completeness: complete })).words).toBe("Komplett");
  expect(completenessMark(aShift()).words).toBe("Pågår");
  const photos = { received: 11, expected: 12 };
  expect(completenessMark(aShift({ completeness: complete, photos })).words).toBe("Foton saknas");
  expect([photoWords(aShift({ photos })), photoWords(aShift())]).toEqual(["11 av 12 foton", ""]);
  expect(photoWords({ photos: { received: 0, expected: 1 } })).toBe("0 av 1 foto");
  expect(completenessMark(aShift({ status: "ended" })).words).toBe("Inte komplett");
});

it("counts a promise as overdue from the first whole minute", () => {
  expect(overdueWords(at("21:40"), Date.parse(at("21:40")))).toBeNull();
  expect(overdueWords(at("21:40"), Date.parse(at("21:41")))).toBe("försenad 1 minut");
  expect(overdueWords(at("21:40"), NOW)).toBe("försenad 20 minuter");
  expect(overdueWords(null, NOW)).toBeNull();
});

it("adds up what phones say that they hold, and says when none has said", () => {
  expect(unsentWords([aPhone({ pending: 2 }), aPhone({ pending: 1 })])).toBe("3 osända");
  expect(unsentWords([aPhone()])).toBe("inget osänt");
  expect(unsentWords([aPhone({ pending: null })])).toBe("okänt");
});

it("says who has left, and what there is of each kind", () => {
  const crew = [
    { id: "alva", name: "Alva", left_at: at("20:00") },
    { id: "cim", name: "Cim", left_at: null },
  ];
  expect(crewWords({ crew, shift_date: "2026-11-20" })).toBe("Alva (lämnade 20:00) och Cim");
  expect(countWords(aShift())).toBe("3 observationer, hjälp tillkallad 1 gång, 2 incheckningar");
});

it("says a position with its accuracy and age, or that there is none", () => {
  const gnss = { lat: 59, lon: 18, accuracy_m: 8.4, age_ms: 4000, source: "gnss" } as const;
  expect(positionWords(gnss)).toBe("±8 m · 4 s gammal");
  expect(positionWords({ ...gnss, accuracy_m: null, age_ms: 600_000 })).toBe(
    "okänd noggrannhet · 10 min gammal",
  );
  expect(positionWords({ ...gnss, source: "map" })).toBe("satt på kartan");
  expect(positionWords(null)).toBe("ingen position");
});

it("says why something is in quarantine, and keeps a reason that it does not know", () => {
  expect(quarantineWords("target")).toBe("den post som det gäller har inte kommit än");
  expect(quarantineWords("moon")).toBe("orsak: moon");
});

describe("a phone in words", () => {
  it("says what it has sent and holds, and when it was heard", () => {
    expect(phoneWords(aPhone({ pending: 2, expected: 20 }), Date.parse(at("22:00")))).toBe(
      "17 av 20 mottagna · 2 osända · senast hörd 21:40 · version 0.1.0",
    );
    const silent = aPhone({ pending: null, last_seen_at: null, build: null });
    expect(phoneWords(silent, Date.parse(at("22:00")))).toBe("17 mottagna · okänt · aldrig hörd");
    expect(phoneWords(aPhone({ pending: 2, oldest_at: at("20:05") }), Date.parse(at("22:00")))).toContain(
      "2 osända · äldsta osända från 20:05 · senast hörd",
    );
  });

  it("tells what may cost its host words", () => {
    const now_ms = Date.parse(at("22:00"));
    expect(phoneTroubles(aPhone(), now_ms)).toEqual([]);
    expect(phoneTroubles(aPhone({ persisted: null }), now_ms)).toEqual([]);
    expect(phoneTroubles(aPhone({ battery: 12 }), now_ms)).toEqual(["batteri 12 % när den senast hördes"]);
    expect(phoneTroubles(aPhone({ battery: 64 }), now_ms)).toEqual([]);
    expect(phoneWords(aPhone({ battery: 64 }), now_ms)).toContain("batteri 64 %");
    expect(phoneTroubles(aPhone({ persisted: false }), now_ms)).toEqual([
      "webbläsaren kan rensa telefonens lager: lägg Lykta på hemskärmen",
    ]);
    expect(phoneTroubles(aPhone({ emptied_at: at("21:50"), skew_ms: 3_600_000 }), now_ms)).toEqual([
      "webbläsaren hade tömt telefonens lager, märkt 21:50: det osända i den är borta",
      "klockan går 1 timme före",
    ]);
  });

  it("tells a clock that is more than two minutes wrong, and which way", () => {
    expect(clockWords(aPhone({ skew_ms: 120_000 }))).toBeNull();
    expect(clockWords(aPhone({ skew_ms: null }))).toBeNull();
    expect(clockWords(aPhone({ skew_ms: -121_000 }))).toBe("klockan går 2 minuter efter");
  });

  it.each([
    [59, "59 minuter"],
    [60, "1 timme"],
    [61, "1 timme och 1 minut"],
    [1_439, "23 timmar och 59 minuter"],
    [1_440, "1 dag"],
    [2_668, "1 dag och 20 timmar"],
    [2_879, "2 dagar"],
    [2_940, "2 dagar och 1 timme"],
  ])("tells %i minutes by the two largest units", (minutes, words) => {
    expect(clockWords(aPhone({ skew_ms: minutes * 60_000 }))).toBe(`klockan går ${words} före`);
  });

  it("says how far off the server's estimate of a time may be, never less than it is", () => {
    const about = (estimated_within_ms: number | null) => aboutWords("21:04", { estimated_within_ms });
    expect(about(2_339)).toBe("21:04 ±3 s");
    expect(about(119_001)).toBe("21:04 ±2 min");
    expect(about(3 * 3_600_000)).toBe("21:04 ±3 h");
    expect(about(null)).toBe("troligen 21:04");
  });
});
