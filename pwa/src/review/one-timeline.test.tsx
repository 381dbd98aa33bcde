import { cleanup, fireEvent, render, screen, waitFor, within } from "@testing-library/preact";
import axe from "axe-core";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { bases } from "../map/bases";
import { me } from "../store/state";
import { setLanguage } from "../text";
import { go } from "../ui";
import { now_ms } from "../ui/now";
import Desk from "./Desk";
import { deskServer } from "./desk-server";
import { aComment, anAlarm, anEnd, anObservation, aShift, at } from "./factory";

const ONE = "/reviews/shifts/s1";
const REFERENCE = {
  vocabulary: {
    version: 1,
    categories: [{ code: "S2", group: "S", sv: "Klotter", en: "Graffiti", protection: 0 }],
    services: [],
  },
  areas: [],
  places: [],
  users: [
    { id: "bo", name: "Bo Ek", role: "supervisor" },
    { id: "ada", name: "Ada Åhs", role: "admin" },
  ],
};
const log = (entries: unknown[], seq = 9) => ({ body: { shift: aShift(), entries, seq } });
const seen = anObservation({ id: "o1", stated: "20:14", seq: 5 });
const byBo = { id: "k1", author_id: "bo", stated_at: at("21:42") };
const over = { id: "c", author_id: "bo", stated_at: at("21:50"), cause: "person", note: "Alla mår bra." };
const told = [
  { person: "bo", channel: "push", ok: true },
  { person: "ada", channel: "push", ok: false },
];
const step = { number: 0, rung: "supervisors", to: ["bo", "ada"], at: at("21:41"), told };

function open(entries: unknown[]) {
  const server = deskServer({ [ONE]: log(entries), "/reference": { body: REFERENCE } });
  go("#/pass/s1");
  return { server, ...render(<Desk />) };
}
const row = async (name: RegExp) => {
  const item = (await screen.findByRole("button", { name })).closest("li");
  if (!(item instanceof HTMLElement)) throw new Error("no row");
  return item;
};

beforeEach(() => {
  bases.value = [];
  now_ms.value = Date.parse(at("21:55"));
  me.value = { id: "bo", username: "bo", name: "Bo", role: "supervisor" };
  localStorage.clear();
});
afterEach(async () => {
  cleanup();
  vi.unstubAllGlobals();
  me.value = null;
  await setLanguage("sv");
});

it("has each alarm among the entries, with who saw it, how it ended, and whom it reached", async () => {
  const alarm = anAlarm(
    { id: "a1", stated: "21:40" },
    { note: "Vid kiosken", acknowledged: [byBo], cleared: over, status: "cleared", steps: [step] },
  );
  const { container, server } = open([seen, alarm]);
  const shown = await row(/^Larm: hjälp/);
  await waitFor(() => expect(shown.textContent).toContain("kvitterat 21:42 av Bo Ek"));
  for (const words of [
    "Alva larmade 21:40",
    "Position 56.16120, 14.86540 (±9 m)",
    "Vid kiosken",
    "Faran över 21:50, Bo Ek",
    "Alla mår bra.",
    "nådde Bo Ek, nådde inte Ada Åhs",
  ])
    expect(shown.textContent).toContain(words);
  expect(shown.textContent).not.toContain("inte kvitterat");
  expect(
    [...container.querySelectorAll("[data-entry]")].map((one) => one.getAttribute("data-entry")),
  ).toEqual(["o1", "a1"]);
  expect(server.asked.some((path) => path.startsWith("/alerts?") && path.includes("shift_id"))).toBe(false);
  const found = await axe.run(container, { rules: { "color-contrast": { enabled: false } } });
  expect(found.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
});

it("says of an alarm what is lacking, and that the server raised it where nobody did", async () => {
  const late = { kind: "overdue", author_id: null, position: null, due_at: at("21:30") };
  open([
    anAlarm({ id: "a1", stated: "21:40" }, late),
    anAlarm({ id: "a2", stated: "21:45" }, { kind: "test" }),
  ]);
  const shown = await row(/^Utebliven incheckning/);
  expect(shown.textContent).toContain("Alva skulle ha checkat in 21:30");
  expect(shown.textContent).toContain("inte kvitterat");
  expect(shown.textContent).toContain("inte avslutat");
  expect(within(shown).getByText("servern")).toBeTruthy();
  expect(await row(/^Provlarm/)).toBeTruthy();
});

it("says that words of an alarm's end are withheld", async () => {
  const hidden = { ...over, note: null, flagged: ["personnummer"], hidden: true };
  open([anAlarm({ id: "a1", stated: "21:40" }, { cleared: hidden, status: "cleared" })]);
  expect((await row(/^Larm: hjälp/)).querySelector(".entry-flag")).toBeTruthy();
});

it("says what a comment is about, and leads there; one on the shift is bare", async () => {
  const start = { ...anEnd({ id: "s1", stated: "17:30" }), kind: "shift.start" };
  const onShift = aComment({ id: "k2", stated: "21:01" });
  open([start, seen, aComment({ id: "k1", stated: "21:00" }, "o1"), onShift]);
  fireEvent.click(await screen.findByRole("button", { name: "Om Klotter 20:14" }));
  expect(document.activeElement?.getAttribute("data-entry")).toBe("o1");
  expect(screen.getAllByRole("button", { name: /^Om / })).toHaveLength(1);
});

it("takes a comment on one record, and keeps what was begun apart from the shift's own", async () => {
  const { server } = open([seen]);
  server.answer(`${ONE}/comments`, "offline");
  const begin = () => fireEvent.click(screen.getByRole("button", { name: "Kommentera Klotter 20:14" }));
  const field = () => screen.getByLabelText<HTMLTextAreaElement>("Kommentar");
  const save = () => fireEvent.click(screen.getByRole("button", { name: "Spara kommentaren" }));
  await row(/^Klotter/);
  begin();
  expect(screen.getByRole("dialog", { name: "Kommentera Klotter 20:14" })).toBeTruthy();
  fireEvent.input(field(), { target: { value: "Vilken vägg?" } });
  save();
  expect(await screen.findByText("Ingen kontakt med servern. Texten är kvar här.")).toBeTruthy();
  cleanup();
  render(<Desk />);
  fireEvent.click(await screen.findByRole("button", { name: "Kommentera …" }));
  expect(field().value).toBe("");
  fireEvent.click(screen.getByRole("button", { name: "Stäng" }));
  begin();
  expect(field().value).toBe("Vilken vägg?");
  server.answer(`${ONE}/comments`, { body: { id: "c1" } });
  save();
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  expect(server.said(`${ONE}/comments`).at(-1)).toMatchObject({ target: "o1", text: "Vilken vägg?" });
  expect(await screen.findByText("Sparat.")).toBeTruthy();
  begin();
  expect(field().value).toBe("");
});

it("has its three clocks and its number ready for print, whether a row is open or not", async () => {
  open([anObservation({ id: "o1", stated: "20:14", estimated: "20:10", received: "20:40", seq: 5 })]);
  const paper = (await row(/^Klotter/)).querySelector(".on-paper")?.textContent;
  for (const words of [
    "Skriven fredag 20 nov. 20:14",
    "Enligt servern",
    "20:10",
    "Mottagen fredag 20 nov. 20:40",
  ])
    expect(paper).toContain(words);
  expect(paper).toContain("Nr i journalen 5");
});

it("is said in English too", async () => {
  await setLanguage("en");
  open([seen, anAlarm({ id: "a1", stated: "21:40" }), aComment({ id: "k1", stated: "21:45" }, "a1")]);
  expect((await row(/^Alarm: help/)).textContent).toContain("not acknowledged");
  expect(await screen.findByRole("button", { name: "About Alarm: help 21:40" })).toBeTruthy();
  expect(screen.getByRole("button", { name: "Comment on Alarm: help 21:40" })).toBeTruthy();
});
