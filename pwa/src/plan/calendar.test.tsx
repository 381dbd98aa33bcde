import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/preact";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { deskServer } from "../review/desk-server";
import { at } from "../review/factory";
import { now_ms } from "../ui/now";
import MyCalendar from "./MyCalendar";

const SINCE = { body: { created_at: at("10:00"), read_at: at("20:05") } };
const NONE = { body: { created_at: null, read_at: null } };
const clipboard = vi.fn<(text: string) => Promise<void>>();
const press = async (name: string) => fireEvent.click(await screen.findByRole("button", { name }));

beforeEach(() => {
  now_ms.value = Date.parse(at("21:45"));
  clipboard.mockReset().mockResolvedValue(undefined);
  vi.spyOn(navigator, "clipboard", "get").mockReturnValue({ writeText: clipboard } as unknown as Clipboard);
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

it("takes the address away, and says that there is none", async () => {
  const server = deskServer({ "/calendar": SINCE, "DELETE /calendar": { status: 204, body: null } });
  render(<MyCalendar />);
  expect(await screen.findByText(/^Adressen gäller sedan .*10:00\. Senast läst .*20:05\./)).toBeTruthy();
  server.answer("/calendar", NONE);
  await press("Ta bort adressen");
  expect(await screen.findByText("Ingen adress finns.")).toBeTruthy();
  expect(server.sent).toEqual([{ method: "DELETE", path: "/calendar", body: null }]);
  expect(screen.queryByRole("button", { name: "Ta bort adressen" })).toBeNull();
  expect(screen.getByRole("button", { name: "Skapa en adress" })).toBeTruthy();
});

it("no longer shows an address that was taken away", async () => {
  const server = deskServer({
    "/calendar": NONE,
    "POST /calendar": { status: 201, body: { path: "/api/v1/calendars/hemlig.ics" } },
    "DELETE /calendar": { status: 204, body: null },
  });
  render(<MyCalendar />);
  await screen.findByText("Ingen adress finns.");
  server.answer("/calendar", SINCE);
  await press("Skapa en adress");
  expect(await screen.findByText(/hemlig\.ics$/)).toBeTruthy();
  await press("Kopiera adressen");
  expect(await screen.findByText("Adressen är kopierad.")).toBeTruthy();
  expect(clipboard.mock.calls[0]?.[0]).toMatch(/^http.*\/api\/v1\/calendars\/hemlig\.ics$/);
  server.answer("/calendar", NONE);
  await press("Ta bort adressen");
  await waitFor(() => expect(screen.queryByText(/hemlig\.ics$/)).toBeNull());
});

it("says that it could not be taken away, and that it still holds once that is known", async () => {
  deskServer({ "/calendar": SINCE, "DELETE /calendar": "offline" });
  render(<MyCalendar />);
  await press("Ta bort adressen");
  expect((await screen.findByRole("alert")).textContent).toContain("Det gick inte just nu. Försök igen.");
  expect(screen.queryByText("Ingen adress finns.")).toBeNull();
  await press("Försök igen");
  expect(await screen.findByText(/^Adressen gäller sedan/)).toBeTruthy();
});
