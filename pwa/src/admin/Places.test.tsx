import { cleanup, fireEvent, render, screen, within } from "@testing-library/preact";
import axe from "axe-core";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import Desk from "../review/Desk";
import { deskServer } from "../review/desk-server";
import { at } from "../review/factory";
import { setLanguage } from "../text";
import { go } from "../ui";
import { now_ms } from "../ui/now";

const square = (more: Record<string, unknown> = {}) => ({
  id: "p1",
  name: "Torget",
  kind: "square",
  area_id: "a1",
  lon: 14.58,
  lat: 56.05,
  note: null,
  active: true,
  version: 3,
  ...more,
});
const RING = [
  [14.5, 56],
  [14.6, 56],
  [14.6, 56.1],
  [14.5, 56],
];
const town = (more: Record<string, unknown> = {}) => ({
  id: "a1",
  name: "Centrum",
  geometry: { type: "Polygon", coordinates: [RING] },
  active: true,
  version: 4,
  ...more,
});
const places = (found: unknown[] = [square()], areas: unknown[] = [town()]) => ({
  body: { places: found, areas },
});
const GONE = { status: 204, body: null };
const refused = (pointer: string, code: string) => ({
  status: 422,
  body: { type: "/problems/invalid", status: 422, errors: [{ pointer, code }] },
});
const changed = (current: unknown) => ({
  status: 409,
  body: { type: "/problems/changed", status: 409, current },
});
const report = (more: Record<string, unknown> = {}) => ({
  body: { version: 9, added: 2, changed: 0, unchanged: 1, refused: 0, findings: [], ...more },
});

function open(answers: Parameters<typeof deskServer>[0] = {}) {
  const server = deskServer({ "/places": places(), ...answers });
  go("#/installningar/platser");
  return { server, ...render(<Desk />) };
}

async function edit(name: string) {
  fireEvent.click(await screen.findByRole("button", { name: `Ändra ${name}` }));
  return within(await screen.findByRole("dialog"));
}

const type = (dialog: ReturnType<typeof within>, label: string, value: string) =>
  fireEvent.input(dialog.getByLabelText(label), { target: { value } });
const save = (dialog: ReturnType<typeof within>) =>
  fireEvent.click(dialog.getByRole("button", { name: "Spara" }));

async function choose(text: string) {
  const input = await screen.findByLabelText("Välj fil", { selector: "input" });
  fireEvent.change(input, { target: { files: [new File([text], "platser.geojson")] } });
}

beforeEach(() => {
  now_ms.value = Date.parse(at("21:45"));
  HTMLDialogElement.prototype.showModal = function show() {
    this.open = true;
  };
});
afterEach(async () => {
  cleanup();
  vi.unstubAllGlobals();
  await setLanguage("sv");
});

it("lists both kinds, finds by name, and no fault that axe finds", async () => {
  const { container } = open({
    "/places": places([square(), square({ id: "p2", name: "Gamla bron", active: false })]),
  });
  const row = await screen.findByRole("row", { name: /^Torget/ });
  expect(row.textContent).toContain("Centrum");
  expect(row.textContent).toContain("56.05, 14.58");
  expect(screen.getByRole("row", { name: /^Gamla bron/ }).textContent).toContain("Ur bruk");
  const found = await axe.run(container, { rules: { "color-contrast": { enabled: false } } });
  expect(found.violations.map(({ id }) => id)).toEqual([]);
  fireEvent.input(screen.getByRole("searchbox"), { target: { value: "BRON" } });
  expect(screen.queryByRole("row", { name: /^Torget/ })).toBeNull();
  expect(screen.getByRole("row", { name: /^Gamla bron/ })).toBeTruthy();
  fireEvent.input(screen.getByRole("searchbox"), { target: { value: "zzz" } });
  expect(screen.getByText("Ingen plats eller inget område heter så.")).toBeTruthy();
});

it("moves a place to what is pasted, and lets the outlines say the area again", async () => {
  const { server } = open({ "PUT /places/p1": GONE });
  const dialog = await edit("Torget");
  type(dialog, "Läge", "56,06 14,59");
  save(dialog);
  await vi.waitFor(() => expect(server.sent).toHaveLength(1));
  expect(server.sent[0]?.body).toMatchObject({ based_on: 3, lat: 56.06, lon: 14.59, area_id: null });
});

it("sends nothing that is no position, and says what the server found wrong with one", async () => {
  const { server } = open({ "PUT /places/p1": refused("/lon", "swapped") });
  const dialog = await edit("Torget");
  type(dialog, "Läge", "vid bron");
  save(dialog);
  expect(await dialog.findByText(/Skriv latitud och longitud/)).toBeTruthy();
  expect(server.sent).toHaveLength(0);
  type(dialog, "Läge", "14.58, 56.05");
  save(dialog);
  expect(await dialog.findByText("Latitud och longitud verkar ha bytt plats.")).toBeTruthy();
});

it("keeps what was typed beside what somebody else wrote", async () => {
  const { server } = open({ "PUT /places/p1": changed(square({ name: "Stortorget", version: 5 })) });
  const dialog = await edit("Torget");
  type(dialog, "Namn", "Lilla torg");
  save(dialog);
  expect(await dialog.findByText("Någon annan har nyss skrivit: Stortorget")).toBeTruthy();
  expect(dialog.getByLabelText<HTMLInputElement>("Namn").value).toBe("Lilla torg");
  server.answer("PUT /places/p1", GONE);
  save(dialog);
  await vi.waitFor(() => expect(server.sent.at(-1)?.body).toMatchObject({ based_on: 5, name: "Lilla torg" }));
});

it("draws an outline from corners that are typed, and names the line that is wrong", async () => {
  const { server } = open({ "PUT /areas/a1": GONE });
  const dialog = await edit("Centrum");
  const outline = () => dialog.getByLabelText<HTMLTextAreaElement>("Gräns");
  expect(outline().value).toBe("56, 14.5\n56, 14.6\n56.1, 14.6");
  type(dialog, "Gräns", "56, 14.5\nhörnet");
  save(dialog);
  expect(await dialog.findByText("Rad 2 är inte två tal i grader.")).toBeTruthy();
  expect(server.sent).toHaveLength(0);
  type(dialog, "Gräns", "56, 14.5\n56, 14.7\n56.1, 14.6");
  save(dialog);
  await vi.waitFor(() => expect(server.sent).toHaveLength(1));
  const ring = [
    [14.5, 56],
    [14.7, 56],
    [14.6, 56.1],
    [14.5, 56],
  ];
  expect(server.sent[0]?.body).toMatchObject({
    based_on: 4,
    geometry: { type: "Polygon", coordinates: [ring] },
  });
});

it("takes an area out of use without touching an outline of several parts", async () => {
  const geometry = { type: "MultiPolygon", coordinates: [[RING], [RING]] };
  const { server } = open({ "/places": places([], [town({ geometry })]), "PUT /areas/a1": GONE });
  const dialog = await edit("Centrum");
  expect(dialog.queryByLabelText("Gräns")).toBeNull();
  fireEvent.click(dialog.getByRole("button", { name: "Ta ur bruk" }));
  await vi.waitFor(() => expect(server.sent[0]?.body).toMatchObject({ active: false, geometry }));
});

it("shows what a file would do before it is taken in, and takes in what was seen", async () => {
  const findings = [{ index: 3, name: "London", code: "outside", refused: true }];
  const { server } = open({ "/places/import": report({ refused: 1, findings }) });
  await choose('{"type":"FeatureCollection"}');
  expect(
    await screen.findByText("Nya: 2. Ändrade: 0. Oförändrade: 1. Går inte att läsa in: 1."),
  ).toBeTruthy();
  expect(screen.getByText("Nummer 3, London: ligger utanför organisationens område")).toBeTruthy();
  expect(server.sent[0]?.body).toEqual({ based_on: null, text: '{"type":"FeatureCollection"}' });
  fireEvent.click(screen.getByRole("button", { name: "Läs in" }));
  expect(await screen.findByText(/^Inläst/)).toBeTruthy();
  expect(server.sent[1]?.body).toMatchObject({ based_on: 9 });
});

it("asks to look again when somebody changed places since the look", async () => {
  const { server } = open({ "/places/import": report() });
  await choose("{}");
  const take = await screen.findByRole("button", { name: "Läs in" });
  server.answer("/places/import", changed(null));
  fireEvent.click(take);
  const again = await screen.findByRole("button", { name: "Titta igen" });
  server.answer("/places/import", report({ added: 0 }));
  fireEvent.click(again);
  expect(await screen.findByText("Filen innehåller inget nytt.")).toBeTruthy();
});

it.each([
  [refused("/text", "other-crs"), /annat koordinatsystem/],
  ["offline", /Servern går inte att nå/],
] as const)("says why a file cannot be used", async (answer, words) => {
  open({ "/places/import": answer });
  await choose("{}");
  expect(await screen.findByText(words)).toBeTruthy();
});

it("says when there are none, and how it stands when the server does not answer", async () => {
  const { unmount } = open({ "/places": places([], []) });
  expect(await screen.findByText("Inga platser är inlagda än.")).toBeTruthy();
  expect(screen.getByText("Inga områden är inlagda än.")).toBeTruthy();
  unmount();
  open({ "/places": "offline" });
  expect(await screen.findByRole("button", { name: "Försök igen" })).toBeTruthy();
});
