import { cleanup, fireEvent, render, screen, within } from "@testing-library/preact";
import axe from "axe-core";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { now_ms } from "../ui/now";
import { Debriefs } from "./Debriefs";
import { deskServer } from "./desk-server";
import { at } from "./factory";

const ASK = "/debriefs";
const SAY = "/debriefs/o1";
const line = (word: object | null = null) => ({ observation_id: "o1", happened_from: at("22:10"), word });
const word = (status: string, version = "v1") => ({
  status,
  author: { id: "bo", name: "Bo" },
  stated_at: at("23:30"),
  version,
});
const lines = (...all: object[]) => ({ body: { debriefs: all } });
const show = vi.fn();
const open = () => render(<Debriefs shift="s1" onShow={show} />);

beforeEach(() => {
  now_ms.value = Date.parse(at("23:45"));
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

it("asks of each record, takes a word with what it was based on, and leads to the record", async () => {
  const server = deskServer({
    [ASK]: lines(line(word("offered"))),
    [SAY]: { body: line(word("held", "v2")) },
  });
  const { container } = open();
  const region = within(await screen.findByRole("region", { name: "Avlastningssamtal" }));
  expect(region.getByText("Erbjudet · Bo, 23:30")).toBeTruthy();
  expect(region.getByRole("button", { name: "Erbjudet" }).getAttribute("aria-pressed")).toBe("true");
  expect((await axe.run(container, { rules: { "color-contrast": { enabled: false } } })).violations).toEqual(
    [],
  );
  server.answer(ASK, lines(line(word("held", "v2"))));
  fireEvent.click(region.getByRole("button", { name: "Genomfört" }));
  expect(await screen.findByText("Genomfört · Bo, 23:30")).toBeTruthy();
  expect(server.said(SAY)).toEqual([{ id: expect.any(String), status: "held", based_on: "v1" }]);
  fireEvent.click(region.getByRole("button", { name: "Visa posten" }));
  expect(show).toHaveBeenCalledWith("o1");
});

it("tells what somebody else said meanwhile, and that nothing was saved without a network", async () => {
  const server = deskServer({
    [ASK]: lines(line()),
    [SAY]: { status: 409, body: { type: "/problems/newer", status: 409, title: "", errors: [] } },
  });
  open();
  expect(await screen.findByText("Ingen har tagit ställning än.")).toBeTruthy();
  server.answer(ASK, lines(line(word("not_needed"))));
  fireEvent.click(screen.getByRole("button", { name: "Erbjudet" }));
  expect(await screen.findByText(/Någon annan har just ändrat/)).toBeTruthy();
  expect(await screen.findByText("Behövs inte · Bo, 23:30")).toBeTruthy();
  server.answer(SAY, "offline");
  fireEvent.click(screen.getByRole("button", { name: "Erbjudet" }));
  expect(await screen.findByText("Inte sparat: inget nät. Försök igen.")).toBeTruthy();
});

it("shows nothing where no record asks for it, and says so where that is not known", async () => {
  deskServer({ [ASK]: { status: 500, body: {} } });
  open();
  expect(await screen.findByText(/gick inte att se/)).toBeTruthy();
  cleanup();
  const server = deskServer({ [ASK]: lines() });
  const empty = open();
  await vi.waitFor(() => expect(server.asked.length).toBe(1));
  expect(empty.container.textContent).toBe("");
});
