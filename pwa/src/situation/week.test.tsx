import { cleanup, fireEvent, render, screen, waitFor, within } from "@testing-library/preact";
import axe from "axe-core";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { drafts } from "../outbox";
import Desk from "../review/Desk";
import { deskServer } from "../review/desk-server";
import { me } from "../store/state";
import { setLanguage } from "../text";
import { go } from "../ui";
import { now_ms } from "../ui/now";
import { beside, dateOfMonday, hoursShown, weekOf } from "./rules";

const WEEK = "/situation/weeks/2026-W47";
const compared = (now: number, mean: number | null = null, last_year: number | null = null) => ({
  now,
  mean,
  last_year,
});
const FIGURES = {
  week: "2026-W47",
  from: "2026-11-16T05:00:00.000Z",
  to: "2026-11-23T05:00:00.000Z",
  as_of: "2026-11-22T20:00:00.000Z",
  weeks_compared: 2,
  last_year: null,
  incidents: compared(3, 2.5),
  meetings: compared(1, 1),
  rounds: compared(0, 2),
  hours: 12,
  trend: [
    { week: "2026-W46", now: null, hours: 0 },
    { week: "2026-W47", now: 3, hours: 12 },
  ],
  areas: [{ area_id: "a1", name: "Centrum", ...compared(3, 2.5), hours: 12, hours_mean: 10 }],
  places: [
    { place_id: "p1", name: "Biblioteket", area_id: "a1", ...compared(2, 1) },
    { place_id: null, name: null, area_id: null, ...compared(1, 1.5) },
  ],
  groups: [{ group: "S", ...compared(3, 2.5) }],
  categories: [{ category: "S2", ...compared(3, 2.5) }],
  met: [{ category: "K1", ...compared(1, 1) }],
  cells: [
    { day: 4, hour: 21, now: 3, hours: 2 },
    { day: 4, hour: 22, now: 0, hours: 2 },
  ],
  actions: [{ group: "S", now: 3, actions: { talk: 2, "": 1 } }],
  calls: [{ service: "POL112", now: 1, outcomes: { PLATS: 1 } }],
  open: [
    {
      id: "o1",
      shift_id: "s7",
      category: "S2",
      place_id: "p1",
      name: "Biblioteket",
      happened_from: "2026-11-20T20:00:00.000Z",
      answer: "yes",
    },
  ],
  open_total: 3,
  followups: {
    open: 22,
    overdue: 1,
    kinds: { visit: 2, fault_report: 20 },
    listed: [
      {
        id: "f1",
        kind: "fault_report",
        due: "2026-11-19",
        overdue: true,
        category: "S2",
        name: "Biblioteket",
      },
      { id: "f2", kind: "visit", due: "2026-12-01", overdue: false, category: "S2", name: null },
    ],
    closed: 3,
    outcomes: { gone: 1, fixed: 2 },
  },
};
const said = (text: string, version: string) => ({
  version,
  text,
  author_id: "bo",
  stated_at: "2026-11-22T19:00:00.000Z",
});
const edition = { id: "e1", number: 1, stated_at: "2026-11-22T19:30:00.000Z", author_id: "bo", corrected: 2 };
const week = (more: object = {}) => ({
  body: { figures: FIGURES, said: said("Lugnt.", "v1"), editions: [edition], restricted: 1, ...more },
});

function open(hash: string) {
  go(hash);
  return render(<Desk />);
}

async function expectNoFaults(node: Element) {
  const found = await axe.run(node, { rules: { "color-contrast": { enabled: false } } });
  expect(found.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
}

const field = () => screen.findByLabelText("Ord till mötet", { selector: "textarea" });
const typed = async () => ((await field()) as HTMLTextAreaElement).value;
const type = async (value: string) => fireEvent.input(await field(), { target: { value } });

beforeEach(() => {
  now_ms.value = Date.parse("2026-11-22T20:00:00Z");
  me.value = { id: "bo", username: "bo", name: "Bo", role: "supervisor" };
  drafts.value = [];
});
afterEach(async () => {
  cleanup();
  vi.unstubAllGlobals();
  await setLanguage("sv");
});

it("reckons weeks as the calendar does", () => {
  expect([weekOf("2026-11-22"), weekOf("2027-01-03"), weekOf("2027-01-04")]).toEqual([
    "2026-W47",
    "2026-W53",
    "2027-W01",
  ]);
  expect([beside("2026-W53", 1), beside("2026-W01", -1)]).toEqual(["2027-W01", "2025-W52"]);
  expect(dateOfMonday("2026-W47")).toBe("2026-11-16");
  expect(hoursShown([{ hour: 4 }, { hour: 14 }])).toEqual([
    14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 0, 1, 2, 3, 4,
  ]);
});

it("shows the week with a table behind each picture, and a way to the records behind each number", async () => {
  deskServer({ [WEEK]: week() });
  const { container } = open("#/vecka");
  const places = await screen.findByRole("table", { name: "Platser" });
  const row = within(places).getByRole("row", { name: /Biblioteket/ });
  expect(within(row).getByRole("link").getAttribute("href")).toBe("#/vecka/2026-W47/poster?place_id=p1");
  expect(row.textContent).toBe("Biblioteket21–");
  for (const [name, behind] of [
    [/^v\. 47: 3/, "?"],
    [/^Ingen plats vald: 1/, "?without=place"],
    [/, Ingen åtgärd sagd: 1/, "?group=S&without=action"],
    [/^Polis akut: 1/, "?service=POL112"],
    [/^Polis akut, På plats, överlämnat: 1/, "?service=POL112&outcome=PLATS"],
  ] as const)
    expect((await screen.findByRole("link", { name })).getAttribute("href")).toBe(
      `#/vecka/2026-W47/poster${behind}`,
    );
  expect(screen.getByRole("link", { name: "Till uppföljningarna" }).getAttribute("href")).toBe(
    "#/uppfoljning",
  );
  expect(container.querySelector('a[href="#/pass/s7?post=o1"]')).not.toBeNull();
  expect(screen.getByRole("link", { name: "fredag 21: 3" }).getAttribute("href")).toContain("day=4&hour=21");
  expect(screen.getByText("ute, inget hände")).toBeTruthy();
  expect(await screen.findByRole("img", { name: /^Platser\. Staplar/ })).toBeTruthy();
  expect(screen.getByText("1 begränsad post räknas inte med i någon siffra.")).toBeTruthy();
  expect(screen.getByText("och 2 till")).toBeTruthy();
  fireEvent.click(screen.getByRole("button", { name: "Visa som tabell: Platser" }));
  expect(screen.queryByRole("img", { name: /^Platser\. Staplar/ })).toBeNull();
  await expectNoFaults(container);
});

const followups = async () =>
  within((await screen.findByRole("heading", { name: "Uppföljningar" })).closest("section") as HTMLElement);

it("shows what is followed up, what is late in words too, and what the week's came to", async () => {
  deskServer({ [WEEK]: week() });
  open("#/vecka");
  const found = await followups();
  expect(found.getByText("22 öppna, 1 försenad").parentElement?.textContent).toBe(
    "22 öppna, 1 försenad · Felanmälan 20 och Besök igen 2",
  );
  const [, first, second] = found.getAllByRole("row");
  expect(first?.textContent?.replace(/\s+/g, " ")).toBe(
    "Felanmälan: KlotterBibliotekettorsdag 19 nov. Försenad",
  );
  expect(second?.textContent).toBe("Besök igen: KlotterIngen plats valdtisdag 1 dec.");
  expect(found.getAllByRole("link").map((link) => link.getAttribute("href"))).toEqual([
    "#/uppfoljning/f1",
    "#/uppfoljning/f2",
    "#/uppfoljning",
  ]);
  expect(found.getByText("och 20 till")).toBeTruthy();
  expect(found.getByText("3 klara under veckan · Åtgärdat 2 och Fanns inte kvar 1")).toBeTruthy();
});

it("says that nothing is followed up, and leads who may not open follow-ups nowhere", async () => {
  const nothing = { open: 0, overdue: 0, kinds: {}, listed: [], closed: 0, outcomes: {} };
  const server = deskServer({ [WEEK]: week({ figures: { ...FIGURES, followups: nothing } }) });
  open("#/vecka");
  const empty = await followups();
  expect(empty.getByText("Inget följs upp just nu.")).toBeTruthy();
  expect(empty.getByText("0 klara under veckan")).toBeTruthy();
  expect(empty.queryByRole("table")).toBeNull();
  cleanup();
  me.value = { id: "dan", username: "dan", name: "Dan", role: "analyst" };
  server.answer(WEEK, week());
  open("#/vecka");
  const found = await followups();
  expect(found.getByRole("table")).toBeTruthy();
  expect(found.queryByRole("link")).toBeNull();
});

it("says when there is nothing, when it cannot be reached, and of a week that is none", async () => {
  const empty = { ...FIGURES, cells: [], meetings: compared(0), rounds: compared(0), places: [], areas: [] };
  const server = deskServer({ [WEEK]: "offline" });
  open("#/vecka");
  expect((await screen.findByRole("alert")).textContent).toContain("Ingen kontakt med servern");
  server.answer(WEEK, week({ figures: empty, said: null, editions: [] }));
  fireEvent.click(screen.getByRole("button", { name: "Försök igen" }));
  expect(
    await screen.findByText("Inget har skrivits den här veckan", undefined, { timeout: 5000 }),
  ).toBeTruthy();
  expect(screen.getByText(/Ingen utgåva än/)).toBeTruthy();
});

it("keeps what is typed when somebody else has written, and shows theirs beside it", async () => {
  const server = deskServer({ [WEEK]: week() });
  open("#/vecka");
  await type("Mer ljus vid bron.");
  const newer = { type: "/problems/newer", status: 409, current: said("Tre bråk.", "v2") };
  server.answer(WEEK, { status: 409, body: newer });
  fireEvent.click(screen.getByRole("button", { name: "Spara orden" }));
  const theirs = await screen.findByRole("status", { name: "Någon annan har ändrat medan du skrev" });
  expect(theirs.textContent).toContain("Tre bråk.");
  expect(await typed()).toBe("Mer ljus vid bron.");
  fireEvent.click(within(theirs).getByRole("button", { name: /Behåll mitt/ }));
  server.answer(WEEK, { body: said("Mer ljus vid bron.", "v3") });
  fireEvent.click(screen.getByRole("button", { name: "Spara orden" }));
  expect(await screen.findByText("Sparat.")).toBeTruthy();
  expect(await typed()).toBe("Mer ljus vid bron.");
});

it("keeps a draft in the browser, and goes on with it", async () => {
  deskServer({ [WEEK]: week() });
  const { unmount } = open("#/vecka");
  await type("Halvvägs");
  unmount();
  await waitFor(() => expect(drafts.value.map(({ form }) => form)).toEqual(["desk"]));
  open("#/vecka");
  expect(await typed()).toBe("Halvvägs");
  fireEvent.click(screen.getByRole("button", { name: "Frys som utgåva 2" }));
  expect(await screen.findByText("Spara orden först, eller släng dem.")).toBeTruthy();
  fireEvent.click(screen.getByRole("button", { name: "Släng det jag skrivit" }));
  expect(await typed()).toBe("Lugnt.");
  await waitFor(() => expect(drafts.value).toEqual([]));
});

it("shows a frozen edition without links, and what has been corrected since", async () => {
  const gone = {
    id: "o9",
    shift_id: "s1",
    category: "S2",
    status: "retracted",
    happened_from: "2026-11-20T20:00:00.000Z",
    name: "Biblioteket",
    actions: [],
  };
  const body = {
    ...edition,
    week: "2026-W47",
    text: "Tre bråk.",
    figures: FIGURES,
    corrected: [gone],
    corrected_restricted: 1,
    late: 2,
  };
  deskServer({ "/situation/editions/e1": { body } });
  const { container } = open("#/vecka/2026-W47/utgava/e1");
  expect(await screen.findByText(/2 poster rättade sedan dess/)).toBeTruthy();
  expect(screen.getByRole("heading", { level: 1 }).textContent).toBe("Utgåva 1, vecka 47");
  expect(screen.getByText("2 poster från veckan har kommit in efteråt")).toBeTruthy();
  const places = screen.getByRole("table", { name: "Platser" });
  expect(within(places).queryByRole("link")).toBeNull();
  const kept = await followups();
  expect(kept.getAllByRole("row")).toHaveLength(3);
  expect(kept.queryByRole("link")).toBeNull();
  expect(screen.getByRole("link", { name: /Till passet/ }).getAttribute("href")).toBe("#/pass/s1?post=o9");
  await expectNoFaults(container);
});

it("leads nobody to an edition who has gone elsewhere while it was frozen", async () => {
  deskServer({ [WEEK]: week() });
  open("#/vecka");
  const real = globalThis.fetch;
  let answer = () => {};
  vi.stubGlobal("fetch", async (input: RequestInfo | URL, options?: RequestInit) => {
    if (options?.method !== "POST") return real(input, options);
    await new Promise<void>((resolve) => {
      answer = resolve;
    });
    return new Response(JSON.stringify({ ...edition, id: "e2", number: 2, week: "2026-W47" }), {
      headers: { "Content-Type": "application/json" },
    });
  });
  fireEvent.click(await screen.findByRole("button", { name: "Frys som utgåva 2" }));
  await screen.findByRole("button", { name: "Fryser …" });
  go("#/ikvall");
  answer();
  await new Promise((answered) => setTimeout(answered, 50));
  expect(location.hash).toBe("#/ikvall");
});

it("takes an edition that was frozen before follow-ups were told", async () => {
  const { followups: _, ...before } = FIGURES;
  const body = {
    ...edition,
    week: "2026-W47",
    figures: before,
    corrected: [],
    corrected_restricted: 0,
    late: 0,
  };
  deskServer({ "/situation/editions/e1": { body } });
  open("#/vecka/2026-W47/utgava/e1");
  expect(await screen.findByRole("table", { name: "Platser" })).toBeTruthy();
  expect(screen.queryByRole("heading", { name: "Uppföljningar" })).toBeNull();
});
