import { cleanup, render, screen, waitFor, within } from "@testing-library/preact";
import axe from "axe-core";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { bases } from "../map/bases";
import { go } from "../ui";
import { now_ms } from "../ui/now";
import Desk from "./Desk";
import { deskServer, page } from "./desk-server";
import { aShift, at } from "./factory";

const WORDS = "Hot mot personal – att anmäla";
const aLine = (over = {}) => ({
  kind: "staff_threat",
  subject: "o1",
  at: at("21:30"),
  shift_id: "s1",
  observation_id: "o1",
  about: { category: "X1", place_id: null },
  dismissed: null,
  ...over,
});
const missing = (...lines: unknown[]) => ({ body: { lines } });
const DISMISSED = { author_id: "bo", stated_at: at("21:40"), reason: "Anmäld" };

beforeEach(() => {
  localStorage.clear();
  bases.value = [];
  now_ms.value = Date.parse(at("21:45"));
  go("#/ikvall");
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const hrefs = (within_: HTMLElement) =>
  within(within_)
    .getAllByRole("link", { name: /^Hot mot personal|rapporter om hot/ })
    .map((link) => link.getAttribute("href"));

describe("a threat against staff on the board", () => {
  it("is marked on the card of its shift, in words beside an icon, and leads to the record", async () => {
    const other = aShift({ id: "s2", crew: [{ id: "elin", name: "Elin", left_at: null }] });
    deskServer({ "/reviews/shifts": page([aShift(), other]), "/missing": missing(aLine()) });
    const { container } = render(<Desk />);
    const link = await screen.findByRole("link", { name: WORDS });
    const card = link.closest("article");
    expect(card?.textContent).toContain("Alva och Cim");
    expect(link.getAttribute("href")).toBe("#/pass/s1?post=o1");
    expect(link.querySelector(".icon svg")).toBeTruthy();
    const found = await axe.run(container, { rules: { "color-contrast": { enabled: false } } });
    expect(found.violations.map(({ id }) => id)).toEqual([]);
  });

  it("stands beside the cards when its shift is no longer out", async () => {
    deskServer({ "/reviews/shifts": page([]), "/missing": missing(aLine({ shift_id: null }), aLine()) });
    render(<Desk />);
    await screen.findByText("Ingen är ute");
    await waitFor(() => expect(hrefs(document.body)).toEqual(["#/saknas", "#/pass/s1?post=o1"]));
    expect(screen.getAllByText("21:30")).toHaveLength(2);
  });

  it("is one mark with their number where a shift has several", async () => {
    const lines = [aLine(), aLine({ subject: "o2", observation_id: "o2" })];
    deskServer({ "/reviews/shifts": page([aShift()]), "/missing": missing(...lines) });
    render(<Desk />);
    const link = await screen.findByRole("link", { name: "2 rapporter om hot mot personal – att anmäla" });
    expect(link.getAttribute("href")).toBe("#/saknas");
  });

  it("goes when somebody follows it up, and is not there for what was dismissed or for other lines", async () => {
    const others = [
      aLine({ subject: "o3", dismissed: DISMISSED }),
      aLine({ kind: "shift_open", subject: "s1", observation_id: null }),
    ];
    const server = deskServer({
      "/reviews/shifts": page([aShift()]),
      "/missing": missing(aLine(), ...others),
    });
    render(<Desk />);
    await screen.findByRole("link", { name: WORDS });
    server.answer("/missing", missing(...others));
    server.say("open");
    server.say("change", '{"seq":9,"shifts":["s1"],"kinds":["followup"]}');
    await waitFor(() => expect(screen.queryByRole("link", { name: WORDS })).toBeNull(), { timeout: 4000 });
  });
});
