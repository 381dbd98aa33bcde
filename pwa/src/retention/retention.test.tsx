import { cleanup, fireEvent, render, screen, within } from "@testing-library/preact";
import axe from "axe-core";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { deskServer } from "../review/desk-server";
import { me } from "../store/state";
import { setLanguage } from "../text";
import { now_ms } from "../ui/now";
import RetentionPage from "./RetentionPage";
import ShiftHold from "./ShiftHold";

const AT = "/retention";
const RUNS = "/retention/runs";
const SHIFT = "/retention/holds/s1";
const author = { id: "arne", name: "Arne Berg" };
const decision = (more: object = {}) => ({
  months: 24,
  reference: "KS 2026/7",
  author,
  stated_at: "2026-11-01T09:00:00.000Z",
  in_force_at: "2026-11-08T09:00:00.000Z",
  version: 7,
  ...more,
});
const rule = (cls: string, told: object | null = null) => ({
  cls,
  months_min: cls === "account" ? 1 : 3,
  months_max: 240,
  decision: told,
});
const HOLD = {
  shift_id: "s1",
  shift_date: "2024-05-01",
  author,
  stated_at: "2026-11-01T09:00:00.000Z",
  reason: "Polisanmälan.",
  version: 9,
};
const RULES = [rule("shift", decision()), rule("plan"), rule("account"), rule("reading")];
const page = (more: object = {}) => ({
  body: { rules: RULES, holds: [HOLD], runs_at: [7, 12], ...more },
});
const RUN = {
  id: "r1",
  cls: "shift",
  before: "2024-11-20",
  at: "2026-11-20T08:00:00.000Z",
  months: 24,
  things: 12,
  ops: 341,
  photos: 8,
  kept: { held: 1, followup: 2, "of-a-later-server": 3 },
  author: null,
  reference: "KS 2026/7",
};
const runs = (...items: object[]) => ({ body: { items, total: items.length, page: 1, limit: 50 } });
const problem = (status: number, code: string, more: object = {}) => ({
  status,
  body: { type: `/problems/${code}`, status, title: "", errors: [], ...more },
});
const person = (role: string) => ({ id: "arne", username: "arne", name: "Arne Berg", role, language: null });
const region = (name: string) => within(screen.getByRole("region", { name }));

beforeEach(() => {
  now_ms.value = Date.parse("2026-11-20T21:00:00.000Z");
  me.value = person("archivist") as unknown as typeof me.value;
});
afterEach(async () => {
  cleanup();
  vi.unstubAllGlobals();
  me.value = null;
  await setLanguage("sv");
});

it("tells what is decided, what is held back and what was erased", async () => {
  deskServer({ [AT]: page(), [RUNS]: runs(RUN) });
  const { container } = render(<RetentionPage />);
  await screen.findByText("Gallras när det är 24 månader gammalt.");
  expect(region("Pass").getByText(/Beslut: KS 2026\/7\. Arne Berg, 2026-11-01 10:00\./)).toBeTruthy();
  expect(region("Planering").getByText("Inget beslut: ingenting gallras.")).toBeTruthy();
  expect(region("Pass som hålls kvar").getByText("Passet 2024-05-01")).toBeTruthy();
  const line = within(await screen.findByRole("row", { name: /2026-11-20 09:00/ }));
  expect(line.getByText("12 pass, 341 rader i journalen och 8 foton")).toBeTruthy();
  expect(line.getByText("1 hålls kvar och 2 med öppen uppföljning")).toBeTruthy();
  expect(line.getByText("Av sig själv")).toBeTruthy();
  const found = await axe.run(container, { rules: { "color-contrast": { enabled: false } } });
  expect(found.violations.map(({ id }) => id)).toEqual([]);
});

it("offers a supervisor to read and to hold back, and nothing to decide", async () => {
  me.value = person("supervisor") as unknown as typeof me.value;
  deskServer({ [AT]: page(), [RUNS]: runs() });
  render(<RetentionPage />);
  await screen.findByText("Gallras när det är 24 månader gammalt.");
  expect(screen.queryByRole("button", { name: /Besluta|Ändra beslutet|Gallra nu/ })).toBeNull();
  expect(screen.getByRole("button", { name: "Häv: Passet 2024-05-01" })).toBeTruthy();
  expect(await screen.findByText("Inget har gallrats än.")).toBeTruthy();
});

it("does not decide on what somebody else has decided meanwhile, and shows that", async () => {
  const server = deskServer({
    [AT]: page(),
    [RUNS]: runs(),
    "/retention/rules/shift": problem(409, "changed", {
      current: rule("shift", decision({ months: 36, version: 8 })),
    }),
  });
  render(<RetentionPage />);
  fireEvent.click(await screen.findByRole("button", { name: "Ändra beslutet om gallring: Pass" }));
  const sheet = within(screen.getByRole("dialog"));
  fireEvent.input(sheet.getByRole("textbox", { name: "Månader" }), { target: { value: "2" } });
  fireEvent.click(sheet.getByRole("button", { name: "Spara beslutet" }));
  expect(await sheet.findByText(/minst 3, högst 240/)).toBeTruthy();
  fireEvent.input(sheet.getByRole("textbox", { name: "Månader" }), { target: { value: "12" } });
  fireEvent.click(sheet.getByRole("button", { name: "Spara beslutet" }));
  expect(await sheet.findByText(/36/)).toBeTruthy();
  expect(server.said("/retention/rules/shift")).toEqual([
    { based_on: 7, months: 12, reference: "KS 2026/7" },
  ]);
});

it("carries out only after a second word, and says what did not work", async () => {
  const server = deskServer({ [AT]: page(), [RUNS]: runs() });
  render(<RetentionPage />);
  fireEvent.click(await screen.findByRole("button", { name: "Gallra nu: Pass" }));
  expect(server.said(RUNS)).toEqual([]);
  server.answer(RUNS, { status: 500, body: {} });
  fireEvent.click(screen.getByRole("button", { name: "Gallra" }));
  expect(await screen.findByText("Det gick inte. Försök igen.")).toBeTruthy();
  expect(server.said(RUNS)).toEqual([{ cls: "shift", based_on: 7 }]);
});

it("goes on until all is done, and says how far it is", async () => {
  const server = deskServer({ [AT]: page(), [RUNS]: runs() });
  server.answer(`POST ${RUNS}`, { body: { run: "r1", things: 40, more: true } });
  const real = fetch;
  let asked = 0;
  vi.stubGlobal("fetch", async (...given: Parameters<typeof fetch>) => {
    if (given[1]?.method === "POST" && ++asked === 2) {
      await screen.findByText("40 gallrade hittills …");
      server.answer(`POST ${RUNS}`, { body: { run: "r2", things: 3, more: false } });
    }
    return real(...given);
  });
  render(<RetentionPage />);
  fireEvent.click(await screen.findByRole("button", { name: "Gallra nu: Pass" }));
  fireEvent.click(screen.getByRole("button", { name: "Gallra" }));
  expect(await screen.findByText("Gallrat. Det står i protokollet.")).toBeTruthy();
  expect(asked).toBe(2);
});

it("offers nothing to carry out before a decision is in force", async () => {
  const waits = rule("shift", decision({ in_force_at: "2026-11-27T09:00:00.000Z" }));
  deskServer({ [AT]: page({ rules: [waits] }), [RUNS]: runs() });
  render(<RetentionPage />);
  expect(await screen.findByText(/Börjar gälla 2026-11-27 10:00/)).toBeTruthy();
  expect(screen.queryByRole("button", { name: "Gallra nu: Pass" })).toBeNull();
});

it("counts what would go when that is asked for, and says when it cannot", async () => {
  const server = deskServer({ [AT]: page(), [RUNS]: runs(), "/retention/preview": problem(500, "internal") });
  render(<RetentionPage />);
  const ask = await screen.findByRole("button", { name: "Vad skulle gallras nu? Pass" });
  fireEvent.click(ask);
  expect(await screen.findByText("Det gick inte att räkna.")).toBeTruthy();
  server.answer("/retention/preview", {
    body: { ...RUN, before: "2024-11-20", days: ["2024-01-02", "2024-02-03"] },
  });
  fireEvent.click(ask);
  expect(await screen.findByText(/Från 2024-01-02 till 2024-02-03/)).toBeTruthy();
});

it("holds a shift back with a reason, and keeps the words when that did not work", async () => {
  const server = deskServer({ [SHIFT]: { body: { hold: null, version: null } } });
  render(<ShiftHold shift="s1" />);
  fireEvent.click(await screen.findByRole("button", { name: "Håll kvar …" }));
  const sheet = within(screen.getByRole("dialog"));
  const reason = sheet.getByRole<HTMLTextAreaElement>("textbox", { name: "Skäl" });
  fireEvent.input(reason, { target: { value: "Begärt ut" } });
  server.answer(SHIFT, problem(403, "forbidden"));
  fireEvent.click(sheet.getByRole("button", { name: "Håll kvar" }));
  expect(await sheet.findByText("Din roll får inte ändra detta.")).toBeTruthy();
  expect(reason.value).toBe("Begärt ut");
  server.answer(SHIFT, { body: { hold: { ...HOLD, reason: "Begärt ut" }, version: 9 } });
  fireEvent.click(sheet.getByRole("button", { name: "Håll kvar" }));
  expect(await screen.findByText("Passet hålls kvar och gallras inte.")).toBeTruthy();
  expect(server.said(SHIFT).at(-1)).toEqual({ based_on: null, active: true, reason: "Begärt ut" });
});

it("speaks English", async () => {
  await setLanguage("en");
  deskServer({ [AT]: page(), [RUNS]: runs() });
  render(<RetentionPage />);
  expect(await screen.findByText("Erased when it is 24 months old.")).toBeTruthy();
});
