import { cleanup, render, screen } from "@testing-library/preact";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import ChangePassword from "./ChangePassword";
import { setStage } from "./testing/cast";
import { seen, tap, type } from "./testing/play";

const onClose = vi.fn();
const asked = vi.fn<typeof fetch>();

beforeEach(() => {
  setStage();
  onClose.mockReset();
  asked.mockReset();
  vi.stubGlobal("fetch", asked);
  render(<ChangePassword onClose={onClose} />);
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const OLD = "lykta-lyser";
const FRESH = "tre ord efter";

async function save(current = OLD, fresh = FRESH, again = fresh): Promise<void> {
  type("Nuvarande lösenord", current);
  type("Nytt lösenord", fresh);
  type("Samma lösenord igen", again);
  await tap("Spara lösenordet");
}

function answers(status: number, body: object | null = null, headers = {}): void {
  const type = { "Content-Type": "application/problem+json", ...headers };
  asked.mockResolvedValue(new Response(body && JSON.stringify(body), { status, headers: type }));
}

it("changes it, and says what that did to other sign-ins", async () => {
  answers(204);
  await save();
  await seen("Lösenordet är bytt. Alla andra inloggningar är avslutade.");
  const [path, init] = asked.mock.calls[0] ?? [];
  expect([String(path), init?.method, JSON.parse(String(init?.body))]).toEqual([
    expect.stringContaining("/api/v1/session/password"),
    "PUT",
    { current: OLD, password: FRESH },
  ]);
  await tap("Stäng");
  expect(onClose).toHaveBeenCalled();
});

it.each([
  [OLD, "kort", "kort", "Lösenordet ska ha minst 10 och högst 200 tecken."],
  [OLD, FRESH, "två ord efter", "De två lösenorden är inte lika."],
  [OLD, OLD, OLD, "Det är lösenordet som du redan har."],
])("asks the server nothing for %s → %s, %s", async (current, fresh, again, words) => {
  await save(current, fresh, again);
  await seen(words);
  expect(asked).not.toHaveBeenCalled();
});

const fault = (pointer: string, code: string) => ({
  ...{ type: "/problems/invalid", title: "", status: 422 },
  errors: [{ pointer, code }],
});

it.each([
  [422, fault("/current", "wrong"), {}, /inte ditt nuvarande lösenord/],
  [422, fault("/password", "length"), {}, /minst 10 och högst 200 tecken/],
  [429, { type: "/problems/slowed" }, { "Retry-After": "17" }, /Vänta 17 sekunder/],
  [401, { type: "/problems/session" }, {}, /Din inloggning har upphört/],
  [500, { type: "/problems/internal" }, {}, /kunde inte bytas/],
])("says what %i means, and keeps what was typed", async (status, body, headers, words) => {
  answers(status, body, headers);
  await save();
  await seen(words);
  expect(screen.getByLabelText<HTMLInputElement>("Nytt lösenord").value).toBe(FRESH);
});

it("says that nothing is changed where the server is out of reach", async () => {
  asked.mockRejectedValue(new TypeError("no network"));
  await save();
  await seen("Ingen kontakt med servern. Lösenordet är inte bytt.");
});
