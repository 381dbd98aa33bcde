import { cleanup, fireEvent, render, screen, waitFor, within } from "@testing-library/preact";
import axe from "axe-core";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { drafts } from "../outbox";
import Desk from "../review/Desk";
import { deskServer } from "../review/desk-server";
import { me } from "../store/state";
import { setLanguage } from "../text";
import { go } from "../ui";
import { now_ms } from "../ui/now";
import { arrived, confirmed, decision, handOut, isMasked, press, ready, type, word } from "./acts";
import {
  CORRECTED,
  DRAFT,
  drafted,
  head,
  ID,
  MADE,
  made,
  NUMBER,
  ONE,
  OTHER,
  posted,
  serverOf,
  slowServer,
  version,
} from "./factory";

const MAKE = "#/utlamnanden/ny?ord=klotter";

function open(hash: string) {
  go(hash);
  return render(<Desk />);
}

async function expectNoFaults(node: Element) {
  const found = await axe.run(node, { rules: { "color-contrast": { enabled: false } } });
  expect(found.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
}

async function begin() {
  const server = serverOf();
  open(MAKE);
  await word("Ring");
  return server;
}

let person = 0;

beforeEach(() => {
  now_ms.value = Date.parse("2026-11-23T08:00:00Z");
  // A draft that a test leaves in the browser is nobody else's.
  me.value = { id: `bo-${person++}`, username: "bo", name: "Bo", role: "supervisor" };
});
afterEach(async () => {
  cleanup();
  await waitFor(() => expect(document.querySelector("dialog")).toBeNull());
  drafts.value = [];
  vi.unstubAllGlobals();
  await setLanguage("sv");
});

describe("the register", () => {
  it("lists what was handed out, and flags in words what was corrected since", async () => {
    const items = [head(), head({ id: "d2", number: 2, to: "public", recipient: null, corrected: 0 })];
    const server = deskServer({ "/disclosures": { body: { items, total: 51 } } });
    const { container } = open("#/utlamnanden");
    const link = await screen.findByRole("link", { name: "Utlämnande 2026:3" });
    expect(link.getAttribute("href")).toBe("#/utlamnanden/d1");
    const row = link.closest("tr")?.textContent;
    for (const words of ["nov. 2026", "Polisområde Blekinge", "2 poster", "1 post rättad sedan dess"])
      expect(row).toContain(words);
    const other = screen.getByRole("link", { name: "Utlämnande 2026:2" }).closest("tr")?.textContent;
    expect(other).toContain("Allmänhet eller press");
    expect(other).toContain("Inget rättat sedan dess");
    expect(screen.getByText("2 av 51 visas.")).toBeTruthy();
    await expectNoFaults(container);
    press("Visa fler");
    await waitFor(() => expect(server.asked).toContain("/disclosures?limit=50&page=2"));
  });

  it("says what it is when it is empty, and when it cannot be reached", async () => {
    const server = deskServer({ "/disclosures": "offline" });
    open("#/utlamnanden");
    const alert = await screen.findByRole("alert");
    server.answer("/disclosures", { body: { items: [], total: 0 } });
    press("Försök igen", within(alert));
    expect(await screen.findByText("Inget har lämnats ut än")).toBeTruthy();
    const [link] = screen.getAllByRole("link", { name: "Till sökningen" });
    expect(link?.getAttribute("href")).toBe("#/sok");
  });
});

describe("one disclosure", () => {
  it("shows boxes in place of what was covered, what it was, and how its correction is handed out", async () => {
    deskServer({ "/disclosures/d1": { body: MADE } });
    const { container } = open("#/utlamnanden/d1");
    const text = await screen.findByText("övertäckt");
    expect(text.closest("p")?.textContent).toBe("Ring övertäckt nu");
    expect(screen.getByRole("heading", { level: 1 }).textContent).toBe("Utlämnande 2026:3");
    expect(screen.getByText("Posten är nu skyddad och visas inte.")).toBeTruthy();
    expect(screen.getByText("Posten är gallrad.")).toBeTruthy();
    expect(screen.getByText(/^56° 03,000/)).toBeTruthy();
    expect(screen.getByText("Rättad sedan dess: 1 post")).toBeTruthy();
    const again = screen.getByRole("link", { name: "Lämna ut rättelsen" });
    expect(again.getAttribute("href")).toBe(`#/utlamnanden/ny?ids=${ID}`);
    const shift = screen.getByRole("link", { name: "Till passet" });
    expect(shift.getAttribute("href")).toBe(`#/pass/s1?post=${ID}`);
    await expectNoFaults(container);
  });

  it("asks for the extract in the language of the app", async () => {
    const server = deskServer({ "/disclosures/d1": { body: MADE } });
    open("#/utlamnanden/d1");
    await screen.findByText("övertäckt");
    await setLanguage("en");
    press("PDF");
    await waitFor(() => expect(server.asked).toContain("/disclosures/d1/extract.pdf?language=en"));
  });

  it("leads an archivist to no shift, and says of one that is none what is missing", async () => {
    me.value = { id: "ada", username: "ada", name: "Ada", role: "archivist" };
    deskServer({ "/disclosures/d1": { body: MADE } });
    open("#/utlamnanden/d1");
    await screen.findByText("övertäckt");
    expect(screen.queryByRole("link", { name: "Till passet" })).toBeNull();
    cleanup();
    open("#/utlamnanden/d9");
    expect((await screen.findByRole("alert")).textContent).toContain("Utlämnandet finns inte");
  });
});

describe("a new disclosure", () => {
  it("covers what was found from the start, and sends what is covered in the end", async () => {
    const server = serverOf();
    const { container } = open(MAKE);
    expect(await isMasked("0701234567")).toBe(true);
    expect(await isMasked("Ring")).toBe(false);
    for (const name of ["😀", "Ring", "Ring"]) fireEvent.click(await word(name));
    expect(screen.getByText("2 poster, 2 ord övertäckta")).toBeTruthy();
    await expectNoFaults(container);
    await handOut();
    await arrived(server);
    expect(server.said(DRAFT)).toEqual([{ text: "klotter" }]);
    expect(server.asked.join()).not.toContain("klotter");
    expect(posted(server)).toEqual([
      {
        id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        to: "police",
        recipient: null,
        reference: null,
        decision: "Lämnas ut i sin helhet.",
        positions: true,
        records: [
          { id: ID, versions: [{ id: "v1", masked: { text: [[0, 1], NUMBER] } }] },
          { id: OTHER, versions: [{ id: "w2", masked: {} }] },
        ],
      },
    ]);
    await waitFor(() => expect(drafts.value).toEqual([]));
  });

  it("covers and shows a whole field, moves between words by the arrows, and hides what its reader may not see", async () => {
    const hidden = { ...ONE, id: OTHER, versions: [version("h1", "", [], { hidden: true, fields: {} })] };
    const server = serverOf({ [DRAFT]: drafted([ONE, hidden]) });
    open(MAKE);
    const first = await word("😀");
    expect([first.tabIndex, (await word("nu")).tabIndex]).toEqual([0, -1]);
    first.focus();
    fireEvent.keyDown(first, { key: "ArrowRight" });
    expect(document.activeElement).toBe(await word("Ring"));
    expect((await word("Ring")).tabIndex).toBe(0);
    press("Visa allt: Text");
    expect(await isMasked("0701234567")).toBe(false);
    press("Täck allt: Text");
    expect(screen.getByText("2 poster, 4 ord övertäckta")).toBeTruthy();
    expect(screen.getByText("Orden är dolda för dig och täcks helt.")).toBeTruthy();
    await handOut();
    await waitFor(() => expect(posted(server)).toHaveLength(1));
    expect(posted(server)[0]?.records.map(({ versions }) => versions)).toEqual([
      [{ id: "v1", masked: { text: [[0, 20]] } }],
      [{ id: "h1", masked: {} }],
    ]);
  });

  it("leaves a record out, and takes earlier wordings along only when asked", async () => {
    const server = await begin();
    expect(screen.queryByRole("button", { name: "Fel" })).toBeNull();
    fireEvent.click(screen.getByLabelText("Ta med tidigare lydelser"));
    fireEvent.click(await word("Fel"));
    fireEvent.click(screen.getAllByLabelText(/20 nov/)[0] as HTMLElement);
    expect(screen.getByText("Lämnas inte ut.")).toBeTruthy();
    ready();
    await confirmed();
    await waitFor(() => expect(posted(server)).toHaveLength(1));
    expect(posted(server)[0]?.records).toEqual([
      {
        id: OTHER,
        versions: [
          { id: "w1", masked: { text: [[0, 3]] } },
          { id: "w2", masked: {} },
        ],
      },
    ]);
  });

  it("offers no earlier wordings where there are none, and asks by ids for a correction", async () => {
    const server = serverOf({ [DRAFT]: drafted([ONE], true) });
    open(`#/utlamnanden/ny?ids=${ID},${OTHER},x`);
    await word("Ring");
    expect(screen.queryByLabelText("Ta med tidigare lydelser")).toBeNull();
    expect(server.said(DRAFT)).toEqual([{ ids: [ID, OTHER] }]);
    expect(
      screen.getByText("Det finns fler. Den nyaste är med. Välj kortare tid eller fler filter för resten."),
    ).toBeTruthy();
  });

  it("gives exact positions to the police alone, unless its maker says otherwise", async () => {
    await begin();
    const positions = () => screen.getByLabelText("Ta med exakta lägen") as HTMLInputElement;
    const seen = [positions().checked];
    for (const label of ["Polisen", "Annan myndighet", "Ta med exakta lägen", "Den det gäller"]) {
      fireEvent.click(screen.getByLabelText(label));
      seen.push(positions().checked);
    }
    expect(seen).toEqual([false, true, false, true, true]);
  });

  it("asks nothing of the public, and sends nobody that was typed before", async () => {
    const server = await begin();
    type("Mottagare", "Tidningen");
    fireEvent.click(screen.getByLabelText("Allmänhet eller press"));
    expect(screen.queryByLabelText("Mottagare")).toBeNull();
    expect(screen.getByText(/får vara anonym/)).toBeTruthy();
    await handOut("");
    await waitFor(() => expect(posted(server)).toHaveLength(1));
    expect(posted(server)[0]).toMatchObject({ to: "public", recipient: null, positions: false });
  });

  it("asks for what is missing before anything is sent", async () => {
    const server = await begin();
    for (const box of screen.getAllByLabelText(/20 nov/)) fireEvent.click(box);
    press("Lämna ut");
    const words = (await screen.findAllByRole("alert")).map(({ textContent }) => textContent);
    expect(words).toContain("Det saknas: vem det lämnas till, ett beslut och minst en post.");
    expect(words).toContain("Skriv beslutet.");
    fireEvent.click(screen.getAllByLabelText(/20 nov/)[0] as HTMLElement);
    ready();
    expect(screen.queryByRole("dialog")).toBeNull();
    expect(posted(server)).toEqual([]);
  });

  it("asks about a number of a person in the decision, and once more before it goes", async () => {
    const server = await begin();
    ready("Gäller 18900101-9802");
    press("Lämna ut");
    const sheet = await screen.findByRole("dialog");
    press(/^Ta bort 18900101-9802/, within(sheet));
    expect(decision().value).toBe("Gäller ");
    const question = await screen.findByRole("dialog", { name: "Utlämnandet kan inte ändras efteråt" });
    expect(question.textContent).toContain("Till: Polisen. 2 poster, 1 ord övertäckt.");
    press("Avbryt", within(question));
    expect(screen.queryByRole("dialog")).toBeNull();
    expect(posted(server)).toEqual([]);
  });

  it("does not fetch back whoever has gone elsewhere while it was sent", async () => {
    const { server, release } = slowServer();
    open(MAKE);
    await handOut();
    go("#/sok");
    await screen.findByRole("searchbox");
    release();
    await waitFor(() => expect(posted(server)).toHaveLength(1));
    await waitFor(() => expect(drafts.value).toEqual([]));
    expect(location.hash).toBe("#/sok");
  });

  it("says that what was typed while it was sent is not handed out, and keeps it", async () => {
    const { server, release } = slowServer();
    open(MAKE);
    await handOut();
    await screen.findByRole("button", { name: "Lämnar ut …" });
    type("Beslut", "Lämnas ut, utom namnen.");
    release();
    expect((await screen.findByText(/Ett tidigare försök kom fram/)).textContent).toContain("inte utlämnade");
    const way = screen.getByRole("link", { name: "Visa det som lämnades ut" });
    expect(way.getAttribute("href")).toBe(`#/utlamnanden/${posted(server)[0]?.id}`);
    expect(decision().value).toBe("Lämnas ut, utom namnen.");
    expect(location.hash).toBe(MAKE);
    expect(drafts.value).toHaveLength(1);
  });

  it("keeps all of it and its id when the server cannot be reached, also over a reload", async () => {
    const server = serverOf({ "POST /disclosures": "offline" });
    const { unmount } = open(MAKE);
    fireEvent.click(await word("nu"));
    await handOut();
    expect((await screen.findByText(/Ingen kontakt med servern/)).textContent).toContain("ligger kvar");
    expect(decision().value).toBe("Lämnas ut i sin helhet.");
    unmount();
    await waitFor(() => expect(drafts.value.map(({ form }) => form)).toEqual(["desk"]));
    expect(drafts.value[0]?.id).not.toContain("klotter");
    open(MAKE);
    expect(await isMasked("nu")).toBe(true);
    server.answer("POST /disclosures", made);
    await handOut("");
    await arrived(server);
    const [first, second] = posted(server);
    expect(second).toEqual(first);
  });

  it("says that an earlier try got through as it was, and leads to it", async () => {
    const body = { type: "/problems/conflict", status: 409 };
    const server = serverOf({ "POST /disclosures": { status: 409, body } });
    open(MAKE);
    await handOut();
    expect((await screen.findByText(/Ett tidigare försök kom fram/)).textContent).toContain("inte utlämnade");
    const way = screen.getByRole("link", { name: "Visa det som lämnades ut" });
    expect(way.getAttribute("href")).toBe(`#/utlamnanden/${posted(server)[0]?.id}`);
  });

  it.each([
    [409, "newer", [], /har rättats medan du skrev/],
    [422, "invalid", [{ pointer: "/records/1/id", code: "not-disclosable" }], /har blivit skyddad/],
  ])(
    "keeps what was typed and covered at a %d, and fetches it again",
    async (status, code, errors, words) => {
      const body = { type: `/problems/${code}`, status, errors };
      const server = serverOf({ "POST /disclosures": { status, body } });
      open(MAKE);
      fireEvent.click(await word("nu"));
      await handOut();
      expect((await screen.findByText(words)).textContent).toContain("Inget är utlämnat");
      const third = version("w3", "Samma park 0701234567", [[11, 21]]);
      server.answer(DRAFT, drafted([ONE, { ...CORRECTED, versions: [...CORRECTED.versions, third] }]));
      server.answer("POST /disclosures", made);
      press("Hämta igen");
      expect(await screen.findByText(/läs igenom/)).toBeTruthy();
      expect(await isMasked("nu")).toBe(true);
      expect(decision().value).toBe("Lämnas ut i sin helhet.");
      await confirmed();
      await arrived(server);
      expect(posted(server)[1]?.records).toEqual([
        { id: ID, versions: [{ id: "v1", masked: { text: [[7, 20]] } }] },
        { id: OTHER, versions: [{ id: "w3", masked: { text: [[11, 21]] } }] },
      ]);
    },
  );

  it("says why nothing is looked for, by itself and as the server says it", async () => {
    const server = serverOf();
    open("#/utlamnanden/ny?ord=18900101-9802");
    expect((await screen.findByRole("alert")).textContent).toContain("ett personnummer");
    expect(server.said(DRAFT)).toEqual([]);
    cleanup();
    server.answer(DRAFT, { status: 422, body: { type: "/problems/find-person", kinds: ["name"] } });
    open(MAKE);
    expect((await screen.findByRole("alert")).textContent).toContain("ett namn");
    cleanup();
    server.answer(DRAFT, drafted([]));
    open("#/utlamnanden/ny");
    expect(await screen.findByText("Inga poster att lämna ut")).toBeTruthy();
  });
});

describe("the way there", () => {
  it.each([
    ["supervisor", true],
    ["admin", true],
    ["archivist", true],
    ["dataprotection", true],
    ["analyst", false],
  ])("is on the page of the search for %s: %s", async (role, may) => {
    me.value = { id: "x", username: "x", name: "X", role };
    const found = { items: [], next: null, count: 0, count_max: 1000 };
    deskServer({ "/find": { body: found }, "/find/saved": { body: [] } });
    open("#/sok?ord=klotter&som=map");
    await screen.findByRole("searchbox");
    expect(screen.queryByRole("link", { name: "Lämna ut …" })?.getAttribute("href")).toBe(
      may ? MAKE : undefined,
    );
    expect(screen.queryByRole("link", { name: "Utlämnanden" }) !== null).toBe(may);
    cleanup();
    open("#/utlamnanden");
    const title = await screen.findByRole("heading", { level: 1 });
    expect(title.textContent).toContain(may ? "Utlämnanden" : "Vecka");
  });
});
