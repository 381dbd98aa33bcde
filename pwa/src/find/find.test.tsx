import { cleanup, fireEvent, render, screen, waitFor, within } from "@testing-library/preact";
import axe from "axe-core";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { bases } from "../map/bases";
import Desk from "../review/Desk";
import { deskServer } from "../review/desk-server";
import { at } from "../review/factory";
import { setLanguage } from "../text";
import { go } from "../ui";
import { askedFrom, askedOf, bodyOf, hrefOf, NOTHING } from "./rules";
import { dateOf } from "./server";

const PERSONNUMMER = "18900101-9802";

const item = (over: object = {}) => ({
  id: "o1",
  kind: "observation",
  shift_id: "s1",
  status: "current",
  code: "S2",
  severity: 2,
  happened: { kind: "point", from: at("20:14"), to: null },
  place_id: "p1",
  place_text: null,
  area_id: null,
  text: "Klotter på norra väggen",
  position: { lat: 56.1, lon: 14.8, source: "gnss", accuracy_m: 8 },
  restricted: false,
  retracted: null,
  ...over,
});

const found = (items: unknown[], over: object = {}) => ({
  body: { items, next: null, count: items.length, count_max: 1000, ...over },
});

/** Beside the desk's server: what was sent in bodies. */
function server(answers: Parameters<typeof deskServer>[0]) {
  const desk = deskServer({ "/find/saved": { body: [] }, ...answers });
  const answer = globalThis.fetch;
  const sent: { path: string; body: unknown }[] = [];
  vi.stubGlobal("fetch", (input: RequestInfo | URL, init?: RequestInit) => {
    if (typeof init?.body === "string")
      sent.push({ path: String(input).replace("/api/v1", ""), body: JSON.parse(init.body) });
    return answer(input, init);
  });
  return { ...desk, sent };
}

async function open(hash: string) {
  go(hash);
  const drawn = render(<Desk account={<p>Bo</p>} />);
  await screen.findByRole("searchbox", undefined, { timeout: 10_000 });
  return drawn;
}

async function expectNoFaults(node: Element) {
  const faults = await axe.run(node, { rules: { "color-contrast": { enabled: false } } });
  expect(faults.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
}

beforeEach(() => {
  bases.value = [];
});
afterEach(async () => {
  cleanup();
  vi.unstubAllGlobals();
  await setLanguage("sv");
});

describe("the search", () => {
  it("shows what was found by day, with what, where, how severe, and a way to its shift", async () => {
    server({ "/find": found([item()]) });
    const { container } = await open("#/sok");
    const link = await screen.findByRole("link", { name: "Klotter" });
    expect(link.getAttribute("href")).toBe("#/pass/s1?post=o1");
    const row = link.closest("tr");
    expect(row?.textContent).toContain("20:14");
    expect(row?.textContent).toContain("Biblioteket");
    expect(row?.textContent).toContain("Störande");
    expect(screen.getByText("1 träff")).toBeTruthy();
    await expectNoFaults(container);
  });

  it("says by words that one is restricted, retracted, corrected or hidden", async () => {
    server({
      "/find": found([
        item({ id: "1", restricted: true, code: "H2" }),
        item({ id: "2", status: "retracted", retracted: { reason: "Fel plats" } }),
        item({ id: "3", status: "amended" }),
        item({ id: "4", text: null, hidden: true, flagged: ["personnummer"] }),
        item({ id: "5", shift_id: null }),
      ]),
    });
    await open("#/sok");
    for (const words of ["Skyddad", "Återtagen: Fel plats", "Rättad", "Texten är dold", "(utan pass)"])
      expect(await screen.findByText(words)).toBeTruthy();
  });

  it("asks by a body what the address says, and nothing of it by an address", async () => {
    const { asked, sent } = server({ "/find": found([]) });
    await open("#/sok?ord=klotter&fran=2026-11-01&till=2026-11-02&allvar=2&lage=retracted&slag=observation");
    await screen.findByText("Inget stämmer med sökningen");
    expect(sent[0]).toEqual({
      path: "/find",
      body: {
        text: "klotter",
        from: "2026-10-31T23:00:00.000Z",
        to: "2026-11-02T23:00:00.000Z",
        kinds: ["observation"],
        severity: 2,
        status: ["retracted"],
        limit: 50,
      },
    });
    expect(asked.join()).not.toContain("klotter");
  });

  it("puts what is typed and chosen in the address", async () => {
    server({ "/find": found([item()]) });
    await open("#/sok");
    fireEvent.input(screen.getByRole("searchbox"), { target: { value: " klottrade väggar " } });
    fireEvent.click(screen.getByRole("button", { name: "Sök" }));
    await waitFor(() => expect(location.hash).toBe("#/sok?ord=klottrade+v%C3%A4ggar"));
    fireEvent.click(screen.getByText("Filter"));
    fireEvent.click(screen.getByRole("checkbox", { name: "Återtagna" }));
    await waitFor(() => expect(location.hash).toContain("lage=retracted"));
    expect(location.hash).toContain("ord=klottrade");
    fireEvent.click(screen.getByRole("button", { name: "Rensa allt" }));
    await waitFor(() => expect(location.hash).toBe("#/sok"));
  });

  it("refuses what looks like a person before anything is sent, or is in the address", async () => {
    const { sent } = server({ "/find": found([]) });
    await open("#/sok");
    await screen.findByText("Inget att söka i än");
    const before = sent.length;
    fireEvent.input(screen.getByRole("searchbox"), { target: { value: PERSONNUMMER } });
    fireEvent.click(screen.getByRole("button", { name: "Sök" }));
    expect((await screen.findByRole("alert")).textContent).toContain("ett personnummer");
    expect(sent.length).toBe(before);
    expect(location.hash).toBe("#/sok");
  });

  it("sends nothing of a link that holds a person either", async () => {
    const { sent } = server({ "/find": found([]) });
    await open(`#/sok?ord=${PERSONNUMMER}`);
    expect((await screen.findAllByRole("alert")).length).toBeGreaterThan(0);
    expect(sent).toEqual([]);
  });

  it("fetches more by the cursor, and says how many there are", async () => {
    const { sent, answer } = server({ "/find": found([item()], { next: "2.77", count: 1001 }) });
    await open("#/sok");
    expect(await screen.findByText("Fler än 1000 träffar · 1 visas")).toBeTruthy();
    answer("/find", found([item({ id: "o2" })], { count: 2 }));
    fireEvent.click(screen.getByRole("button", { name: "Visa fler" }));
    await waitFor(() => expect(sent.length).toBeGreaterThan(1), { timeout: 4000 });
  });

  it("says that it is loading, that the server cannot be reached, and tries again when asked", async () => {
    const { answer } = server({ "/find": "offline" });
    await open("#/sok");
    const alert = await screen.findByRole("alert");
    expect(alert.textContent).toContain("Ingen kontakt med servern");
    answer("/find", found([item()]));
    fireEvent.click(within(alert).getByRole("button", { name: "Försök igen" }));
    expect(await screen.findByText("1 träff", undefined, { timeout: 4000 })).toBeTruthy();
  });

  it("keeps what is shown when more cannot be fetched, and says from when it is", async () => {
    const { answer } = server({ "/find": found([item()], { next: "2.77", count: 9 }) });
    await open("#/sok");
    await screen.findByText("9 träffar · 1 visas");
    answer("/find", "offline");
    fireEvent.click(screen.getByRole("button", { name: "Visa fler" }));
    expect(
      await screen.findByText(/Det gick inte att hämta nyare/, undefined, { timeout: 4000 }),
    ).toBeTruthy();
    expect(screen.getByRole("link", { name: "Klotter" })).toBeTruthy();
  });

  it("goes by keys to the field, along the results, and back", async () => {
    server({ "/find": found([item(), item({ id: "o2" })]) });
    await open("#/sok");
    const links = await screen.findAllByRole("link", { name: "Klotter" });
    const press = (key: string) => fireEvent.keyDown(document.activeElement ?? document.body, { key });
    press("/");
    expect(document.activeElement).toBe(screen.getByRole("searchbox"));
    press("ArrowDown");
    expect(document.activeElement).toBe(links[0]);
    press("ArrowDown");
    expect(document.activeElement).toBe(links[1]);
    press("ArrowUp");
    press("ArrowUp");
    expect(document.activeElement).toBe(screen.getByRole("searchbox"));
    press("ArrowDown");
    press("Escape");
    expect(document.activeElement).toBe(screen.getByRole("searchbox"));
  });

  it("is whole in English", async () => {
    server({ "/find": found([item()]) });
    await setLanguage("en");
    await open("#/sok");
    expect(await screen.findByText("1 result")).toBeTruthy();
  });
});

describe("saved searches", () => {
  const SAVED = {
    id: "q1",
    name: "Klotter i stan",
    asked: { text: "klotter", status: ["current", "amended"] },
  };

  it("are links to the same question, and can be forgotten", async () => {
    const { asked } = server({ "/find": found([]), "/find/saved": { body: [SAVED] } });
    await open("#/sok");
    const link = await screen.findByRole("link", { name: "Klotter i stan" });
    expect(link.getAttribute("href")).toBe("#/sok?ord=klotter&lage=valid");
    fireEvent.click(screen.getByRole("button", { name: "Ta bort Klotter i stan" }));
    await waitFor(() => expect(asked).toContain("/find/saved/q1"));
  });

  it("are kept under a name; a failure says that nothing is kept", async () => {
    const { sent } = server({ "/find": found([]) });
    await open("#/sok?grupp=S");
    fireEvent.input(await screen.findByRole("textbox", { name: "Namn" }), { target: { value: "Skador" } });
    fireEvent.click(screen.getByRole("button", { name: "Spara sökningen" }));
    expect(await screen.findByText("Den är INTE sparad. Försök igen.")).toBeTruthy();
    expect(sent.at(-1)?.body).toEqual({ name: "Skador", asked: { groups: ["S"] } });
  });
});

describe("files", () => {
  it("are made of the same filters, without restricted records unless asked for", async () => {
    const { sent } = server({
      "/find": found([]),
      "/exports": { status: 422, body: { type: "/problems/export-large", status: 422, limit: 50_000 } },
    });
    await open("#/sok?grupp=S");
    fireEvent.click(await screen.findByRole("button", { name: "XLSX (Excel)" }));
    expect(await screen.findByText(/högst 50000/)).toBeTruthy();
    expect(sent.at(-1)).toEqual({
      path: "/exports",
      body: { groups: ["S"], format: "xlsx", restricted: false, language: "sv" },
    });
  });

  it("are not saved when half of one came", async () => {
    server({ "/find": found([]) });
    await open("#/sok");
    const other = globalThis.fetch;
    vi.stubGlobal("fetch", async (input: RequestInfo | URL, init?: RequestInit) =>
      String(input).endsWith("/exports")
        ? new Response("Id;Slag", {
            headers: { "Content-Length": "999", "Content-Disposition": 'attachment; filename="lykta.csv"' },
          })
        : other(input, init),
    );
    fireEvent.click(await screen.findByRole("button", { name: "CSV (Excel)" }));
    expect(await screen.findByText("Filen kom inte fram. Försök igen.")).toBeTruthy();
  });
});

describe("the address", () => {
  const ASKED = {
    ...NOTHING,
    text: "klotter & glas",
    from: "2026-11-01",
    to: "2026-11-02",
    bbox: "14.1,56,14.9,56.2",
    kinds: ["shift"],
    codes: ["S2", "POL112"],
    severity: 3,
    states: ["valid", "closed"],
    sort: "severe",
    view: "map",
  } as const;
  const back = (href: string) => askedFrom(new URLSearchParams(href.split("?")[1]));

  it("says all of it and is read back as it was", () => {
    expect(back(hrefOf(ASKED))).toEqual(ASKED);
    expect(hrefOf(NOTHING)).toBe("#/sok");
  });

  it("leaves out what cannot be read", () => {
    const strange = "x?fran=igår&till=2026&ruta=1,2&omrade=x&slag=host,shift&allvar=9&ordning=x&kod=<b>";
    expect(back(strange)).toEqual({ ...NOTHING, kinds: ["shift"] });
  });

  it("and a saved search say the same", () => {
    const begins = (date: string, days: number) =>
      new Date(Date.parse(`${date}T00:00:00+01:00`) + days * 86_400_000).toISOString();
    const said = bodyOf(ASKED, begins);
    const kept = {
      text: "",
      from: null,
      to: null,
      bbox: null,
      area_id: null,
      place_id: null,
      severity: null,
    };
    const whole = { kinds: [], codes: [], groups: [], status: [], sort: "newest", ...kept, ...said };
    expect(askedOf(whole, dateOf)).toEqual({ ...ASKED, view: "list" });
  });
});
