import { cleanup, fireEvent, render, screen, waitFor, within } from "@testing-library/preact";
import axe from "axe-core";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { me } from "../store/state";
import { setLanguage } from "../text";
import { go } from "../ui";
import { now_ms } from "../ui/now";
import Desk from "./Desk";
import { deskServer, page } from "./desk-server";
import { at } from "./factory";

const LIST = "/reviews/quarantined";
const COUNT = `${LIST}/count`;
const one = (id: string, more: Record<string, unknown> = {}) => ({
  kind: "quarantined",
  id,
  seq: Number(id.slice(1)),
  stated_at: at("20:14"),
  stated_by_phone: true,
  estimated_at: null,
  estimated_within_ms: null,
  received_at: at("20:20"),
  position: null,
  author: { id: "alva", name: "Alva Ek" },
  place: null,
  type: "shift.start",
  v: 1,
  why: "body",
  is_call: false,
  phone: "Alvas telefon",
  shift: null,
  first: null,
  withheld: null,
  value: { type: "shift.start", data: { note: "Med bilen" } },
  ...more,
});
const counts = (count: number, calls = 0) => ({ body: { count, calls } });
const back = (more: Record<string, unknown> = {}) => ({
  epoch: "e2",
  noticed_at: at("20:00"),
  again_at: at("20:00"),
  times: 1,
  seen_seq: 120,
  here_seq: 80,
  phones: 3,
  phones_heard: 2,
  came_back: 0,
  ...more,
});

function open(address: string, answers: Parameters<typeof deskServer>[0]) {
  const server = deskServer({ "/reviews/shifts": page([]), ...answers });
  go(address);
  return { server, ...render(<Desk account={<p>Bo</p>} />) };
}
const card = async (words: string) =>
  within((await screen.findByText(words)).closest("article") as HTMLElement);
const rules = { "color-contrast": { enabled: false } };

beforeEach(() => {
  me.value = { id: "bo", username: "bo", name: "Bo", role: "supervisor" };
  now_ms.value = Date.parse(at("21:45"));
  URL.createObjectURL = () => "blob:x";
  URL.revokeObjectURL = () => undefined;
});
afterEach(async () => {
  cleanup();
  me.value = null;
  vi.unstubAllGlobals();
  await setLanguage("sv");
});

describe("what waits in quarantine", () => {
  it("says what it is, who wrote it, when, on which phone, since when it waits and why", async () => {
    const { container } = open("#/karantan", { [LIST]: page([one("q1")]) });
    const shown = await card("Pass startat");
    expect(shown.getByText(/Skriven .*20:14 av Alva Ek · från Alvas telefon/)).toBeTruthy();
    expect(shown.getByText("väntar sedan 20:20")).toBeTruthy();
    expect(shown.getByText("Varför: innehållet gick inte att läsa som det ska.")).toBeTruthy();
    expect(shown.getByText("Med bilen")).toBeTruthy();
    expect((await axe.run(container, { rules })).violations.map(({ id }) => id)).toEqual([]);
  });

  it("marks a call for help in words, and says what to do", async () => {
    const position = { lat: 56.17, lon: 14.86, accuracy_m: 12, age_ms: 0, source: "gnss" };
    const call = one("q2", { type: "alert.raise", is_call: true, shift: "s1", position });
    const { container } = open("#/karantan", { [LIST]: page([call, one("q1")]) });
    const shown = await card("Larm som ingen har fått");
    expect(shown.getByText("Ta reda på hur Alva Ek har det.")).toBeTruthy();
    expect(shown.getByText(/±12 m/)).toBeTruthy();
    expect(shown.getByRole("link", { name: "Till passet" }).getAttribute("href")).toBe("#/pass/s1?post=q2");
    expect((await axe.run(container, { rules })).violations.map(({ id }) => id)).toEqual([]);
  });

  it("says so where time, phone, kind or contents cannot be told", async () => {
    const odd = { type: "later.invention", v: 3, phone: null, stated_by_phone: false };
    open("#/karantan", {
      [LIST]: page([one("q1", { ...odd, why: "type", withheld: "words", value: {} })]),
    });
    const shown = await card("Okänd sorts uppgift (later.invention, version 3)");
    expect(shown.getByText(/När den skrevs går inte att läsa · telefonen är okänd/)).toBeTruthy();
    expect(shown.getByText(/visas bara för dataskyddsombudet/)).toBeTruthy();
  });

  it("shows both of two contents under one id, and tries neither again", async () => {
    const first = one("q1", { seq: 3, received_at: at("20:10"), value: { data: { note: "Utan bil" } } });
    open("#/karantan", { [LIST]: page([one("q1", { why: "conflict", first })]) });
    const shown = await card("Pass startat");
    expect(shown.getByText("Utan bil")).toBeTruthy();
    expect(shown.getByText("Med bilen")).toBeTruthy();
    expect(shown.queryByRole("button", { name: /Försök igen/ })).toBeNull();
  });

  it("tries again, says what came of it, and keeps the focus when the card goes", async () => {
    const { server } = open("#/karantan", {
      [LIST]: page([one("q1")]),
      [`${LIST}/q1/retry`]: { body: { why: "target" } },
    });
    await waitFor(() => expect(document.activeElement?.textContent).toBe("I karantän"));
    const button = () => screen.findByRole("button", { name: "Försök igen: Pass startat" });
    fireEvent.click(await button());
    expect(await screen.findByText(/Den väntar fortfarande: den post som det gäller/)).toBeTruthy();
    server.answer(`${LIST}/q1/retry`, { body: { why: null } });
    server.answer(LIST, page([]));
    fireEvent.click(await button());
    const told = await screen.findByText("Pass startat: räknas nu.");
    expect(document.activeElement).toBe(told);
    expect(await screen.findByText("Inget väntar", undefined, { timeout: 4_000 })).toBeTruthy();
  });

  it("keeps what could not be tried, and says so", async () => {
    open("#/karantan", { [LIST]: page([one("q1")]), [`${LIST}/q1/retry`]: "offline" });
    fireEvent.click(await screen.findByRole("button", { name: "Försök igen: Pass startat" }));
    expect(await screen.findByText("Det gick inte att försöka just nu. Uppgiften ligger kvar.")).toBeTruthy();
  });

  it("saves all of it, file after file, and says whose contents are not in them", async () => {
    const asked: string[] = [];
    open("#/karantan", { [LIST]: page([one("q1"), one("q2")]) });
    const button = await screen.findByRole("button", { name: "Spara alla som fil" });
    const clicks = vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(() => undefined);
    vi.stubGlobal("fetch", async (url: string) => {
      asked.push(url.replace("/api/v1", ""));
      const isLast = url.endsWith("after=7");
      const ops = [{ body: isLast ? null : "{}" }];
      return new Response(JSON.stringify({ count: 1, next: isLast ? null : 7, ops }), {
        headers: { "Content-Disposition": 'attachment; filename="lykta-karantan.json"' },
      });
    });
    fireEvent.click(button);
    expect(await screen.findByText(/2 uppgifter är sparade som fil\. 1 saknar innehåll/)).toBeTruthy();
    expect(asked).toEqual([`${LIST}/export?after=0`, `${LIST}/export?after=7`]);
    expect(clicks).toHaveBeenCalledTimes(2);
    clicks.mockRestore();
  });

  it("is turned page by page", async () => {
    const { server } = open("#/karantan", { [LIST]: page([one("q1")], 120) });
    fireEvent.click(await screen.findByRole("link", { name: "Nästa" }));
    await waitFor(() => expect(server.asked).toContain(`${LIST}?page=2&limit=50`));
    expect((await screen.findByRole("navigation", { name: "Sida 2 av 3" })).textContent).toContain(
      "Föregående",
    );
  });

  it("is read and saved by data protection, who try nothing again", async () => {
    me.value = { id: "dora", username: "dora", name: "Dora", role: "dataprotection" };
    open("#/karantan", { [LIST]: page([one("q1")]) });
    const shown = await card("Pass startat");
    expect(shown.getAllByRole("button").map(({ textContent }) => textContent?.trim())).toEqual([
      "Spara som fil",
    ]);
  });

  it("is nothing for an archivist", async () => {
    me.value = { id: "arne", username: "arne", name: "Arne", role: "archivist" };
    const { server } = open("#/karantan", { [LIST]: page([one("q1")]) });
    expect(await screen.findByRole("heading", { name: "Sök" })).toBeTruthy();
    expect(server.asked.filter((path) => path.startsWith(LIST))).toEqual([]);
  });
});

describe("where the evening begins", () => {
  it("says how much waits, and leads there", async () => {
    open("#/ikvall", { [COUNT]: counts(1) });
    const line = await screen.findByRole("link", { name: "1 uppgift väntar i karantän" });
    expect(line.getAttribute("href")).toBe("#/karantan");
  });

  it("says nothing where nothing waits", async () => {
    const { server } = open("#/ikvall", { [COUNT]: counts(0) });
    await waitFor(() => expect(server.asked).toContain(COUNT));
    await screen.findByText("Ingen är ute");
    expect(screen.queryByText(/karantän/)).toBeNull();
  });

  it("calls for somebody where it is an alarm", async () => {
    const { container } = open("#/ikvall", { [COUNT]: counts(3, 1) });
    const banner = await screen.findByRole("alert");
    expect(banner.textContent).toContain("1 larm gick inte att läsa. Ingen annan har fått det.");
    expect(banner.textContent).toContain("3 uppgifter väntar i karantän");
    expect((await axe.run(container, { rules })).violations.map(({ id }) => id)).toEqual([]);
  });

  it("says so when it cannot be told", async () => {
    const broken = { status: 500, body: {} };
    open("#/ikvall", { [COUNT]: broken, "/epochs": broken });
    expect(await screen.findByText("Det gick inte att hämta om något väntar i karantän.")).toBeTruthy();
    expect(
      await screen.findByText("Det gick inte att hämta om servern har gått tillbaka i tiden."),
    ).toBeTruthy();
  });
});

describe("a server that went back in time", () => {
  const epochs = (stepped_back: unknown, acknowledged: unknown[] = []) => ({
    body: { stepped_back, acknowledged },
  });

  it("is told with how far and what has come back, until somebody acknowledges it", async () => {
    const { server, container } = open("#/ikvall", {
      "/epochs": epochs(back()),
      "/epochs/e2/acknowledge": { status: 204, body: null },
    });
    const banner = await screen.findByRole("alert");
    expect(banner.textContent).toContain("Servern har gått tillbaka i tiden");
    expect(banner.textContent).toContain("fram till nummer 120; här nådde den till 80");
    expect(banner.textContent).toContain("Kontrollera säkerhetskopian");
    expect(banner.textContent).toContain("2 av 3 telefoner har hört av sig");
    expect((await axe.run(container, { rules })).violations.map(({ id }) => id)).toEqual([]);
    const taken = { at: at("21:44"), name: "Bo Ängström", noticed_at: at("20:00") };
    server.answer("/epochs", epochs(null, [taken]));
    fireEvent.click(within(banner).getByRole("button", { name: "Kvittera: jag tar hand om det" }));
    const read = await screen.findByText(/Kvitterat 21:44 av Bo Ängström/, undefined, { timeout: 4_000 });
    expect(read).toBeTruthy();
    expect(screen.queryByRole("alert")).toBeNull();
  });

  it("says how often, where it was noticed again, and that another journal may be about", async () => {
    open("#/ikvall", { "/epochs": epochs(back({ times: 4, seen_seq: 60, came_back: 1 })) });
    const banner = await screen.findByRole("alert");
    expect(banner.textContent).toContain("sett en annan journal fram till nummer 60");
    expect(banner.textContent).toContain("märkts 4 gånger");
    expect(banner.textContent).toContain("1 uppgift som skrevs tidigare har kommit in");
  });

  it("says that it could not be acknowledged", async () => {
    open("#/ikvall", { "/epochs": epochs(back()), "/epochs/e2/acknowledge": "offline" });
    fireEvent.click(await screen.findByRole("button", { name: "Kvittera: jag tar hand om det" }));
    expect(await screen.findByText("Det gick inte att kvittera just nu. Försök igen.")).toBeTruthy();
  });
});
