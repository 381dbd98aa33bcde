import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/preact";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { download } from "../device/share";
import Desk from "../review/Desk";
import { deskServer } from "../review/desk-server";
import { go } from "../ui";

vi.mock("../device/share", async (real) => ({ ...(await real<object>()), download: vi.fn() }));

const clipboard = vi.fn<(text: string) => Promise<void>>();
const NONE = { body: { items: [], next: null, count: 0, count_max: 1000 } };

async function open(hash: string, answers: Parameters<typeof deskServer>[0] = {}) {
  const server = deskServer({ "/find": NONE, "/find/saved": { body: [] }, ...answers });
  go(hash);
  render(<Desk />);
  await screen.findByRole("searchbox");
  return server;
}
const press = async (name: string) => fireEvent.click(await screen.findByRole("button", { name }));

beforeEach(() => {
  clipboard.mockReset().mockResolvedValue(undefined);
  vi.mocked(download).mockReset();
  vi.spyOn(navigator, "clipboard", "get").mockReturnValue({ writeText: clipboard } as unknown as Clipboard);
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

it("copies the link to what is asked for, and says what the one who opens it may see", async () => {
  await open("#/sok?ord=klotter&grupp=S");
  await press("Kopiera länk");
  expect(
    await screen.findByText("Länken är kopierad. Den som öppnar den ser bara det hen får läsa."),
  ).toBeTruthy();
  const [copied = ""] = clipboard.mock.calls[0] ?? [];
  const link = new URL(copied);
  expect(link.hash).toBe("#/sok?ord=klotter&grupp=S");
  // All of it after the #, which no server is sent.
  expect(link.search).toBe("");
});

it("says where the link stands when it could not be copied", async () => {
  clipboard.mockRejectedValue(new Error("NotAllowedError"));
  await open("#/sok");
  await press("Kopiera länk");
  expect(
    await screen.findByText("Länken gick inte att kopiera. Kopiera adressen i adressfältet."),
  ).toBeTruthy();
});

it("keeps a search under its name, shows it among the others, and empties the field", async () => {
  const server = await open("#/sok?grupp=S");
  const asked = { groups: ["S"] };
  const ready = globalThis.fetch;
  vi.stubGlobal("fetch", (input: RequestInfo | URL, init?: RequestInit) => {
    const path = String(input).replace("/api/v1", "");
    if (init?.method === "PUT")
      server.answer(path, { body: { id: path.split("/").at(-1), name: "Skador", asked } });
    return ready(input, init);
  });
  const name = await screen.findByRole<HTMLInputElement>("textbox", { name: "Namn" });
  fireEvent.input(name, { target: { value: "  Skador " } });
  server.answer("/find/saved", { body: [{ id: "q1", name: "Skador", asked }] });
  await press("Spara sökningen");
  expect(await screen.findByText("Sparad")).toBeTruthy();
  const link = await screen.findByRole("link", { name: "Skador" });
  expect(link.getAttribute("href")).toBe("#/sok?grupp=S");
  expect(name.value).toBe("");
  expect(server.sent.find(({ method }) => method === "PUT")).toEqual({
    method: "PUT",
    path: expect.stringMatching(/^\/find\/saved\/[0-9a-f-]{36}$/),
    body: { name: "Skador", asked },
  });
});

it("takes out a file whole, under the server's name for it, and says so", async () => {
  await open("#/sok?grupp=S");
  const ready = globalThis.fetch;
  const content = "Id;Slag\no1;Klotter\n";
  const asked: unknown[] = [];
  vi.stubGlobal("fetch", async (input: RequestInfo | URL, init?: RequestInit) => {
    if (!String(input).endsWith("/exports")) return ready(input, init);
    asked.push(JSON.parse(String(init?.body)));
    return new Response(content, {
      headers: {
        "Content-Type": "text/csv",
        "Content-Length": String(content.length),
        "Content-Disposition": 'attachment; filename="lykta-sokning.csv"',
      },
    });
  });
  fireEvent.click(await screen.findByLabelText("Ta med skyddade poster"));
  await press("CSV (Excel)");
  expect(await screen.findByText("lykta-sokning.csv är sparad")).toBeTruthy();
  expect(asked).toEqual([{ groups: ["S"], format: "csv", restricted: true, language: "sv" }]);
  await waitFor(() => expect(download).toHaveBeenCalledOnce());
  const [file] = vi.mocked(download).mock.calls[0] ?? [];
  expect([file?.name, file?.type, await file?.text()]).toEqual(["lykta-sokning.csv", "text/csv", content]);
});
