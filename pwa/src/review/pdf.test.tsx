import { cleanup, fireEvent, render, screen } from "@testing-library/preact";
import { afterEach, expect, it, vi } from "vitest";
import { download } from "../device/share";
import { language } from "../text";
import { ShiftPaper } from "./ShiftPaper";

vi.mock("../device/share", () => ({ download: vi.fn() }));

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  vi.mocked(download).mockReset();
});

const NAME = "lykta-pass-2026-11-20.pdf";
const answers = (answer: Response, ...ticked: string[]) => {
  const asked = vi.fn<(url: string, init: RequestInit) => Promise<Response>>(async () => answer);
  vi.stubGlobal("fetch", asked);
  render(<ShiftPaper id="s1" />);
  for (const label of ticked) fireEvent.click(screen.getByLabelText(label));
  screen.getByRole("button", { name: "PDF" }).click();
  return asked;
};
const problem = (status: number, type: string, more = {}) =>
  new Response(JSON.stringify({ type: `/problems/${type}`, title: "x", status, ...more }), {
    status,
    headers: { "Content-Type": "application/problem+json" },
  });

it("saves the report under the server's name, in the reader's language", async () => {
  const headers = {
    "Content-Type": "application/pdf",
    "Content-Disposition": `attachment; filename="${NAME}"`,
  };
  const asked = answers(new Response("%PDF", { headers }));
  expect(screen.getByRole("button", { name: "PDF" })).not.toBeNull();
  await screen.findByText(`${NAME} är sparad bland hämtade filer.`);
  const [url, init] = asked.mock.calls[0] ?? ["", {}];
  expect([url, init.method ?? "GET"]).toEqual([
    `/api/v1/reviews/shifts/s1/report.pdf?language=${language.value}`,
    "GET",
  ]);
  const [file] = vi.mocked(download).mock.calls[0] ?? [];
  expect([file?.name, file?.type, await file?.text()]).toEqual([NAME, "application/pdf", "%PDF"]);
});

it("asks for names and for restricted records only when that is said", async () => {
  const pdf = { headers: { "Content-Type": "application/pdf" } };
  const asked = answers(
    new Response("%PDF", pdf),
    "Med namn på värdar och arbetsledning",
    "Med skyddade poster",
  );
  await screen.findByRole("status");
  const query = new URL(asked.mock.calls[0]?.[0] ?? "", "http://lykta").searchParams;
  expect([query.get("names"), query.get("restricted")]).toEqual(["true", "true"]);
});

it.each([
  [problem(503, "busy"), /gör en annan rapport/],
  [problem(422, "export-large", { limit: 2000 }), /fler än 2000 poster/],
  [problem(500, "internal"), /kunde inte göras/],
  [new Response("<html>Logga in</html>", { headers: { "Content-Type": "text/html" } }), /kunde inte göras/],
])("says why there is none", async (answer, words) => {
  answers(answer);
  expect((await screen.findByRole("alert")).textContent).toMatch(words);
  expect(download).not.toHaveBeenCalled();
});
