/** What the desk is for those who do not lead an evening. */
import { cleanup, render, screen, within } from "@testing-library/preact";
import { afterEach, expect, it, vi } from "vitest";
import { me } from "../store/state";
import { go } from "../ui";
import Desk from "./Desk";
import { deskServer, page } from "./desk-server";
import { at } from "./factory";

const HIT = {
  id: "o-1",
  kind: "observation",
  shift_id: "s-1",
  code: "S2",
  severity: 2,
  status: "current",
  happened: { kind: "point", from: at("21:00"), to: null },
  place_id: null,
  place_text: "Norra väggen",
  area_id: null,
  lon: null,
  lat: null,
  text: "Tre meter, rött",
  restricted: false,
  hidden: false,
  retracted: null,
};
const FOUND = { body: { items: [HIT], next: null, count: 1, count_max: 1000 } };

const signIn = (role: string) => {
  me.value = { id: "u-dan", username: "dan", name: "Dan Lind", role };
  return deskServer({ "/find": FOUND, "/find/saved": { body: [] }, "/reviews/shifts": page([]) });
};
const tabs = () =>
  within(screen.getByRole("navigation", { name: "Arbetsledning" }))
    .getAllByRole("link")
    .map((link) => link.textContent);

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  me.value = null;
});

it.each([
  ["analyst", ["Vecka", "Sök", "Inställningar"], "#/vecka"],
  ["archivist", ["Sök", "Utlämnanden", "Inställningar"], "#/sok"],
  ["dataprotection", ["Sök", "Utlämnanden", "Inställningar"], "#/sok"],
])("gives %s what the role may read, and asks for nothing else", async (role, expected, first) => {
  const { asked } = signIn(role);
  go("#/");
  render(<Desk />);
  expect(tabs()).toEqual(expected);
  const current = screen.getAllByRole("link").find((link) => link.getAttribute("aria-current") === "page");
  expect(current?.getAttribute("href")).toBe(first);
  await screen.findByRole("heading", { level: 1 });
  expect(asked.filter((path) => /alerts|reviews|followups|missing|live/.test(path))).toEqual([]);
});

it("leads from what is found to no shift that may not be opened", async () => {
  signIn("analyst");
  go("#/sok");
  render(<Desk />);
  const row = (await screen.findByText("Tre meter, rött")).closest("tr");
  expect(within(row as HTMLElement).queryByRole("link")).toBeNull();
  expect(screen.queryByText(/inget pass/)).toBeNull();
  expect(screen.queryByLabelText("Ta med skyddade poster")).toBeNull();
  cleanup();
  me.value = { id: "u-bo", username: "bo", name: "Bo", role: "supervisor" };
  render(<Desk />);
  const his = (await screen.findByText("Tre meter, rött")).closest("tr");
  expect(
    within(his as HTMLElement)
      .getByRole("link")
      .getAttribute("href"),
  ).toBe("#/pass/s-1?post=o-1");
  expect(screen.getByLabelText("Ta med skyddade poster")).toBeTruthy();
});

it("shows the start of the desk in place of a page that is not the reader's", async () => {
  signIn("archivist");
  go("#/installningar/personer");
  render(<Desk />);
  expect(await screen.findByRole("heading", { name: "Inställningar" })).toBeTruthy();
  cleanup();
  go("#/pass/s-1");
  render(<Desk />);
  expect(await screen.findByRole("heading", { name: "Sök" })).toBeTruthy();
});
