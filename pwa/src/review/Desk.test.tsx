import { cleanup, fireEvent, render, screen, waitFor, within } from "@testing-library/preact";
import axe from "axe-core";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { bases } from "../map/bases";
import { setLanguage } from "../text";
import { go } from "../ui";
import { now_ms } from "../ui/now";
import Desk from "./Desk";
import { deskServer, page } from "./desk-server";
import { aCompleteness, anObservation, aPhone, aShift, at, content } from "./factory";

const LIST = "/reviews/shifts";
const ONE = "/reviews/shifts/s1";
const log = (entries: unknown[], shift = aShift()) => ({ body: { shift, entries } });

function open(hash: string) {
  go(hash);
  return render(<Desk account={<p>Bo</p>} />);
}

async function expectNoFaults(node: Element) {
  const found = await axe.run(node, { rules: { "color-contrast": { enabled: false } } });
  expect(found.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
}

// What base maps there are is asked in a test of its own.
beforeEach(() => {
  localStorage.clear(); // how far somebody has read
  bases.value = [];
  now_ms.value = Date.parse(at("21:45"));
});
afterEach(async () => {
  cleanup();
  vi.unstubAllGlobals();
  await setLanguage("sv");
});

describe("tonight", () => {
  it("shows each crew that is out, who is overdue in words, and what is left on the phones", async () => {
    const overdue = aShift({
      next_due: at("21:40"),
      completeness: aCompleteness({ phones: [aPhone({ pending: 3 })] }),
      counts: { checkin: 2, observation: 3, escalation: 1, comment: 0, quarantined: 2, escalation_open: 1 },
    });
    deskServer({ [LIST]: page([overdue, aShift({ id: "s2", status: "ended", ended_at: at("23:00") })]) });
    const { container } = open("#/ikvall");
    const card = await screen.findByRole("article");
    expect(within(card).getByRole("link", { name: "Alva och Cim" }).getAttribute("href")).toBe("#/pass/s1");
    expect(card.textContent).toContain("försenad 5 minuter");
    expect(card.textContent).toContain("3 osända");
    expect(card.textContent).toContain("2 i karantän");
    expect(card.textContent).toContain("1 tillkallad hjälp inte avslutad");
    expect(screen.getByText(/1 pass ute/)).toBeTruthy();
    await expectNoFaults(container);
  });

  it("asks at a change for the shifts that it names, and lets go of one that has ended", async () => {
    const server = deskServer({ [LIST]: page([aShift(), aShift({ id: "s2" })]) });
    open("#/ikvall");
    expect(await screen.findAllByRole("article")).toHaveLength(2);
    server.answer(LIST, page([aShift({ status: "ended", ended_at: at("23:00") }), aShift({ id: "s3" })]));
    server.say("open");
    server.say("change", '{"seq":9,"shifts":["s1","s3"],"kinds":["shift"]}');
    const left = () =>
      screen
        .getAllByRole("article")
        .map((card) => within(card).getAllByRole("link")[0]?.getAttribute("href"));
    await waitFor(() => expect(left().sort()).toEqual(["#/pass/s2", "#/pass/s3"]), { timeout: 4000 });
    expect(server.asked.filter((path) => path.startsWith(LIST)).at(-1)).toContain("ids=s1%2Cs3");
  });

  it("says that nobody is out", async () => {
    deskServer({ [LIST]: page([]) });
    open("#/ikvall");
    expect(await screen.findByText("Ingen är ute")).toBeTruthy();
  });

  it("says that it is loading, that the server cannot be reached, and tries again when asked", async () => {
    const server = deskServer({ [LIST]: "offline" });
    open("#/ikvall");
    expect(screen.getAllByText("Hämtar …").length).toBeGreaterThan(0);
    const alert = await screen.findByRole("alert");
    expect(alert.textContent).toContain("Ingen kontakt med servern");
    server.answer(LIST, page([]));
    fireEvent.click(within(alert).getByRole("button", { name: "Försök igen" }));
    expect(await screen.findByText("Ingen är ute", undefined, { timeout: 4000 })).toBeTruthy();
  });

  it("leads to the way in when the sign-in has ended", async () => {
    deskServer({ [LIST]: { status: 401, body: { type: "/problems/sign-in", status: 401 } } });
    open("#/ikvall");
    const alert = await screen.findByRole("alert");
    expect(within(alert).getByRole("link", { name: "Logga in" }).getAttribute("href")).toBe("#/logga-in");
  });

  it("says whether the line is live, and since when it is not", async () => {
    const server = deskServer({ [LIST]: page([]) });
    open("#/ikvall");
    expect(screen.getByText("kopplar …")).toBeTruthy();
    server.say("open");
    expect(await screen.findByText("kopplad · nyss")).toBeTruthy();
    server.say("error");
    expect(await screen.findByText(/tappad sedan \d\d:\d\d, visar läget då/)).toBeTruthy();
    expect(screen.getByRole("button", { name: "Koppla igen" })).toBeTruthy();
  });

  it("marks the cards themselves as old while nothing more is heard, in words once", async () => {
    const server = deskServer({ [LIST]: page([aShift()]) });
    const { container } = open("#/ikvall");
    await screen.findByRole("article");
    server.say("open");
    await screen.findByText("kopplad · nyss");
    const isOld = () => container.querySelector(".board")?.classList.contains("old");
    const words = /^Korten visar läget .*\d\d:\d\d\. Det som har hänt sedan dess syns inte\.$/;
    expect([isOld(), screen.queryByText(words)]).toEqual([false, null]);
    server.say("error");
    expect((await screen.findByText(words)).closest(".tonight-board")).toBeTruthy();
    expect(isOld()).toBe(true);
    await expectNoFaults(container);
    server.answer(LIST, "offline");
    fireEvent.click(screen.getByRole("button", { name: "Koppla igen" }));
    expect(await screen.findByText(/Läget är från/)).toBeTruthy();
    expect([isOld(), screen.queryByText(words)]).toEqual([true, null]);
    server.answer(LIST, page([aShift()]));
    server.say("open");
    await waitFor(() => expect([isOld(), screen.queryByText(words)]).toEqual([false, null]));
  });

  it("does not say that nobody is out as if it were known now", async () => {
    const server = deskServer({ [LIST]: page([]) });
    open("#/ikvall");
    await screen.findByText("Ingen är ute");
    server.say("error");
    expect(await screen.findByText(/^Korten visar läget/)).toBeTruthy();
  });
});

describe("earlier shifts", () => {
  it("are a table by date with their completeness in words", async () => {
    const done = aCompleteness({ received: 41, expected: 41, complete: true });
    const ended = aShift({ status: "ended", ended_at: at("23:30"), completeness: done });
    deskServer({ [LIST]: page([ended], 60) });
    const { container } = open("#/pass");
    const table = await screen.findByRole("table", { name: "Pass" });
    expect(within(table).getByRole("rowheader", { name: "fredag 20 nov." })).toBeTruthy();
    expect(within(table).getByText(/41 av 41 mottagna/)).toBeTruthy();
    expect(within(table).getByText("17:30–23:30")).toBeTruthy();
    expect(screen.getByRole("link", { name: "Nästa" }).getAttribute("href")).toBe("#/pass?sida=2");
    await expectNoFaults(container);
  });

  it("keep the filter in the address, and say when nothing matches", async () => {
    const server = deskServer({ [LIST]: page([]) });
    open("#/pass");
    await screen.findByText("Inga pass än");
    fireEvent.input(screen.getByLabelText("Från och med"), { target: { value: "2026-11-01" } });
    fireEvent.click(screen.getByRole("button", { name: "Visa" }));
    expect(await screen.findByText("Inga pass mellan de datumen")).toBeTruthy();
    expect(location.hash).toBe("#/pass?fran=2026-11-01");
    expect(server.asked.at(-1)).toContain("from=2026-11-01");
  });
});

describe("a shift", () => {
  const first = anObservation({ id: "o1", stated: "20:14" });

  it("that does not exist says so", async () => {
    deskServer({});
    open("#/pass/nope");
    expect((await screen.findByRole("alert")).textContent).toContain("Passet finns inte");
    expect(screen.queryByRole("button", { name: "Skriv ut" })).toBeNull();
  });

  it("without entries says so", async () => {
    deskServer({ [ONE]: log([]) });
    open("#/pass/s1");
    expect(await screen.findByText("Inget har kommit från passet än.")).toBeTruthy();
  });

  it("shows a correction over the original, with who, when and why, and the old wording", async () => {
    const revisions = [
      {
        id: "o1",
        author_id: "alva",
        stated_at: at("20:14"),
        reason: "",
        observation: content({ text: "Södra väggen" }),
      },
      { id: "r1", author_id: "alva", stated_at: at("21:02"), reason: "fel vägg", observation: content() },
    ];
    const entry = anObservation(
      { id: "o1", stated: "20:14", received: "20:20" },
      { status: "amended", revisions },
    );
    deskServer({ [ONE]: log([entry]) });
    const { container } = open("#/pass/s1");
    expect(await screen.findByText("rättad 21:02 av Alva: ”fel vägg”")).toBeTruthy();
    expect(screen.getByText("Klotter på norra väggen")).toBeTruthy();
    expect(screen.getByText("Visa tidigare lydelse")).toBeTruthy();
    expect(screen.getByText("Södra väggen")).toBeTruthy();
    expect(screen.getByText("kom 20:20")).toBeTruthy();
    expect(screen.getByText("ingen position")).toBeTruthy();
    await expectNoFaults(container);
  });

  it("strikes what was retracted, keeps it readable, and says why", async () => {
    const retracted = { id: "x", author_id: "alva", stated_at: at("21:00"), reason: "fel park" };
    deskServer({
      [ONE]: log([anObservation({ id: "o1", stated: "20:14" }, { status: "retracted", retracted })]),
    });
    open("#/pass/s1");
    expect(await screen.findByText("återtagen 21:00 av Alva: ”fel park”")).toBeTruthy();
    expect(screen.getByText("Klotter på norra väggen").closest(".struck")).toBeTruthy();
  });

  it("shows quarantined and unknown entries with words, never hides them", async () => {
    const { kind: _kind, value: _value, ...base } = first;
    deskServer({
      [ONE]: log([
        {
          ...base,
          id: "q1",
          kind: "quarantined",
          why: "target",
          type: "observation.amend",
          value: { data: { observation: { text: "Norra väggen" } } },
        },
        { ...base, id: "u1", kind: "mood", value: {} },
      ]),
    });
    open("#/pass/s1");
    expect(await screen.findByText("den post som det gäller har inte kommit än")).toBeTruthy();
    expect(screen.getByText("Norra väggen")).toBeTruthy();
    expect(screen.getByRole("button", { name: "I karantän · observation" })).toBeTruthy();
    expect(screen.getByText("Okänd sorts post: mood")).toBeTruthy();
  });

  it("tries a quarantined record again, and says what came of it", async () => {
    const { kind: _kind, value: _value, ...base } = first;
    const waiting = { ...base, id: "q1", kind: "quarantined", why: "target", type: "comment.add", value: {} };
    const answers: Record<string, { body: unknown }> = {
      [ONE]: log([waiting]),
      "/reviews/quarantined/q1/retry": { body: { why: "target" } },
    };
    deskServer(answers);
    open("#/pass/s1");
    fireEvent.click(await screen.findByRole("button", { name: "Försök igen" }));
    expect(await screen.findByText(/Den väntar fortfarande: den post som det gäller/)).toBeTruthy();
    cleanup();
    deskServer({ ...answers, "/reviews/quarantined/q1/retry": { body: { why: null } } });
    open("#/pass/s1");
    fireEvent.click(await screen.findByRole("button", { name: "Försök igen" }));
    expect(await screen.findByText("Uppgiften räknas nu.")).toBeTruthy();
  });

  it("is walked through with j and k, and a row opens to its three clocks", async () => {
    deskServer({ [ONE]: log([first, anObservation({ id: "o2", stated: "20:20" })]) });
    open("#/pass/s1");
    const rows = await screen.findAllByRole("button", { name: /^Klotter/ });
    await waitFor(() => {
      fireEvent.keyDown(document.body, { key: "j" });
      expect(document.activeElement).toBe(rows[0]);
    });
    fireEvent.keyDown(document.activeElement ?? document.body, { key: "j" });
    expect(document.activeElement).toBe(rows[1]);
    fireEvent.keyDown(document.activeElement ?? document.body, { key: "k" });
    expect(document.activeElement).toBe(rows[0]);
    fireEvent.click(rows[0] ?? document.body);
    expect(rows[0]?.getAttribute("aria-expanded")).toBe("true");
    expect(screen.getByText("Mottagen")).toBeTruthy();
  });

  it("takes in what comes, marks it new, and keeps the focus where it was", async () => {
    const server = deskServer({ [ONE]: log([first]) });
    open("#/pass/s1");
    const row = await screen.findByRole("button", { name: /^Klotter/ });
    row.focus();
    server.answer(ONE, log([anObservation({ id: "o0", stated: "20:01" }), first]));
    server.say("open");
    server.say("change", '{"seq":9,"shifts":["other"],"kinds":["observation"]}');
    server.say("change", '{"seq":10,"shifts":["s1"],"kinds":["observation"]}');
    expect(await screen.findByText("ny", undefined, { timeout: 4000 })).toBeTruthy();
    expect(document.activeElement).toBe(row);
    expect(row.isConnected).toBe(true);
    expect(server.asked.filter((path) => path === ONE)).toHaveLength(2);
    expect(screen.getByText("1 ny post")).toBeTruthy();
  });

  it("keeps what it knew when the server cannot be reached, and says from when it is", async () => {
    const server = deskServer({ [ONE]: log([first]) });
    open("#/pass/s1");
    await screen.findByText("Klotter på norra väggen");
    server.answer(ONE, "offline");
    server.say("change", '{"seq":10,"shifts":["s1"],"kinds":["observation"]}');
    expect(await screen.findByText(/Läget är från .*\d\d:\d\d/, undefined, { timeout: 4000 })).toBeTruthy();
    expect(screen.getByText("Klotter på norra väggen")).toBeTruthy();
  });

  it("is read in English too", async () => {
    await setLanguage("en");
    deskServer({ [ONE]: log([first]) });
    open("#/pass/s1");
    expect(await screen.findByRole("heading", { name: "Timeline" })).toBeTruthy();
    expect(await screen.findByRole("button", { name: /^Graffiti/ })).toBeTruthy();
  });

  it("says in words that this device cannot draw the map", async () => {
    deskServer({ [ONE]: log([first]) });
    open("#/pass/s1");
    await waitFor(() => expect(screen.getByText(/kan inte rita kartan/)).toBeTruthy(), { timeout: 4000 });
  });
});
