/** Words and places that could not be fetched: that is said, and they are asked for again. */
import { cleanup, fireEvent, render, screen, waitFor, within } from "@testing-library/preact";
import axe from "axe-core";
import { afterEach, expect, it, vi } from "vitest";
import { REFERENCE } from "./desk-server";
import { anObservation, aShift, at } from "./factory";

const ONE = "/reviews/shifts/s1";
const LOST = /^Namnen på platser, kategorier och personer har inte kunnat hämtas/;
const STAYS = { timeout: 4_000 };

/** The app as it starts, with nothing fetched before. */
async function start() {
  vi.resetModules();
  const [{ default: Desk }, { deskServer }, { go }, { now_ms }] = await Promise.all([
    import("./Desk"),
    import("./desk-server"),
    import("../ui"),
    import("../ui/now"),
  ]);
  now_ms.value = Date.parse(at("21:45"));
  go("#/pass/s1");
  const entries = [anObservation({ id: "o1", stated: "20:14" })];
  const server = deskServer({
    "/reference": "offline",
    [ONE]: { body: { shift: aShift(), entries, seq: 9 } },
  });
  const asked = () => server.asked.filter((path) => path === "/reference").length;
  return { server, asked, open: () => render(<Desk />) };
}

afterEach(() => {
  cleanup();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it.each([
  ["the network is back", () => window.dispatchEvent(new Event("online"))],
  [
    "somebody asks",
    (banner: HTMLElement) => fireEvent.click(within(banner).getByRole("button", { name: "Försök igen" })),
  ],
])("says that names are lacking, and asks for them again when %s", async (_, act) => {
  const { server, open } = await start();
  const { container } = open();
  const said = await screen.findByText(LOST);
  const found = await axe.run(container, { rules: { "color-contrast": { enabled: false } } });
  expect(found.violations).toEqual([]);
  server.answer("/reference", { body: REFERENCE });
  act(said.closest<HTMLElement>(".banner") ?? said);
  await waitFor(() => expect(screen.queryByText(LOST)).toBeNull(), STAYS);
  expect(await screen.findByText("Klotter")).toBeTruthy();
});

it("asks again when the desk is opened anew, and now and then while it is seen", async () => {
  const { server, asked, open } = await start();
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
  open();
  await screen.findByText(LOST);
  vi.advanceTimersByTime(30_000);
  await vi.waitFor(() => expect(asked()).toBe(2), STAYS);
  expect(screen.getByText(LOST)).toBeTruthy();
  cleanup();
  server.answer("/reference", { body: REFERENCE });
  open();
  expect(await screen.findByText("Klotter", {}, STAYS)).toBeTruthy();
  const until = asked();
  window.dispatchEvent(new Event("online"));
  vi.advanceTimersByTime(60_000);
  expect(asked()).toBe(until);
});
