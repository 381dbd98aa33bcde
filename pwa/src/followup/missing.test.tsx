import { cleanup, render, screen, within } from "@testing-library/preact";
import axe from "axe-core";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import Desk from "../review/Desk";
import { deskServer, REFERENCE } from "../review/desk-server";
import { at } from "../review/factory";
import { setLanguage } from "../text";
import { go } from "../ui";
import { now_ms } from "../ui/now";

const REFERENCE_HERE = {
  ...REFERENCE,
  areas: [{ id: "a1", name: "Centrum", geometry: null }],
  users: [
    ...REFERENCE.users,
    { id: "alva", name: "Alva", role: "host" },
    { id: "cim", name: "Cim", role: "host" },
  ],
};
const line = (kind: string, more: object) => ({
  kind,
  subject: `of-${kind}`,
  at: at("17:30"),
  shift_id: null,
  observation_id: null,
  about: {},
  dismissed: null,
  ...more,
});
const CREW = { area_id: "a1", hosts: ["alva", "cim"] };
const RECORD = { shift_id: "s1", observation_id: "o9", about: { category: "S2", place_id: "p1" } };

/** kind, its line, its heading, its words, its links */
const LINES: [string, object, string, string, string[]][] = [
  [
    "shift_planned",
    { about: { day: "2026-11-20", ends_at: "2026-11-21T00:00:00.000Z", ...CREW } },
    "Planerat pass utan logg",
    "fredag 20 nov. 17:30–01:00 · Centrum · Alva och Cim",
    ["Till planeringen #/planering?manad=2026-11"],
  ],
  [
    "shift_open",
    { shift_id: "s1", about: { planned_end: at("19:00"), ...CREW } },
    "Passet är inte avslutat",
    "Centrum · Alva och Cim · sedan 17:30 · skulle sluta 19:00",
    ["Öppna passet #/pass/s1"],
  ],
  [
    "shift_unknown",
    { about: { records: 2, hosts: ["alva"] } },
    "Poster från ett pass vars början inte har kommit",
    "Alva · 2 poster · sedan 17:30",
    ["Sök den dagen #/sok?fran=2026-11-20&till=2026-11-20"],
  ],
  [
    "severe_unanswered",
    RECORD,
    "Allvarligt, utan tillkallad hjälp eller uppföljning",
    "Klotter · Biblioteket · sedan 17:30",
    ["Följ upp #/uppfoljning/ny/o9", "Visa i loggen #/pass/s1?post=o9"],
  ],
  [
    "call_open",
    { shift_id: "s1", observation_id: "o9", about: { service: "POL112" } },
    "Tillkallad hjälp utan utfall",
    "Polis akut · sedan 17:30",
    ["Visa i loggen #/pass/s1?post=of-call_open"],
  ],
  [
    "phone_silent",
    { shift_id: "s1", about: { label: "iPhone", person_id: "alva", pending: 3 } },
    "Tyst telefon med osända poster",
    "Alva · iPhone · 3 osända poster · sedan 17:30",
    ["Öppna passet #/pass/s1"],
  ],
  [
    "return_unanswered",
    { shift_id: "s1" },
    "Fråga tillbaka utan svar",
    "sedan 17:30",
    ["Visa i loggen #/pass/s1?post=of-return_unanswered"],
  ],
  [
    "question_unanswered",
    RECORD,
    "”Finns kvar?” utan svar på en vecka",
    "Klotter · Biblioteket · sedan 17:30",
    ["Visa i loggen #/pass/s1?post=o9"],
  ],
];

async function linesOf(heading: string): Promise<HTMLElement[]> {
  const section = (await screen.findByRole("heading", { name: `${heading} 1` })).closest("section");
  return within(section as HTMLElement).getAllByRole("listitem");
}
const links = (row: HTMLElement) =>
  within(row)
    .getAllByRole("link")
    .map((link) => `${link.textContent} ${link.getAttribute("href")}`);
const wordsOf = (row: HTMLElement) => row.querySelector("p")?.textContent;

function open(lines: object[]) {
  deskServer({ "/reference": { body: REFERENCE_HERE }, "/missing": { body: { lines } } });
  go("#/saknas");
  return render(<Desk />);
}

beforeEach(() => {
  now_ms.value = Date.parse(at("21:45"));
});
afterEach(async () => {
  cleanup();
  vi.unstubAllGlobals();
  await setLanguage("sv");
});

it("tells each kind in its words, and leads to where it is mended", async () => {
  const { container } = open(LINES.map(([kind, more]) => line(kind, more)));
  await screen.findByText(/Centrum · Alva och Cim · sedan/);
  for (const [, , heading, words, hrefs] of LINES) {
    const [row] = await linesOf(heading);
    expect([row && wordsOf(row), row && links(row)]).toEqual([words, hrefs]);
  }
  const { violations } = await axe.run(container, { rules: { "color-contrast": { enabled: false } } });
  expect(violations.map(({ id }) => id)).toEqual([]);
});

it("leads to the phones where a silent one was in no shift, and nowhere from a record of none", async () => {
  open([
    line("phone_silent", { about: { label: "iPhone", pending: 1 } }),
    line("question_unanswered", { ...RECORD, shift_id: null }),
  ]);
  const [phone] = await linesOf("Tyst telefon med osända poster");
  expect(phone && links(phone)).toEqual(["Till telefonerna #/installningar/personer"]);
  const [question] = await linesOf("”Finns kvar?” utan svar på en vecka");
  expect(question && within(question).queryByRole("link")).toBeNull();
});

it("says of a kind that it does not know that it is missing, and tells all in English", async () => {
  await setLanguage("en");
  open([line("moon_missing", { shift_id: "s1" }), line("shift_planned", LINES[0]?.[1] ?? {})]);
  const [unknown] = await linesOf("Missing");
  expect(unknown && links(unknown)).toEqual(["Open the shift #/pass/s1"]);
  const [planned] = await linesOf("Planned shift without a log");
  expect(planned && links(planned)).toEqual(["To the planning #/planering?manad=2026-11"]);
});
