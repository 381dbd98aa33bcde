import { cleanup, fireEvent, render, screen, within } from "@testing-library/preact";
import axe from "axe-core";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import Desk from "../review/Desk";
import { deskServer, page } from "../review/desk-server";
import { anObservation, aShift, at } from "../review/factory";
import { setLanguage } from "../text";
import { go } from "../ui";
import { now_ms } from "../ui/now";

const NO_PAIRS = { body: { hints: [], pairs: [] } };
const followup = (over: object = {}) => ({
  id: "f1",
  version: "v1",
  observation_id: "o1",
  shift_id: "s1",
  status: "open",
  kind: "fault_report",
  owner_id: "bo",
  due: "2026-11-19",
  overdue: true,
  outcome: null,
  stated_at: at("10:00"),
  changed_at: at("10:00"),
  record: { category: "S2", place_id: null, happened_from: at("09:00") },
  ...over,
});

function open(answers: Parameters<typeof deskServer>[0]) {
  const entries = [
    anObservation({ id: "o1", stated: "20:14" }),
    anObservation({ id: "o2", stated: "20:30", seq: 2 }),
  ];
  const server = deskServer({
    "/reviews/shifts/s1": { body: { shift: aShift(), entries } },
    "/duplicates": NO_PAIRS,
    "/followups": page([]),
    ...answers,
  });
  go("#/pass/s1");
  return { server, ...render(<Desk />) };
}

async function rows(): Promise<HTMLElement[]> {
  const entry = (id: string) => document.querySelector<HTMLElement>(`[data-entry="${id}"]`)?.closest("li");
  await vi.waitFor(() => expect(entry("o1")).toBeTruthy());
  return ["o1", "o2"].flatMap((id) => entry(id) ?? []);
}
const links = (row: HTMLElement | undefined) =>
  within(row as HTMLElement)
    .queryAllByRole("link")
    .map((link) => `${link.textContent} ${link.getAttribute("href")}`);
const OFFER = ["Följ upp #/uppfoljning/ny/o1", "Följ upp #/uppfoljning/ny/o2"];

beforeEach(() => {
  now_ms.value = Date.parse(at("21:45"));
});
afterEach(async () => {
  cleanup();
  vi.unstubAllGlobals();
  await setLanguage("sv");
});

it("tells at a record what is made of it, before it offers to begin more", async () => {
  const { server, container } = open({ "/followups": page([followup()]) });
  const found = await screen.findByRole("link", { name: /^Följs upp/ });
  expect(server.asked).toContain("/followups?shift_id=s1&status=all&limit=200");
  expect(found.textContent).toBe("Följs upp: Felanmälan, klar senast torsdag 19 nov.");
  const [first, second] = await rows();
  expect(links(first)).toEqual([
    "Följs upp: Felanmälan, klar senast torsdag 19 nov. #/uppfoljning/f1",
    "Följ upp med något mer #/uppfoljning/ny/o1",
  ]);
  expect(within(first as HTMLElement).getByText("Försenad")).toBeTruthy();
  expect(links(second)).toEqual([OFFER[1]]);
  const { violations } = await axe.run(container, { rules: { "color-contrast": { enabled: false } } });
  expect(violations.map(({ id }) => id)).toEqual([]);
});

it("tells what came of one that is done, and offers anew", async () => {
  open({ "/followups": page([followup({ status: "closed", outcome: "gone", overdue: false })]) });
  await screen.findByText("Följdes upp: Felanmälan, Fanns inte kvar");
  const [first] = await rows();
  expect(links(first)).toEqual(["Följdes upp: Felanmälan, Fanns inte kvar #/uppfoljning/f1", OFFER[0]]);
});

it("hears of one that somebody else begins meanwhile", async () => {
  const { server } = open({});
  expect((await rows()).flatMap(links)).toEqual(OFFER);
  server.answer("/followups", page([followup({ observation_id: "o2" })]));
  server.say("change", '{"seq":9,"shifts":["s1"],"kinds":["followup"]}');
  expect(await screen.findByText(/^Följs upp: Felanmälan/, undefined, { timeout: 4000 })).toBeTruthy();
  expect(links((await rows())[0])).toEqual([OFFER[0]]);
});

it("offers no follow-up of a retracted record, and still tells of the one that was begun", async () => {
  const retracted = { id: "r", author_id: "alva", stated_at: at("20:40"), reason: "Fel plats" };
  const entries = [anObservation({ id: "o1", stated: "20:14" }, { status: "retracted", retracted } as never)];
  open({
    "/reviews/shifts/s1": { body: { shift: aShift(), entries } },
    "/followups": page([followup()]),
  });
  await screen.findByText(/^Följs upp/);
  expect(links((await rows())[0])).toEqual([
    "Följs upp: Felanmälan, klar senast torsdag 19 nov. #/uppfoljning/f1",
  ]);
});

it("says that it does not know of pairs or follow-ups, and asks again", async () => {
  const { server } = open({ "/duplicates": { status: 500, body: {} }, "/followups": "offline" });
  const said =
    "Det gick inte att hämta vad som redan följs upp. Det gick inte att hämta vilka poster som kan vara samma händelse.";
  const banner = (await screen.findByText(said)).closest(".banner") as HTMLElement;
  expect((await rows()).flatMap(links)).toEqual(OFFER);
  server.answer("/duplicates", NO_PAIRS);
  server.answer("/followups", page([followup()]));
  fireEvent.click(within(banner).getByRole("button", { name: "Försök igen" }));
  expect(await screen.findByText(/^Följs upp/, undefined, { timeout: 4000 })).toBeTruthy();
  await vi.waitFor(() => expect(screen.queryByText(/Det gick inte att hämta/)).toBeNull());
});

it("keeps the hints that it has, and says that they may be old", async () => {
  await setLanguage("en");
  const { server } = open({});
  await rows();
  expect(screen.queryByText(/could not be fetched/)).toBeNull();
  server.answer("/duplicates", "offline");
  server.say("change", '{"seq":9,"shifts":["s1"],"kinds":["observation"]}');
  expect(
    await screen.findByText("Which records may be the same event could not be fetched.", undefined, {
      timeout: 4000,
    }),
  ).toBeTruthy();
});
