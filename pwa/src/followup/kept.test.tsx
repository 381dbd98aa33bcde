import { cleanup, fireEvent, render, screen, waitFor, within } from "@testing-library/preact";
import axe from "axe-core";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { drafts, loadDrafts } from "../outbox";
import { draftsOf } from "../outbox/drafts";
import Desk from "../review/Desk";
import { deskServer, REFERENCE } from "../review/desk-server";
import { anObservation, at } from "../review/factory";
import { me } from "../store/state";
import { setLanguage } from "../text";
import { go } from "../ui";
import { now_ms } from "../ui/now";

const F = {
  id: "f1",
  version: "v1",
  observation_id: "o1",
  shift_id: "s1",
  status: "open",
  kind: "fault_report",
  owner_id: "bo",
  due: "2026-11-27",
  note: "Ring först" as string | null,
  draft: null as string | null,
  outcome: null as string | null,
  result: null as string | null,
  stated_at: at("10:00"),
  changed_at: at("10:00"),
  record: { category: "S2", place_id: "p1", happened_from: at("09:00") },
};
const step = (what: string, author_id: string) => ({
  id: what,
  what,
  author_id,
  stated_at: at("21:20"),
  said: {},
});
const whole = (over: Partial<typeof F> = {}) => ({
  body: { followup: { ...F, ...over }, history: [step("create", "bo")], drafted: "Vad: Klotter" },
});
const closed = {
  body: {
    ...whole({
      status: "closed",
      outcome: "gone",
      result: "Adas ord",
      version: "v2",
      changed_at: at("21:20"),
    }).body,
    history: [step("create", "bo"), step("close", "ada")],
  },
};
const reference = {
  ...REFERENCE,
  users: [...REFERENCE.users, { id: "ada", name: "Ada", role: "supervisor" }],
};
const LINE = {
  kind: "severe_unanswered",
  subject: "o9",
  at: at("18:00"),
  shift_id: "s1",
  observation_id: "o9",
  about: { category: "S2", place_id: "p1" },
  dismissed: null,
};

const server = (answers: Parameters<typeof deskServer>[0]) =>
  deskServer({ "/reference": { body: reference }, ...answers });
const open = (address: string) => {
  go(address);
  return render(<Desk />);
};
const area = async (label: string) => (await screen.findByLabelText(label)) as HTMLTextAreaElement;
const type = async (label: string, value: string) =>
  fireEvent.input(await area(label), { target: { value } });
const change = (kind: string) => JSON.stringify({ seq: 9, shifts: [], kinds: [kind] });
const kept = () => waitFor(() => expect(drafts.value).toHaveLength(1));
/** The page is put away and opened again, as by a link of an alarm or by a reload. */
async function comeBack(address: string) {
  cleanup();
  await kept();
  return open(address);
}

async function expectNoFaults(container: Element) {
  const { violations } = await axe.run(container, { rules: { "color-contrast": { enabled: false } } });
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
}

let tests = 0;
beforeEach(() => {
  now_ms.value = Date.parse(at("21:45"));
  // Each its own: a draft that is put away late is none of the next test.
  me.value = { id: `bo-${++tests}`, username: "bo", name: "Bo", role: "supervisor" };
  drafts.value = [];
  draftsOf.value = me.value.id;
});
afterEach(async () => {
  cleanup();
  vi.unstubAllGlobals();
  me.value = null;
  await setLanguage("sv");
});

it("keeps a result in sight when another closes the task, to be copied or used once it is open again", async () => {
  const { answer, say, said } = server({ "/followups/f1": whole() });
  const { container } = open("#/uppfoljning/f1");
  await type("Till den som rapporterade", "Sanerat i dag.");
  answer("/followups/f1", closed);
  say("change", change("followup"));
  const left = await screen.findByRole("status", { name: "Det du skrev är inte sparat" });
  expect(left.textContent).toContain("Ada avslutade medan du skrev");
  expect(within(left).getByText("Sanerat i dag.")).toBeTruthy();
  expect(screen.getByText("Adas ord")).toBeTruthy();
  await expectNoFaults(container);

  const copied = vi.fn(async () => undefined);
  vi.stubGlobal("navigator", { ...navigator, clipboard: { writeText: copied } });
  fireEvent.click(within(left).getByRole("button", { name: "Kopiera" }));
  expect(await screen.findByText("Kopierat.")).toBeTruthy();
  expect(copied).toHaveBeenCalledWith("Sanerat i dag.");

  answer("/followups/f1/reopen", whole({ version: "v3", changed_at: at("21:30") }));
  fireEvent.click(screen.getByRole("button", { name: "Öppna igen" }));
  await waitFor(async () => expect((await area("Till den som rapporterade")).value).toBe("Sanerat i dag."));
  answer("/followups/f1/close", {
    body: { ...closed.body, followup: { ...closed.body.followup, changed_at: at("21:40") } },
  });
  fireEvent.click(screen.getByRole("button", { name: "Avsluta uppföljningen" }));
  expect(await screen.findByText(/^Klar /)).toBeTruthy();
  expect(said("/followups/f1/close")).toEqual([expect.objectContaining({ result: "Sanerat i dag." })]);
  expect(screen.queryByText("Det du skrev är inte sparat")).toBeNull();
  await waitFor(() => expect(drafts.value).toEqual([]));
});

it("throws away what was left only when it is told to", async () => {
  const { answer, say } = server({ "/followups/f1": whole() });
  open("#/uppfoljning/f1");
  await type("Till den som rapporterade", "Sanerat.");
  answer("/followups/f1", closed);
  say("change", change("followup"));
  const left = await screen.findByRole("status", { name: "Det du skrev är inte sparat" });
  fireEvent.click(within(left).getByRole("button", { name: "Släng det jag skrivit" }));
  await waitFor(() => expect(screen.queryByText("Sanerat.")).toBeNull());
});

it.each([
  ["Anteckning", "#/uppfoljning/f1"],
  ["Text till felanmälan", "#/uppfoljning/f1"],
  ["Till den som rapporterade", "#/uppfoljning/f1"],
  ["Anteckning", "#/uppfoljning/ny/o1"],
])("goes on with what was begun: %s at %s", async (label, address) => {
  const { value } = anObservation({ id: "o1", stated: "20:14" });
  server({ "/followups/f1": whole(), "/observations/o1": { body: value } });
  open(address);
  await type(label, "Halvvägs");
  expect(await screen.findByText(/^Inte sparat än\./)).toBeTruthy();
  const { container } = await comeBack(address);
  expect((await area(label)).value).toBe("Halvvägs");
  await expectNoFaults(container);
  fireEvent.click(screen.getByRole("button", { name: "Släng det jag skrivit" }));
  await waitFor(() => expect(drafts.value).toEqual([]));
  expect((await area(label)).value).not.toBe("Halvvägs");
});

it("begins with its own words where the browser is slow to read them", async () => {
  server({ "/followups/f1": whole() });
  open("#/uppfoljning/f1");
  await type("Anteckning", "Halvvägs");
  cleanup();
  await kept();
  drafts.value = [];
  draftsOf.value = null;
  open("#/uppfoljning/f1");
  await new Promise((answered) => setTimeout(answered, 50));
  expect(screen.queryByLabelText("Anteckning")).toBeNull();
  await loadDrafts();
  expect((await area("Anteckning")).value).toBe("Halvvägs");
});

it.each(["uppfoljning/ny/o1", "saknas", "vecka", "fokus/ny", "utlamnanden/ny"])(
  "opens no page with a form before what was begun has been read: %s",
  async (page) => {
    server({});
    draftsOf.value = "ada";
    open(`#/${page}`);
    expect(screen.getByText("Läser in…")).toBeTruthy();
    await loadDrafts();
    await waitFor(() => expect(screen.queryByText("Läser in…")).toBeNull());
  },
);

it("shows the evening before anything has been read", async () => {
  server({ "/reviews/shifts": { body: { items: [], page: 1, limit: 25, total: 0 } } });
  draftsOf.value = null;
  open("#/ikvall");
  expect(await screen.findByText("Ingen är ute")).toBeTruthy();
});

it("shows beside what was begun what another has written while one was away", async () => {
  const { answer, said } = server({ "/followups/f1": whole() });
  open("#/uppfoljning/f1");
  await type("Anteckning", "Mina ord");
  answer("/followups/f1", whole({ note: "Adas ord", version: "v2", changed_at: at("21:00") }));
  await comeBack("#/uppfoljning/f1");
  expect(await screen.findByText("Nu står det: Adas ord")).toBeTruthy();
  expect((await area("Anteckning")).value).toBe("Mina ord");
  answer("/followups/f1/changes", whole({ note: "Mina ord", version: "v3", changed_at: at("21:10") }));
  fireEvent.click(screen.getByRole("button", { name: "Spara" }));
  expect(await screen.findByText("Sparat.")).toBeTruthy();
  expect(said("/followups/f1/changes")).toEqual([
    expect.objectContaining({ based_on: "v2", note: "Mina ord" }),
  ]);
  await waitFor(() => expect(drafts.value).toEqual([]));
});

it("keeps what is typed while a save is on its way", async () => {
  server({ "/followups/f1": whole() });
  open("#/uppfoljning/f1");
  await type("Anteckning", "Ett");
  const real = globalThis.fetch;
  const bodies: unknown[] = [];
  let answer: () => void = () => undefined;
  vi.stubGlobal("fetch", (input: RequestInfo | URL, options?: RequestInit) => {
    if (!String(input).endsWith("/changes")) return real(input, options);
    bodies.push(JSON.parse(String(options?.body)));
    const { body } = whole({ note: "Ett", version: "v2", changed_at: at("21:10") });
    return new Promise<Response>((done) => {
      answer = () =>
        done(new Response(JSON.stringify(body), { headers: { "Content-Type": "application/json" } }));
    });
  });
  const button = () => screen.getByRole("button", { name: "Spara" });
  fireEvent.click(button());
  await type("Anteckning", "Ett och två");
  await waitFor(() => expect(bodies).toHaveLength(1));
  answer();
  await waitFor(() => expect(button().getAttribute("aria-busy")).toBeNull());
  expect((await area("Anteckning")).value).toBe("Ett och två");
  expect(screen.queryByText(/^Nu står det/)).toBeNull();
  fireEvent.click(button());
  await waitFor(() => expect(bodies).toHaveLength(2));
  expect(bodies[1]).toMatchObject({ based_on: "v2", note: "Ett och två" });
});

it("leaves no draft of a task that was begun", async () => {
  const { value } = anObservation({ id: "o1", stated: "20:14" });
  server({ "/observations/o1": { body: value }, "/followups": whole(), "/followups/f1": whole() });
  open("#/uppfoljning/ny/o1");
  await type("Anteckning", "Ring");
  await kept();
  fireEvent.click(screen.getByRole("button", { name: "Börja uppföljning" }));
  expect(await screen.findByRole("heading", { name: "Felanmälan" })).toBeTruthy();
  await waitFor(() => expect(drafts.value).toEqual([]));
});

const begin = async (reason: string) => {
  fireEvent.click(await screen.findByRole("button", { name: /Avfärda: Klotter/ }));
  await type("Varför gör det inget?", reason);
};
const dismissed = { author_id: "ada", stated_at: at("21:00"), reason: "Adas skäl" };

it.each([
  ["another dismisses its line", [{ ...LINE, dismissed }], /Avfärdad av Ada medan du skrev: Adas skäl/],
  ["its line is mended", [], /Klotter · Biblioteket .* Raden försvann medan du skrev/],
])("keeps a reason in sight when %s", async (_, lines, words) => {
  const { answer, say } = server({ "/missing": { body: { lines: [LINE] } } });
  const { container } = open("#/saknas");
  await begin("Känt sedan förr");
  answer("/missing", { body: { lines } });
  say("change", change("observation"));
  const left = await screen.findByRole("status", { name: "Ditt skäl är inte sparat" });
  expect(left.textContent).toMatch(words);
  expect(within(left).getByText("Känt sedan förr")).toBeTruthy();
  expect(within(left).getByRole("button", { name: "Kopiera" })).toBeTruthy();
  await expectNoFaults(container);
  answer("/missing", { body: { lines: [LINE] } });
  say("change", change("observation"));
  const field = (await screen.findByLabelText("Varför gör det inget?")) as HTMLInputElement;
  expect(field.value).toBe("Känt sedan förr");
  expect(screen.queryByText("Ditt skäl är inte sparat")).toBeNull();
});

it("goes on with a reason, also where its line has gone meanwhile", async () => {
  const { answer } = server({ "/missing": { body: { lines: [LINE] } } });
  open("#/saknas");
  await begin("Känt sedan förr");
  await comeBack("#/saknas");
  expect(((await screen.findByLabelText("Varför gör det inget?")) as HTMLInputElement).value).toBe(
    "Känt sedan förr",
  );
  answer("/missing", { body: { lines: [] } });
  await comeBack("#/saknas");
  expect(await screen.findByText("Raden är borta: inget saknas där längre.")).toBeTruthy();
  expect(screen.getByText("Känt sedan förr")).toBeTruthy();
  fireEvent.click(screen.getByRole("button", { name: "Släng det jag skrivit" }));
  await waitFor(() => expect(drafts.value).toEqual([]));
});
