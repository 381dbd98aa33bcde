import { cleanup, fireEvent, render, screen, within } from "@testing-library/preact";
import axe from "axe-core";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import Desk from "../review/Desk";
import { deskServer } from "../review/desk-server";
import { at } from "../review/factory";
import { setLanguage } from "../text";
import { go } from "../ui";
import { now_ms } from "../ui/now";

const police = (more: Record<string, unknown> = {}) => ({
  id: "n1",
  service: "POL112",
  name: "Polisen",
  number: "112",
  hours: "dygnet runt",
  note: null,
  checked_on: "2026-11-01",
  active: true,
  version: 3,
  ...more,
});
const numbers = (...found: unknown[]) => ({ body: { numbers: found } });
const GONE = { status: 204, body: null };

function open(answers: Parameters<typeof deskServer>[0] = {}) {
  const server = deskServer({ "/numbers": numbers(police()), ...answers });
  go("#/installningar/nummer");
  return { server, ...render(<Desk />) };
}

const row = () => screen.findByRole("row", { name: /^Polisen/ });

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

it("leaves a form that is open while another, closed before its answer came, is stored", async () => {
  const { server } = open({ "/numbers": numbers(police(), police({ id: "n2", name: "Jouren" })) });
  const real = fetch;
  let answer = () => {};
  vi.stubGlobal("fetch", async (...asked: Parameters<typeof fetch>) => {
    if (asked[1]?.method === "PUT")
      await new Promise<void>((resolve) => {
        answer = resolve;
      });
    return real(...asked);
  });
  server.answer("PUT /numbers/n1", GONE);
  const edit = async (name: string) =>
    fireEvent.click(await screen.findByRole("button", { name: `Ändra ${name}` }));
  const press = (name: string) =>
    fireEvent.click(within(screen.getByRole("dialog")).getByRole("button", { name }));
  await edit("Polisen");
  press("Spara");
  press("Stäng");
  await edit("Jouren");
  fireEvent.input(screen.getByLabelText("Namn"), { target: { value: "Jouren i centrum" } });
  answer();
  await vi.waitFor(() => expect(server.sent).toHaveLength(1));
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(screen.getByLabelText<HTMLInputElement>("Namn").value).toBe("Jouren i centrum");
});

it("shows what is old in words, and no fault that axe finds", async () => {
  const old = [
    police({ id: "a", name: "Jouren", checked_on: "2026-08-21" }),
    police({ id: "b", name: "Ny", checked_on: null }),
    police({ id: "c", name: "Slut", checked_on: null, active: false }),
  ];
  const { container } = open({ "/numbers": numbers(police({ checked_on: "2026-08-23" }), ...old) });
  expect((await screen.findByRole("row", { name: /^Jouren/ })).textContent).toContain("gammalt");
  expect((await row()).textContent).not.toContain("gammalt");
  expect(screen.getByRole("row", { name: /^Ny/ }).textContent).toContain("Aldrig kontrollerat");
  expect(screen.getByRole("row", { name: /^Slut/ }).textContent).toContain("Ur bruk");
  expect(screen.getByText("2 nummer är inte kontrollerade på 90 dagar.")).toBeTruthy();
  const found = await axe.run(container, { rules: { "color-contrast": { enabled: false } } });
  expect(found.violations.map(({ id }) => id)).toEqual([]);
});

it("is checked today with one tap, on top of what was seen", async () => {
  const { server } = open({ "PUT /numbers/n1": GONE });
  fireEvent.click(await screen.findByRole("button", { name: "Polisen är kontrollerat i dag" }));
  await vi.waitFor(() => expect(server.sent).toHaveLength(1));
  expect(server.sent[0]?.body).toMatchObject({ based_on: 3, number: "112", checked_on: "2026-11-20" });
});

it("says so when somebody else was first, and has checked nothing", async () => {
  const current = police({ number: "114 14", version: 5 });
  open({ "PUT /numbers/n1": { status: 409, body: { type: "/problems/changed", status: 409, current } } });
  fireEvent.click(await screen.findByRole("button", { name: "Polisen är kontrollerat i dag" }));
  expect(await screen.findByText(/Någon annan har ändrat under tiden/)).toBeTruthy();
});

it("keeps what was typed beside what somebody else wrote", async () => {
  const current = police({ number: "114 14", version: 5 });
  const { server } = open({
    "PUT /numbers/n1": { status: 409, body: { type: "/problems/changed", status: 409, current } },
  });
  fireEvent.click(await screen.findByRole("button", { name: "Ändra Polisen" }));
  const dialog = within(await screen.findByRole("dialog"));
  fireEvent.input(dialog.getByLabelText("Nummer"), { target: { value: "0457-1" } });
  fireEvent.click(dialog.getByRole("button", { name: "Spara" }));
  expect(await dialog.findByText("Någon annan har nyss skrivit: 114 14")).toBeTruthy();
  expect(dialog.getByLabelText<HTMLInputElement>("Nummer").value).toBe("0457-1");
  server.answer("PUT /numbers/n1", GONE);
  fireEvent.click(dialog.getByRole("button", { name: "Spara" }));
  await vi.waitFor(() => expect(server.sent.at(-1)?.body).toMatchObject({ based_on: 5, number: "0457-1" }));
});

it("says what is wrong with a number, and takes one out of use", async () => {
  const wrong = { type: "/problems/invalid", status: 422, errors: [{ pointer: "/number", code: "number" }] };
  const { server } = open({ "PUT /numbers/n1": { status: 422, body: wrong } });
  fireEvent.click(await screen.findByRole("button", { name: "Ändra Polisen" }));
  const dialog = within(await screen.findByRole("dialog"));
  fireEvent.click(dialog.getByRole("button", { name: "Spara" }));
  expect(await dialog.findByText(/Ett nummer har siffror/)).toBeTruthy();
  server.answer("PUT /numbers/n1", GONE);
  fireEvent.click(dialog.getByRole("button", { name: "Ta ur bruk" }));
  await vi.waitFor(() => expect(server.sent.at(-1)?.body).toMatchObject({ active: false }));
});

it("says when there are none, and shows what it has when the line breaks", async () => {
  const { server } = open({ "/numbers": numbers() });
  expect(await screen.findByText("Inga nummer är inlagda än.")).toBeTruthy();
  server.answer("/numbers", "offline");
  await vi.waitFor(
    () => {
      server.say("change", JSON.stringify({ seq: 8, shifts: [], kinds: ["contact"] }));
      expect(screen.getByRole("button", { name: "Försök igen" })).toBeTruthy();
    },
    { timeout: 4_000, interval: 200 },
  );
});

it.each(["never", "offline"] as const)("says how it stands when the server is %s", async (answer) => {
  open({ "/numbers": answer });
  const words = answer === "never" ? /Hämtar/ : /Ingen kontakt med servern/;
  expect((await screen.findAllByText(words)).length).toBeGreaterThan(0);
});
