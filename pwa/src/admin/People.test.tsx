import { cleanup, fireEvent, render, screen, within } from "@testing-library/preact";
import axe from "axe-core";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import Desk from "../review/Desk";
import { deskServer } from "../review/desk-server";
import { at } from "../review/factory";
import { me } from "../store/state";
import { setLanguage } from "../text";
import { go } from "../ui";
import { now_ms } from "../ui/now";

const alva = (more: Record<string, unknown> = {}) => ({
  id: "a1",
  username: "alva",
  name: "Alva Ek",
  role: "host",
  active: true,
  version: 4,
  has_password: true,
  invited_until: null,
  contact: { email: null, mobile: null, version: null },
  ...more,
});
const people = (...found: unknown[]) => ({ body: { people: found } });
const PHONE = {
  id: "d1",
  label: "Alvas telefon",
  people: ["Alva Ek"],
  created_at: at("12:00"),
  signed_in_at: at("17:00"),
  revoked_at: null,
  revoked_by: null,
};
const GONE = { status: 204, body: null };

function open(answers: Parameters<typeof deskServer>[0] = {}, role = "admin") {
  me.value = { id: "u", username: "disa", name: "Disa", role };
  const server = deskServer({
    "/people": people(alva()),
    "/phones": { body: { phones: [PHONE] } },
    ...answers,
  });
  go("#/installningar/personer");
  return { server, ...render(<Desk />) };
}

const edit = async () => {
  fireEvent.click(await screen.findByRole("button", { name: "Ändra Alva Ek" }));
  return screen.findByRole("dialog");
};
const type = (label: string, value: string, inside = screen.getByRole("dialog")) =>
  fireEvent.input(within(inside).getByLabelText(label), { target: { value } });
const press = (name: string) => fireEvent.click(screen.getByRole("button", { name }));

beforeEach(() => {
  now_ms.value = Date.parse(at("21:45"));
  HTMLDialogElement.prototype.showModal = function show() {
    this.open = true;
  };
});
afterEach(async () => {
  cleanup();
  me.value = null;
  vi.unstubAllGlobals();
  await setLanguage("sv");
});

it("lists everybody with role and state, without a fault that axe finds", async () => {
  const invited = alva({ id: "n", name: "Nils", has_password: false, invited_until: "2026-11-27T20:00:00Z" });
  const { container } = open({
    "/people": people(alva(), invited, alva({ id: "o", name: "Olle", active: false })),
  });
  expect((await screen.findByRole("row", { name: /^Alva Ek/ })).textContent).toContain("TrygghetsvärdAktiv");
  expect(screen.getByRole("row", { name: /Nils/ }).textContent).toContain(
    "Inbjuden till fredag 27 nov. 21:00",
  );
  expect(screen.getByRole("row", { name: /Olle/ }).textContent).toContain("Avstängd");
  const found = await axe.run(container, { rules: { "color-contrast": { enabled: false } } });
  expect(found.violations.map(({ id }) => id)).toEqual([]);
});

it("shows a supervisor who is there, and nothing to change", async () => {
  open({}, "supervisor");
  expect(await screen.findByRole("row", { name: /^Alva Ek/ })).toBeTruthy();
  expect(screen.queryByRole("button", { name: /Ändra|Bjud in|Spärra/ })).toBeNull();
  expect(screen.getByText(/Bara en administratör/)).toBeTruthy();
});

it("invites, and shows the link once as text and code", async () => {
  const invited = { id: "n", code: "hemlig-kod", expires_at: "2026-11-27T20:00:00Z" };
  const { server } = open({ "POST /people": { status: 201, body: invited } });
  fireEvent.click(await screen.findByRole("button", { name: "Bjud in en person" }));
  type("Namn", "Nils Ö");
  type("Användarnamn", " Nils ");
  press("Bjud in");
  const shown = await screen.findByRole("dialog", { name: "Engångslänk till Nils Ö" });
  expect(server.sent).toEqual([
    { method: "POST", path: "/people", body: { username: "nils", name: "Nils Ö", role: "host" } },
  ]);
  expect(shown.textContent).toContain("/#/valkommen/hemlig-kod");
  expect(within(shown).getByRole("img", { name: "QR-kod med engångslänken" })).toBeTruthy();
  const found = await axe.run(shown, { rules: { "color-contrast": { enabled: false } } });
  expect(found.violations.map(({ id }) => id)).toEqual([]);
});

it("keeps what was typed when the user name is taken", async () => {
  const taken = { type: "/problems/invalid", status: 422, errors: [{ pointer: "/username", code: "taken" }] };
  open({ "POST /people": { status: 422, body: taken } });
  fireEvent.click(await screen.findByRole("button", { name: "Bjud in en person" }));
  type("Användarnamn", "bo");
  press("Bjud in");
  expect(await screen.findByText("Det användarnamnet finns redan.")).toBeTruthy();
  expect(screen.getByLabelText<HTMLInputElement>("Användarnamn").value).toBe("bo");
});

it("tells what somebody else wrote beside what one types, and saves on top of it when asked again", async () => {
  const current = { name: "Alva Berg", role: "supervisor", active: true, version: 9 };
  const clash = { status: 409, body: { type: "/problems/changed", status: 409, current } };
  const { server } = open({ "PUT /people/a1": clash });
  await edit();
  type("Namn", "Alva Lind");
  press("Spara");
  expect(await screen.findByText("Någon annan har nyss skrivit: Alva Berg")).toBeTruthy();
  expect(screen.getByLabelText<HTMLInputElement>("Namn").value).toBe("Alva Lind");
  server.answer("PUT /people/a1", GONE);
  press("Spara");
  await vi.waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  // The role was not touched here: theirs stays.
  expect(server.sent.map(({ body }) => body)).toEqual([
    { based_on: 4, name: "Alva Lind", role: "host", active: true },
    { based_on: 9, name: "Alva Lind", role: "supervisor", active: true },
  ]);
});

it("leaves a field that is being typed in when the list comes anew", async () => {
  const { server } = open();
  await edit();
  type("Namn", "Alva L");
  server.answer("/people", people(alva({ name: "Alva Berg", version: 7 })));
  server.say("change", JSON.stringify({ seq: 7, shifts: [], kinds: ["user"] }));
  expect(
    await screen.findByText("Någon annan har nyss skrivit: Alva Berg", undefined, { timeout: 5_000 }),
  ).toBeTruthy();
  expect(screen.getByLabelText<HTMLInputElement>("Namn").value).toBe("Alva L");
});

it("says that somebody must be left who administers", async () => {
  open({ "PUT /people/a1": { status: 409, body: { type: "/problems/last-admin", status: 409 } } });
  await edit();
  press("Stäng av");
  expect((await screen.findByRole("alert")).textContent).toContain("Någon annan aktiv administratör");
});

it("tells the history from what to what", async () => {
  const past = {
    id: "e1",
    type: "user.put",
    at: at("20:00"),
    author: { id: "u", name: "Disa" },
    is_first: false,
    changes: [{ member: "role", from: "host", to: "supervisor" }],
  };
  open({
    "/people/a1/history": { body: { edits: [past, { ...past, id: "e0", author: null, is_first: true }] } },
  });
  const dialog = await edit();
  const details = dialog.querySelector("details");
  if (details === null) throw new Error("no history");
  details.open = true;
  fireEvent(details, new Event("toggle"));
  expect(await within(dialog).findByText("Roll: Trygghetsvärd → Arbetsledare")).toBeTruthy();
  expect(dialog.textContent).toContain("kommandoradenUpplagd");
});

it("revokes a phone only when asked twice", async () => {
  const { server } = open({ "POST /phones/d1/revoke": GONE });
  fireEvent.click(await screen.findByRole("button", { name: "Spärra Alvas telefon" }));
  expect(server.sent).toEqual([]);
  fireEvent.click(within(await screen.findByRole("dialog")).getByRole("button", { name: "Spärra" }));
  await vi.waitFor(() => expect(server.sent).toHaveLength(1));
});

it("says when nobody is there, and shows what it has when the line breaks", async () => {
  const { server } = open({ "/people": people() });
  expect(await screen.findByText("Ingen har ett konto än.")).toBeTruthy();
  server.answer("/people", "offline");
  await vi.waitFor(
    () => {
      server.say("change", JSON.stringify({ seq: 8, shifts: [], kinds: ["user"] }));
      expect(screen.getByRole("button", { name: "Försök igen" })).toBeTruthy();
    },
    { timeout: 4_000, interval: 200 },
  );
  expect(screen.getByText("Ingen har ett konto än.")).toBeTruthy();
});

it.each([
  ["never", "Hämtar"],
  ["offline", "nå"],
] as const)("says how it stands when the server is %s", async (answer, word) => {
  open({ "/people": answer, "/phones": answer });
  expect((await screen.findAllByText(new RegExp(word))).length).toBeGreaterThan(0);
});
