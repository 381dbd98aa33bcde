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

const tags = (more: Record<string, unknown> = {}) => ({
  id: "c1",
  code: "S2",
  group: "S",
  sv: "Klotter",
  en: "Graffiti",
  protection: 0,
  photos: true,
  active: true,
  own: false,
  locked: false,
  version: null,
  ...more,
});
const risk = tags({
  ...{ id: "c2", code: "H2", group: "H", sv: "Suicidrisk", en: "Suicide risk" },
  ...{ protection: 3, photos: false, locked: true },
});
const ice = (more: Record<string, unknown> = {}) =>
  tags({
    ...{ id: "c3", code: "L-S1", sv: "Hal gångbana", en: "Slippery path" },
    ...{ protection: 1, own: true, version: 7, ...more },
  });
const GROUPS = [
  { code: "S", sv: "Skada, brand", en: "Damage, fire", open: true },
  { code: "H", sv: "Människor i nöd", en: "People in need", open: true },
  { code: "X", sv: "Personal", en: "Staff", open: false },
];
const categories = (...found: unknown[]) => ({ body: { groups: GROUPS, categories: found } });
const GONE = { status: 204, body: null };
const changed = (current: unknown) => ({
  status: 409,
  body: { type: "/problems/changed", status: 409, current },
});

function open(answers: Parameters<typeof deskServer>[0] = {}, role = "admin") {
  me.value = { id: "ada", name: "Ada", role } as NonNullable<typeof me.value>;
  const server = deskServer({ "/categories": categories(tags(), risk, ice()), ...answers });
  go("#/installningar/kategorier");
  return { server, ...render(<Desk />) };
}

const row = (name: RegExp) => screen.findByRole("row", { name });
const press = async (name: string) => fireEvent.click(await screen.findByRole("button", { name }));
const sheet = async () => within(await screen.findByRole("dialog"));
const type = (box: HTMLElement, value: string) => fireEvent.input(box, { target: { value } });

beforeEach(() => {
  now_ms.value = Date.parse(at("21:45"));
  HTMLDialogElement.prototype.showModal = function show() {
    this.open = true;
  };
});
afterEach(async () => {
  cleanup();
  vi.unstubAllGlobals();
  me.value = null;
  await setLanguage("sv");
});

it("shows each by its group, with what it is in words, and no fault that axe finds", async () => {
  const { container } = open({ "/categories": categories(tags({ active: false, version: 4 }), risk, ice()) });
  expect((await row(/^Klotter/)).textContent).toContain("Avstängd");
  expect((await row(/^Hal gångbana L-S1, egen/)).textContent).toContain("Om människor, utan identitet");
  const group = within(screen.getByRole("table", { name: "Människor i nöd" }));
  expect(group.getAllByRole("row")).toHaveLength(2);
  expect(screen.queryByRole("table", { name: "Personal" })).toBeNull();
  const found = await axe.run(container, { rules: { "color-contrast": { enabled: false } } });
  expect(found.violations.map(({ id }) => id)).toEqual([]);
});

it("never offers to switch off the restricted circle, and says why", async () => {
  open();
  expect((await row(/^Suicidrisk/)).textContent).toContain("Alltid på");
  expect(screen.queryByRole("button", { name: "Stäng av Suicidrisk" })).toBeNull();
  expect(screen.getByText(/^Suicidrisk går aldrig att stänga av/)).toBeTruthy();
});

it("is switched off with one tap, on top of what was seen", async () => {
  const { server } = open({ "PUT /categories/c1": GONE });
  await press("Stäng av Klotter");
  await vi.waitFor(() => expect(server.sent).toHaveLength(1));
  expect(server.sent[0]?.body).toEqual({
    ...{ based_on: null, group: "S", sv: "Klotter", en: "Graffiti" },
    ...{ protection: 0, photos: true, active: false },
  });
});

it("says so when somebody else was first, and has switched nothing", async () => {
  const { server } = open({ "PUT /categories/c1": changed(tags({ active: false, version: 5 })) });
  await press("Stäng av Klotter");
  expect(await screen.findByText(/Någon annan har ändrat under tiden/)).toBeTruthy();
  expect(server.sent).toHaveLength(1);
});

it("keeps a name being typed beside what somebody else wrote", async () => {
  const { server } = open({ "PUT /categories/c3": changed(ice({ sv: "Is", version: 9 })) });
  await press("Ändra Hal gångbana");
  const dialog = await sheet();
  type(dialog.getByLabelText("Namn på svenska"), "Halka");
  fireEvent.click(dialog.getByRole("button", { name: "Spara" }));
  expect(await dialog.findByText("Någon annan har nyss skrivit: Is")).toBeTruthy();
  expect(dialog.getByLabelText<HTMLInputElement>("Namn på svenska").value).toBe("Halka");
  server.answer("PUT /categories/c3", GONE);
  fireEvent.click(dialog.getByRole("button", { name: "Spara" }));
  await vi.waitFor(() => expect(server.sent.at(-1)?.body).toMatchObject({ based_on: 9, sv: "Halka" }));
});

it("adds an own one, never of the restricted circle nor about staff", async () => {
  const { server, container } = open();
  await press("Lägg till en kategori");
  const dialog = await sheet();
  const options = (label: string) =>
    within(dialog.getByLabelText(label))
      .getAllByRole("option")
      .map((one) => one.textContent);
  expect(options("Skydd")).toEqual(["Om människor, utan identitet", "Känsligt eller brott"]);
  expect(options("Grupp")).toEqual(["Skada, brand", "Människor i nöd"]);
  const found = await axe.run(container, { rules: { "color-contrast": { enabled: false } } });
  expect(found.violations.map(({ id }) => id)).toEqual([]);
  type(dialog.getByLabelText("Namn på svenska"), "Halka");
  type(dialog.getByLabelText("Namn på engelska"), "Ice");
  fireEvent.change(dialog.getByLabelText("Skydd"), { target: { value: "2" } });
  fireEvent.click(dialog.getByRole("button", { name: "Spara" }));
  await vi.waitFor(() => expect(server.sent).toHaveLength(1));
  expect(server.sent[0]?.body).toEqual({
    ...{ based_on: null, group: "S", sv: "Halka", en: "Ice" },
    ...{ protection: 2, photos: false, active: true },
  });
});

it("says which name is taken", async () => {
  const body = { type: "/problems/invalid", status: 422, errors: [{ pointer: "/en", code: "same-name" }] };
  open({ "PUT /categories/c3": { status: 422, body } });
  await press("Ändra Hal gångbana");
  const dialog = await sheet();
  fireEvent.click(dialog.getByRole("button", { name: "Spara" }));
  expect(await dialog.findByText("En annan kategori heter så.")).toBeTruthy();
  expect(dialog.getByLabelText("Namn på engelska").getAttribute("aria-invalid")).toBe("true");
});

it("supervisors read it, with its history, and change nothing", async () => {
  const change = { member: "active", from: true, to: false };
  const edits = [{ id: "e1", type: "category.put", at: at("20:00"), author: null, changes: [change] }];
  open({ "/categories/c1/history": { body: { edits } } }, "supervisor");
  await press("Historik för Klotter");
  expect(screen.queryByRole("button", { name: /Stäng av|Lägg till/ })).toBeNull();
  const dialog = await sheet();
  expect(dialog.queryByLabelText("Namn på svenska")).toBeNull();
  const details = dialog.getByText("Historik").closest("details") as HTMLDetailsElement;
  details.open = true;
  fireEvent(details, new Event("toggle"));
  expect(await dialog.findByText("Läge: På → Avstängd")).toBeTruthy();
});

it("says when there are none, and shows what it has when the line breaks", async () => {
  const { server } = open({ "/categories": categories() });
  expect(await screen.findByText("Inga kategorier har kommit från servern.")).toBeTruthy();
  server.answer("/categories", "offline");
  await vi.waitFor(
    () => {
      server.say("change", JSON.stringify({ seq: 8, shifts: [], kinds: ["category"] }));
      expect(screen.getByRole("button", { name: "Försök igen" })).toBeTruthy();
    },
    { timeout: 4_000, interval: 200 },
  );
});

it.each(["never", "offline"] as const)("says how it stands when the server is %s", async (answer) => {
  open({ "/categories": answer });
  const words = answer === "never" ? /Hämtar/ : /Ingen kontakt med servern/;
  expect((await screen.findAllByText(words)).length).toBeGreaterThan(0);
});
