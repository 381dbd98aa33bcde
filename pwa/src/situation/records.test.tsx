import { cleanup, fireEvent, render, screen, within } from "@testing-library/preact";
import axe from "axe-core";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import Desk from "../review/Desk";
import { deskServer, page } from "../review/desk-server";
import { me } from "../store/state";
import { setLanguage } from "../text";
import { go } from "../ui";
import { now_ms } from "../ui/now";

const RECORDS = "/situation/weeks/2026-W47/records";
const record = (n: number, over: object = {}) => ({
  id: `o${n}`,
  shift_id: "s1",
  category: "S2",
  status: "current",
  happened_from: new Date(Date.parse("2026-11-20T18:00:00Z") + n * 60_000).toISOString(),
  name: "Biblioteket",
  actions: [],
  ...over,
});
const ALL = Array.from({ length: 450 }, (_, n) => record(n));

function open(hash = "#/vecka/2026-W47/poster?category=S2") {
  go(hash);
  return render(<Desk />);
}

/** Answers as the server does: a page of so many, by what the address asks for. */
function pagedServer(all: readonly object[]) {
  const server = deskServer({});
  const real = globalThis.fetch;
  vi.stubGlobal("fetch", (input: RequestInfo | URL, options?: RequestInit) => {
    const { pathname, searchParams } = new URL(String(input), "http://lykta.test");
    const [limit, at] = [Number(searchParams.get("limit")), Number(searchParams.get("page") ?? 1)];
    if (pathname.endsWith("/records"))
      server.answer(RECORDS, page(all.slice((at - 1) * limit, at * limit), all.length));
    return real(input, options);
  });
  return server;
}

const rows = () => within(screen.getByRole("table")).getAllByRole("row").slice(1);
const later = { timeout: 4000 };

beforeEach(() => {
  now_ms.value = Date.parse("2026-11-22T20:00:00Z");
  me.value = { id: "bo", username: "bo", name: "Bo", role: "supervisor" };
});
afterEach(async () => {
  cleanup();
  vi.unstubAllGlobals();
  await setLanguage("sv");
});

it("shows two hundred records, and more of them until all are there", async () => {
  const server = pagedServer(ALL);
  open();
  expect((await screen.findByText("De första 200 av 450.")).getAttribute("role")).toBe("status");
  expect(rows()).toHaveLength(200);
  fireEvent.click(screen.getByRole("button", { name: "Visa fler" }));
  await screen.findByText("De första 400 av 450.", undefined, later);
  fireEvent.click(screen.getByRole("button", { name: "Visa fler" }));
  await vi.waitFor(() => expect(rows()).toHaveLength(450), later);
  expect(screen.queryByRole("button", { name: "Visa fler" })).toBeNull();
  expect(server.asked.filter((one) => one.startsWith(RECORDS)).at(-1)).toBe(
    `${RECORDS}?category=S2&limit=200&page=3`,
  );
});

it("begins anew at the records of another figure", async () => {
  const server = pagedServer(ALL);
  open();
  fireEvent.click(await screen.findByRole("button", { name: "Visa fler" }));
  await screen.findByText("De första 400 av 450.", undefined, later);
  go("#/vecka/2026-W47/poster?place_id=p1");
  await screen.findByText("De första 200 av 450.", undefined, later);
  expect(server.asked.at(-1)).toBe(`${RECORDS}?place_id=p1&limit=200&page=1`);
});

it("is waited for, and says that a figure has no records", async () => {
  deskServer({ [RECORDS]: "never" });
  open();
  expect(await screen.findByRole("heading", { name: "Posterna bakom siffran" })).toBeTruthy();
  expect(screen.queryByRole("table")).toBeNull();
  expect(screen.queryByText("Inga poster.")).toBeNull();
  cleanup();
  deskServer({ [RECORDS]: page([]) });
  open();
  expect(await screen.findByText("Inga poster.")).toBeTruthy();
  expect(screen.getByRole("link", { name: "Till veckan" }).getAttribute("href")).toBe("#/vecka/2026-W47");
});

it("says that it cannot reach the server, and asks again", async () => {
  const server = deskServer({ [RECORDS]: "offline" });
  open();
  expect((await screen.findByRole("alert")).textContent).toContain("Ingen kontakt med servern");
  server.answer(RECORDS, page([record(1)]));
  fireEvent.click(screen.getByRole("button", { name: "Försök igen" }));
  expect(await screen.findByRole("table", undefined, later)).toBeTruthy();
});

it("keeps what is shown when newer cannot be fetched, and says from when it is", async () => {
  const server = deskServer({ [RECORDS]: page([record(1)], 450) });
  const { container } = open();
  await screen.findByRole("table");
  server.answer(RECORDS, "offline");
  fireEvent.click(screen.getByRole("button", { name: "Visa fler" }));
  expect(await screen.findByText(/Läget är från/, undefined, later)).toBeTruthy();
  expect(rows()).toHaveLength(1);
  expect(screen.getByRole("button", { name: "Visa fler" })).toBeTruthy();
  const { violations } = await axe.run(container, { rules: { "color-contrast": { enabled: false } } });
  expect(violations.map(({ id }) => id)).toEqual([]);
});

it("lists the attempts behind an outcome, each leading to its call, and asks again when one comes", async () => {
  const call = { category: null, service: "POL112", name: null, outcome: "PLATS", target: "e1" };
  const server = deskServer({ [RECORDS]: page([record(1, call), record(2, call)]) });
  open("#/vecka/2026-W47/poster?service=POL112&outcome=PLATS");
  await screen.findByRole("table");
  expect(server.asked.at(-1)).toBe(`${RECORDS}?service=POL112&outcome=PLATS&limit=200&page=1`);
  expect(rows().map((row) => row.textContent)).toEqual([
    "fredag 20 nov. 19:01Polis akut · På plats, överlämnat–Till passet",
    "fredag 20 nov. 19:02Polis akut · På plats, överlämnat–Till passet",
  ]);
  const links = screen.getAllByRole("link", { name: /^Till passet/ });
  expect(links.map((link) => link.getAttribute("href"))).toEqual(["#/pass/s1?post=e1", "#/pass/s1?post=e1"]);
  server.answer(RECORDS, page([1, 2, 3].map((n) => record(n, call))));
  server.say("open");
  await vi.waitFor(() => {
    server.say("change", '{"seq":9,"shifts":["s1"],"kinds":["escalation"]}');
    expect(rows()).toHaveLength(3);
  }, later);
});

it("says what a record is, leads to it, and leads who may not open a shift nowhere", async () => {
  const call = record(3, { category: null, service: "POL112", name: null });
  deskServer({ [RECORDS]: page([record(1), record(2, { status: "amended", name: null }), call]) });
  open();
  await vi.waitFor(() =>
    expect(rows().map((row) => row.textContent)).toEqual([
      "fredag 20 nov. 19:01KlotterBiblioteketTill passet",
      "fredag 20 nov. 19:02Klotter · rättadIngen plats valdTill passet",
      "fredag 20 nov. 19:03Polis akut–Till passet",
    ]),
  );
  // Narrow screens stack the rows, which takes away what a table says by itself.
  expect(rows()[0]?.outerHTML.match(/role="\w+"/g)).toEqual([
    'role="row"',
    'role="rowheader"',
    'role="cell"',
    'role="cell"',
    'role="cell"',
  ]);
  expect(screen.getAllByRole("link", { name: /^Till passet/ })[0]?.getAttribute("href")).toBe(
    "#/pass/s1?post=o1",
  );
  cleanup();
  me.value = { id: "dan", username: "dan", name: "Dan", role: "analyst" };
  open();
  await screen.findByRole("table");
  expect(within(screen.getByRole("table")).queryByRole("link")).toBeNull();
});
