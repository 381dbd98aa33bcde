import { cleanup, fireEvent, render, screen, within } from "@testing-library/preact";
import axe from "axe-core";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { setLanguage } from "../text";
import { go } from "../ui";
import { now_ms } from "../ui/now";
import Desk from "./Desk";
import { deskServer, page } from "./desk-server";
import { at } from "./factory";

const LIST = "/reviews/revoked";
const TAKE = "/reviews/revoked/d1/release";
const entry = (seq: number, text: string) => ({
  kind: "quarantined",
  id: `o${seq}`,
  seq,
  stated_at: at("21:10"),
  estimated_at: null,
  estimated_within_ms: null,
  received_at: at("21:30"),
  position: null,
  author: { id: "alva", name: "Alva" },
  place: null,
  type: "observation.create",
  why: "revoked",
  value: { type: "observation.create", data: { text } },
});
const phone = (more: Record<string, unknown> = {}) => ({
  device: "d1",
  label: "Alvas telefon",
  revoked_at: at("21:00"),
  count: 2,
  strangers: 0,
  seen_seq: 12,
  last_at: at("21:30"),
  entries: [entry(11, "Trasig ruta"), entry(12, "Lugnt")],
  ...more,
});
const phones = (...found: unknown[]) => ({ body: { phones: found } });

function open(answers: Parameters<typeof deskServer>[0]) {
  const server = deskServer({ "/reviews/shifts": page([]), ...answers });
  go("#/ikvall");
  return { server, ...render(<Desk account={<p>Bo</p>} />) };
}

beforeEach(() => {
  now_ms.value = Date.parse(at("21:45"));
});
afterEach(async () => {
  cleanup();
  vi.unstubAllGlobals();
  await setLanguage("sv");
});

it("shows what a revoked phone handed in, in words, and takes it in when asked", async () => {
  const { server, container } = open({ [LIST]: phones(phone()), [TAKE]: { body: { taken_in: 2 } } });
  const region = await screen.findByRole("region", { name: "Spärrade telefoner" });
  expect(region.textContent).toContain("räknas inte förrän du har läst dem");
  expect(region.textContent).toContain("Trasig ruta");
  expect(region.textContent).toContain("Alvas telefon2 poster väntar");
  const found = await axe.run(container, { rules: { "color-contrast": { enabled: false } } });
  expect(found.violations.map(({ id }) => id)).toEqual([]);
  server.answer(LIST, phones());
  fireEvent.click(within(region).getByText("Läs vad den har lämnat in"));
  fireEvent.click(within(region).getByRole("button", { name: "Ta in 2 poster" }));
  await vi.waitFor(() => expect(screen.queryByText("Spärrade telefoner")).toBeNull(), { timeout: 4_000 });
  expect(server.asked).toContain(TAKE);
});

it("says that more has come, and shows it before it can be taken in", async () => {
  const newer = { status: 409, body: { type: "/problems/newer", status: 409 } };
  const { server } = open({ [LIST]: phones(phone()), [TAKE]: newer });
  const region = await screen.findByRole("region", { name: "Spärrade telefoner" });
  server.answer(LIST, phones(phone({ count: 3, seen_seq: 13, entries: [entry(13, "Bråk")] })));
  fireEvent.click(within(region).getByRole("button", { name: "Ta in 2 poster" }));
  expect((await within(region).findByRole("alert")).textContent).toContain("Det har kommit mer");
  expect(await within(region).findByText("Bråk", undefined, { timeout: 4_000 })).toBeTruthy();
});

it("offers nothing to take in where all is in a stranger's name", async () => {
  open({ [LIST]: phones(phone({ strangers: 2, seen_seq: 0 })) });
  const region = await screen.findByRole("region", { name: "Spärrade telefoner" });
  expect(region.textContent).toContain("De kan inte tas in.");
  expect(within(region).queryByRole("button")).toBeNull();
});

it("says so when it cannot be told", async () => {
  open({ [LIST]: { status: 500, body: {} } });
  expect(await screen.findByText(/Det gick inte att hämta vad spärrade telefoner/)).toBeTruthy();
});
