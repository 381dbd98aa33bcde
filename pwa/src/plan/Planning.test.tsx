import { cleanup, fireEvent, render, screen, within } from "@testing-library/preact";
import axe from "axe-core";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import Desk from "../review/Desk";
import { deskServer, REFERENCE } from "../review/desk-server";
import { at } from "../review/factory";
import { setLanguage } from "../text";
import { go } from "../ui";
import { now_ms } from "../ui/now";

const evening = (day: string, more: Record<string, unknown> = {}) => ({
  id: `s-${day}`,
  plan_id: "p1",
  day,
  starts_at: `${day}T16:30:00.000Z`,
  ends_at: `${day}T23:45:00.000Z`,
  area_id: "a1",
  hosts: ["alva", "cim"],
  status: "planned",
  is_own: false,
  version: 5,
  ...more,
});
const SERIES = {
  id: "p1",
  rule: { first: "2026-11-20", until: "2026-12-19", weekdays: [4, 5], starts: "17:30", ends: "00:45" },
  area_id: "a1",
  hosts: ["alva", "cim"],
  active: true,
  version: 5,
};
const people = ["alva", "cim", "elin"].map((id) => ({ id, name: `${id} X`, role: "host", active: true }));
const reference = {
  ...REFERENCE,
  users: people,
  areas: [{ id: "a1", name: "Centrum", geometry: null, active: true }],
};
const SHIFTS = [evening("2026-11-20"), evening("2026-11-21", { status: "cancelled", is_own: true })];
const plans = (shifts: unknown[] = SHIFTS) => ({ body: { shifts, plans: [SERIES] } });
const GONE = { status: 204, body: null };

function open(answers: Parameters<typeof deskServer>[0] = {}, hash = "#/planering") {
  const server = deskServer({
    "/reference": { body: reference },
    "/plans": plans(),
    "/calendar": { body: { created_at: null, read_at: null } },
    ...answers,
  });
  go(hash);
  return { server, ...render(<Desk />) };
}

const friday = () => screen.findByRole("button", { name: /^fredag 20 nov\. 17:30–00:45.*alva och cim/ });
const pick = (label: string, value: string) =>
  fireEvent.input(within(screen.getByRole("dialog")).getByLabelText(label), { target: { value } });
const press = (name: string) =>
  fireEvent.click(within(screen.getByRole("dialog")).getByRole("button", { name }));

beforeEach(() => {
  now_ms.value = Date.parse(at("21:45"));
  vi.stubGlobal("matchMedia", (media: string) => ({
    matches: false,
    media,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  }));
  HTMLDialogElement.prototype.showModal = function show() {
    this.open = true;
  };
});
afterEach(async () => {
  cleanup();
  vi.unstubAllGlobals();
  await setLanguage("sv");
});

it("shows the month in weeks, with what is cancelled in words, and no fault that axe finds", async () => {
  const { container, server } = open();
  expect(await friday()).toBeTruthy();
  expect(screen.getByRole("button", { name: /lördag 21 nov.*Inställt/ }).textContent).toContain("Inställt");
  expect(screen.getByRole("rowheader", { name: "v. 47" })).toBeTruthy();
  expect(server.asked).toContain("/plans?from=2026-10-26&to=2026-12-06");
  const found = await axe.run(container, { rules: { "color-contrast": { enabled: false } } });
  expect(found.violations.map(({ id }) => id)).toEqual([]);
});

it("shows the same as a list, kept in the address, and steps by month", async () => {
  open({}, "#/planering?manad=2026-11&vy=lista");
  const row = await screen.findByRole("row", { name: /fredag 20 nov/ });
  expect(row.textContent).toContain("17:30–00:45Centrumalva och cimPlanerat");
  expect(screen.getByRole("link", { name: /^Månaden efter/ }).getAttribute("href")).toBe(
    "#/planering?manad=2026-12&vy=lista",
  );
});

it("changes one evening, based on what was seen", async () => {
  const { server } = open({ "PUT /planned/s-2026-11-20": GONE });
  fireEvent.click(await friday());
  pick("Börjar", "19:00");
  press("Spara");
  await vi.waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  expect(server.sent).toEqual([
    {
      method: "PUT",
      path: "/planned/s-2026-11-20",
      body: {
        based_on: 5,
        starts: "19:00",
        ends: "00:45",
        area_id: "a1",
        hosts: ["alva", "cim"],
        cancelled: false,
      },
    },
  ]);
});

it("tells what somebody else chose beside what one types", async () => {
  const current = evening("2026-11-20", { starts_at: "2026-11-20T17:00:00.000Z", version: 9 });
  const clash = { status: 409, body: { type: "/problems/changed", status: 409, current } };
  const { server } = open({ "PUT /planned/s-2026-11-20": clash });
  fireEvent.click(await friday());
  pick("Börjar", "19:00");
  press("Spara");
  expect(await screen.findByText("Någon annan har nyss valt: 18:00")).toBeTruthy();
  expect(screen.getByLabelText<HTMLInputElement>("Börjar").value).toBe("19:00");
  server.answer("PUT /planned/s-2026-11-20", GONE);
  press("Spara");
  await vi.waitFor(() => expect(server.sent.at(-1)?.body).toMatchObject({ based_on: 9, starts: "19:00" }));
});

it.each(["evening", "series"])(
  "keeps what one types in an %s that another takes away, and says so",
  async (of) => {
    const { server, container } = open();
    fireEvent.click(await friday());
    if (of === "series") press("Ändra hela serien");
    pick("Börjar", "19:00");
    server.answer("/plans", { body: { shifts: [SHIFTS[1]], plans: [] } });
    server.say("change", JSON.stringify({ seq: 8, shifts: [], kinds: ["plan"] }));
    expect(await screen.findByText(/^Någon annan har tagit bort .* planera (en|ett) ny/)).toBeTruthy();
    expect(screen.getByLabelText<HTMLInputElement>("Börjar").value).toBe("19:00");
    expect(within(screen.getByRole("dialog")).queryByRole("button", { name: "Spara" })).toBeNull();
    fireEvent.submit(screen.getByLabelText("Börjar").closest("form") ?? document);
    expect(server.sent).toEqual([]);
    const found = await axe.run(container, { rules: { "color-contrast": { enabled: false } } });
    expect(found.violations.map(({ id }) => id)).toEqual([]);
  },
);

it("plans every Friday until a day", async () => {
  const { server } = open();
  await friday();
  fireEvent.click(screen.getByRole("button", { name: "Planera pass" }));
  fireEvent.click(within(screen.getByRole("dialog")).getByLabelText("Fredag"));
  pick("Från och med", "2026-11-27");
  pick("Till och med", "2026-12-18");
  fireEvent.click(within(screen.getByRole("dialog")).getByLabelText("elin X"));
  fireEvent.submit(screen.getByRole("button", { name: "Planera" }).closest("form") ?? document);
  await vi.waitFor(() => expect(server.sent).toHaveLength(1));
  expect(server.sent[0]).toMatchObject({
    method: "PUT",
    body: {
      based_on: null,
      rule: { first: "2026-11-27", until: "2026-12-18", weekdays: [4], starts: "17:30", ends: "01:00" },
      hosts: ["elin"],
      active: true,
    },
  });
});

it("says which field the server could not take", async () => {
  const wrong = { type: "/problems/invalid", status: 422, errors: [{ pointer: "/hosts", code: "unknown" }] };
  open({ "PUT /planned/s-2026-11-20": { status: 422, body: wrong } });
  fireEvent.click(await friday());
  press("Spara");
  expect((await screen.findByRole("alert")).textContent).toContain("Välj minst en värd.");
});

it("shows the calendar's address once", async () => {
  const { server } = open({
    "POST /calendar": { status: 201, body: { path: "/api/v1/calendars/hemlig.ics" } },
  });
  server.answer("/calendar", { body: { created_at: null, read_at: null } });
  fireEvent.click(await screen.findByRole("button", { name: "Skapa en adress" }));
  expect((await screen.findByText(/calendars\/hemlig\.ics$/)).textContent).toMatch(/^http/);
  expect(screen.getByText(/Adressen visas bara nu/)).toBeTruthy();
});

it("says when nothing is planned", async () => {
  open({ "/plans": plans([]) });
  expect(await screen.findByText("Inga planerade pass i november 2026.")).toBeTruthy();
});

it("shows what it has when the line breaks", async () => {
  const { server } = open();
  await friday();
  server.answer("/plans", "offline");
  await vi.waitFor(
    () => {
      server.say("change", JSON.stringify({ seq: 8, shifts: [], kinds: ["plan"] }));
      expect(screen.getByRole("button", { name: "Försök igen" })).toBeTruthy();
    },
    { timeout: 4_000, interval: 200 },
  );
  expect(await friday()).toBeTruthy();
});

it.each(["never", "offline"] as const)("says how it stands when the server is %s", async (answer) => {
  open({ "/plans": answer });
  const words = answer === "never" ? /Hämtar/ : /Ingen kontakt med servern/;
  expect((await screen.findAllByText(words)).length).toBeGreaterThan(0);
});
