import { cleanup, fireEvent, render, screen, waitFor, within } from "@testing-library/preact";
import axe from "axe-core";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { drafts } from "../outbox";
import Desk from "../review/Desk";
import { deskServer, page } from "../review/desk-server";
import { me } from "../store/state";
import { instantOf, wallOf } from "../text/clock";
import { go } from "../ui";
import { now_ms } from "../ui/now";
import { faultOf, noted, weekdays } from "./rules";

const clock = { wallOf, instantOf };
const briefing = {
  id: "b1",
  author_id: "bo",
  stated_at: "2026-11-20T12:00:00.000Z",
  text: "Var synliga.",
  places: [{ place_id: "p1", hours: "21–23" }],
  area_id: null,
  valid_from: "2026-11-21T14:00:00.000Z",
  valid_to: "2026-11-22T02:00:00.000Z",
  active: true,
  version: "v1",
  settled: false,
  read_by: [{ author_id: "bo", stated_at: "2026-11-20T13:00:00.000Z", version: "v0" }],
};
const proposal = {
  places: [
    {
      place_id: "p1",
      name: "Biblioteket",
      count: 5,
      same_day: 3,
      from_hour: 21,
      to_hour: 23,
      categories: ["S2"],
    },
  ],
  questions: [
    {
      id: "o1",
      category: "S2",
      place_id: "p1",
      name: "Biblioteket",
      happened_from: "2026-11-18T20:00:00.000Z",
    },
  ],
};
const server = (coming: unknown[] = [briefing], earlier: unknown[] = []) =>
  deskServer({
    "/briefings": { body: coming },
    "/briefings/earlier": page(earlier),
    "/situation/focus": { body: proposal },
  });

function open(hash: string) {
  go(hash);
  return render(<Desk />);
}

async function expectNoFaults(node: Element) {
  const found = await axe.run(node, { rules: { "color-contrast": { enabled: false } } });
  expect(found.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
}

beforeEach(() => {
  now_ms.value = Date.parse("2026-11-20T20:00:00Z");
  me.value = { id: "bo", username: "bo", name: "Bo", role: "supervisor" };
  drafts.value = [];
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

it("knows the weekdays of its evenings, and what is missing", () => {
  const fields = noted({ ...briefing }, Date.parse("2026-11-20T20:00:00Z"), clock);
  expect(weekdays(fields, clock)).toEqual([4, 5]);
  expect(faultOf(fields, clock)).toBe("empty");
  expect(faultOf({ ...fields, text: "x", to: fields.from }, clock)).toBe("wrong_span");
  expect(faultOf({ ...fields, from: { date: "", time: "15:00" } }, clock)).toBe("wrong_date");
});

it("tells what holds, who has read which words, and what is settled", async () => {
  const begun = { ...briefing, id: "b2", text: "Har börjat.", settled: true, read_by: [] };
  server([briefing, begun], [{ ...briefing, id: "b0", text: "Förra veckan." }]);
  const { container } = open("#/fokus");
  const [first, second] = await screen.findAllByRole("article");
  if (!first || !second) throw new Error("two are expected");
  expect(await within(first).findByText("Biblioteket")).toBeTruthy();
  expect(first.textContent).toMatch(/Läst av Bo .*en tidigare text/);
  expect(within(first).getByRole("link", { name: "Ändra" }).getAttribute("href")).toBe("#/fokus/skriv/b1");
  expect(second.textContent).toContain("Ingen har läst ännu.");
  expect(within(second).queryByRole("link", { name: "Ändra" })).toBeNull();
  expect(within(second).getByRole("link", { name: "Lägg till en notering" }).getAttribute("href")).toMatch(
    /till=b2/,
  );
  expect(screen.getByText("Förra veckan.")).toBeTruthy();
  await expectNoFaults(container);
});

it("says when there is none, and when the server cannot be reached", async () => {
  const desk = server([]);
  const { unmount } = open("#/fokus");
  expect(await screen.findByText("Inget fokus för de närmaste kvällarna")).toBeTruthy();
  unmount();
  desk.answer("/briefings", "offline");
  open("#/fokus");
  expect((await screen.findByRole("alert")).textContent).toContain("Ingen kontakt med servern");
});

it("begins with a copy, takes over what the figures point at, and saves", async () => {
  const desk = server();
  const { container } = open("#/fokus/skriv/new1?av=b1");
  const words = await screen.findByLabelText("Vad ska kvällens värdar tänka på?");
  expect((words as HTMLTextAreaElement).value).toBe("Var synliga.");
  expect(await screen.findByText("✓ Tillagd")).toBeTruthy();
  fireEvent.click(screen.getByRole("button", { name: "Fyll i allt" }));
  expect((words as HTMLTextAreaElement).value).toBe("Var synliga.\nFinns kvar? Klotter, Biblioteket");
  await expectNoFaults(container);
  desk.answer("/briefings/new1", { body: { ...briefing, id: "new1" } });
  fireEvent.click(screen.getByRole("button", { name: "Spara" }));
  await waitFor(() => expect(location.hash).toBe("#/fokus"));
  await waitFor(() => expect(drafts.value).toEqual([]));
});

it("fetches nobody back who has gone elsewhere before it was saved", async () => {
  const desk = server();
  desk.answer("PUT /briefings/b1", { body: { ...briefing, text: "Mer ljus.", version: "v2" } });
  open("#/fokus/skriv/b1");
  fireEvent.input(await screen.findByLabelText("Vad ska kvällens värdar tänka på?"), {
    target: { value: "Mer ljus." },
  });
  const real = fetch;
  let answer = () => {};
  vi.stubGlobal("fetch", async (...asked: Parameters<typeof fetch>) => {
    if (asked[1]?.method === "PUT")
      await new Promise<void>((resolve) => {
        answer = resolve;
      });
    return real(...asked);
  });
  fireEvent.click(screen.getByRole("button", { name: "Spara" }));
  await new Promise((resolve) => setTimeout(resolve, 50));
  go("#/pass");
  answer();
  await waitFor(() => expect(desk.sent).toHaveLength(1));
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(location.hash).toBe("#/pass");
});

it("keeps what is typed beside what somebody else saved", async () => {
  const desk = server();
  open("#/fokus/skriv/b1");
  const words = await screen.findByLabelText("Vad ska kvällens värdar tänka på?");
  fireEvent.input(words, { target: { value: "Mitt." } });
  const current = { ...briefing, version: "v2", text: "Deras." };
  desk.answer("/briefings/b1", { status: 409, body: { type: "/problems/newer", status: 409, current } });
  fireEvent.click(screen.getByRole("button", { name: "Spara" }));
  const theirs = await screen.findByRole("status", { name: "Någon annan har ändrat medan du skrev" });
  expect(theirs.textContent).toContain("Deras.");
  expect((words as HTMLTextAreaElement).value).toBe("Mitt.");
  fireEvent.click(within(theirs).getByRole("button", { name: "Ta deras" }));
  expect((words as HTMLTextAreaElement).value).toBe("Deras.");
});

it("stays with what is typed while it is saved, and saves that over what was stored", async () => {
  const desk = server();
  open("#/fokus/skriv/b1");
  const words = await screen.findByLabelText("Vad ska kvällens värdar tänka på?");
  fireEvent.input(words, { target: { value: "Mitt." } });
  desk.answer("/briefings/b1", { body: { ...briefing, version: "v2", text: "Mitt." } });
  fireEvent.click(screen.getByRole("button", { name: "Spara" }));
  expect(screen.getByRole<HTMLButtonElement>("button", { name: "Släng det jag skrivit" }).disabled).toBe(
    true,
  );
  fireEvent.input(words, { target: { value: "Mitt, och mer." } });
  await waitFor(() => expect(drafts.value).toMatchObject([{ fields: { based_on: "v2" } }]));
  expect((words as HTMLTextAreaElement).value).toBe("Mitt, och mer.");
  expect(location.hash).toBe("#/fokus/skriv/b1");
  desk.answer("/briefings/b1", { body: { ...briefing, version: "v3", text: "Mitt, och mer." } });
  fireEvent.click(screen.getByRole("button", { name: "Spara" }));
  await waitFor(() => expect(location.hash).toBe("#/fokus"));
  expect(desk.sent.map(({ body }) => body)).toMatchObject([{ based_on: "v1" }, { based_on: "v2" }]);
});

it("says that it has begun, and that nothing was lost", async () => {
  const desk = server();
  open("#/fokus/skriv/b1");
  fireEvent.input(await screen.findByLabelText("Vad ska kvällens värdar tänka på?"), {
    target: { value: "Mitt." },
  });
  desk.answer("/briefings/b1", { status: 409, body: { type: "/problems/frozen", status: 409 } });
  fireEvent.click(screen.getByRole("button", { name: "Spara" }));
  expect(await screen.findByText(/Det har börjat gälla och kan inte ändras/)).toBeTruthy();
  expect(drafts.value).toHaveLength(1);
});

/** So many earlier ones, told as the server does: by pages. */
function pagedServer(count: number) {
  const earlier = Array.from({ length: count }, (_, n) => ({
    ...briefing,
    id: `e${n}`,
    text: `Tidigare ${n}`,
  }));
  const asked = server([]);
  const real = globalThis.fetch;
  vi.stubGlobal("fetch", (input: RequestInfo | URL, options?: RequestInit) => {
    const { pathname, searchParams } = new URL(String(input), "http://lykta.test");
    const [limit, at] = [Number(searchParams.get("limit")), Number(searchParams.get("page") ?? 1)];
    if (pathname.endsWith("/briefings/earlier"))
      asked.answer("/briefings/earlier", page(earlier.slice((at - 1) * limit, at * limit), count));
    return real(input, options);
  });
}

it("shows the latest fifty of the earlier ones, and more of them", async () => {
  pagedServer(60);
  open("#/fokus");
  expect(await screen.findByText("De senaste 50 av 60.")).toBeTruthy();
  expect(screen.queryByText("Tidigare 59")).toBeNull();
  fireEvent.click(screen.getByRole("button", { name: "Visa fler" }));
  expect(await screen.findByText("Tidigare 59", undefined, { timeout: 4000 })).toBeTruthy();
  expect(screen.queryByRole("button", { name: "Visa fler" })).toBeNull();
});

it("begins with the words of one that is far back", async () => {
  pagedServer(120);
  open("#/fokus/skriv/ny?av=e110");
  const field = await screen.findByDisplayValue("Tidigare 110", undefined, { timeout: 4000 });
  expect(field).toBeTruthy();
});
