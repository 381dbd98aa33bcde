import { cleanup, fireEvent, render, screen, waitFor, within } from "@testing-library/preact";
import axe from "axe-core";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import Desk from "../review/Desk";
import { deskServer, page, REFERENCE } from "../review/desk-server";
import { anObservation, aShift, at } from "../review/factory";
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
  due: "2026-11-19",
  overdue: true,
  note: "Ring först",
  draft: null as string | null,
  outcome: null as string | null,
  result: null as string | null,
  hidden: false,
  stated_at: at("10:00"),
  changed_at: at("10:00"),
  sent: [],
  record: { category: "S2", place_id: "p1", happened_from: at("09:00"), status: "current" },
  answers: [{ shift_id: "s2", stated_at: at("20:00"), answer: "yes" }],
};
const whole = (over: Partial<typeof F> = {}, more: object = {}) => ({
  body: {
    followup: { ...F, ...over },
    history: [
      { id: "f1", what: "create", author_id: "bo", stated_at: at("10:00"), said: { note: "Ring först" } },
    ],
    drafted: "Vad: Klotter",
    left_out: true,
    faults: [],
    channels: ["email"],
    mail_to: "fel@example.se",
    ...more,
  },
});
const counts = (overdue: number) => ({ body: { open: 2, overdue, mine: 1 } });
const LINE = {
  kind: "severe_unanswered",
  subject: "o9",
  at: at("18:00"),
  shift_id: "s1",
  observation_id: "o9",
  about: { category: "S2", place_id: "p1", severity: 3 },
  dismissed: null,
};

const open = (address: string) => {
  go(address);
  return render(<Desk />);
};

async function expectNoFaults(container: Element) {
  const { violations } = await axe.run(container, { rules: { "color-contrast": { enabled: false } } });
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
}

/** The bodies of what was said, by path. */
function heard() {
  const said: [string, Record<string, unknown>][] = [];
  const real = globalThis.fetch;
  vi.stubGlobal("fetch", (input: RequestInfo | URL, options?: RequestInit) => {
    if (options?.method === "POST") said.push([String(input), JSON.parse(String(options.body))]);
    return real(input, options);
  });
  return said;
}

beforeEach(() => {
  now_ms.value = Date.parse(at("21:45"));
});
afterEach(async () => {
  cleanup();
  vi.unstubAllGlobals();
  await setLanguage("sv");
});

describe("the list", () => {
  it("tells what is due, whose it is and what hosts saw; overdue in words, and on the tab", async () => {
    deskServer({ "/followups": page([F]), "/followups/counts": counts(1) });
    const { container } = open("#/uppfoljning");
    const row = (await screen.findByRole("link", { name: "Felanmälan: Klotter · Biblioteket" })).closest(
      "tr",
    );
    expect(within(row as HTMLElement).getByText("Försenad")).toBeTruthy();
    expect(within(row as HTMLElement).getAllByText("Bo").length).toBe(1);
    expect(within(row as HTMLElement).getAllByText(/Ja, .*20:00/).length).toBeGreaterThan(0);
    expect(await screen.findByRole("link", { name: "Uppföljning 1 försenad" })).toBeTruthy();
    await expectNoFaults(container);
  });

  it("is empty, fails and grows old in words", async () => {
    const server = deskServer({ "/followups": "offline", "/followups/counts": counts(0) });
    open("#/uppfoljning");
    expect(await screen.findByRole("button", { name: "Försök igen" })).toBeTruthy();
    cleanup();
    server.answer("/followups", page([]));
    open("#/uppfoljning");
    expect(await screen.findByText("Inget att följa upp")).toBeTruthy();
    server.answer("/followups", "offline");
    server.say("change", '{"seq":9,"shifts":[],"kinds":["followup"]}');
    expect(await screen.findByText(/Läget är från/, undefined, { timeout: 4000 })).toBeTruthy();
  });

  it("is waited for, and read in English", async () => {
    await setLanguage("en");
    deskServer({ "/followups": "never", "/followups/counts": counts(0) });
    open("#/uppfoljning?visa=forsenade");
    expect(await screen.findByRole("heading", { name: "Follow-up" })).toBeTruthy();
    expect(screen.getByRole("link", { name: "✓ Overdue" }).getAttribute("aria-current")).toBe("true");
  });
});

describe("one follow-up", () => {
  it("keeps what is typed while another changes it, and shows their words beside", async () => {
    const server = deskServer({ "/followups/f1": whole(), "/followups/counts": counts(0) });
    const { container } = open("#/uppfoljning/f1");
    const note = (await screen.findByLabelText("Anteckning")) as HTMLTextAreaElement;
    fireEvent.input(note, { target: { value: "Mina ord" } });
    note.focus();
    server.answer(
      "/followups/f1",
      whole({ note: "Adas ord", due: "2026-12-24", version: "v2", changed_at: at("21:00") }),
    );
    server.say("change", '{"seq":9,"shifts":["s1"],"kinds":["followup"]}');
    expect(await screen.findByText("Nu står det: Adas ord", undefined, { timeout: 4000 })).toBeTruthy();
    expect(note.value).toBe("Mina ord");
    expect(document.activeElement).toBe(note);
    expect((screen.getByLabelText("Klar senast") as HTMLInputElement).value).toBe("2026-12-24");
    await expectNoFaults(container);
    server.answer(
      "/followups/f1/changes",
      whole({ note: "Mina ord", version: "v3", changed_at: at("21:10") }),
    );
    const said = heard();
    fireEvent.click(screen.getByRole("button", { name: "Spara" }));
    expect(await screen.findByText("Sparat.")).toBeTruthy();
    expect(said[0]?.[1]).toMatchObject({ based_on: "v2", note: "Mina ord" });
    expect(Object.keys(said[0]?.[1] ?? {}).sort()).toEqual(["based_on", "id", "note"]);
  });

  it("says whose change it met, and keeps the words", async () => {
    deskServer({
      "/followups/f1": whole(),
      "/followups/f1/changes": {
        status: 409,
        body: { type: "/problems/newer", title: "", status: 409, members: ["note"] },
      },
    });
    open("#/uppfoljning/f1");
    const note = (await screen.findByLabelText("Anteckning")) as HTMLTextAreaElement;
    fireEvent.input(note, { target: { value: "Mina ord" } });
    fireEvent.click(screen.getByRole("button", { name: "Spara" }));
    expect(await screen.findByText(/Någon annan har ändrat: Anteckning\./)).toBeTruthy();
    expect(note.value).toBe("Mina ord");
  });

  it("suggests a text, lets it be copied or sent once it is saved, and says what came of it", async () => {
    const server = deskServer({ "/followups/f1": whole() });
    open("#/uppfoljning/f1");
    expect(await screen.findByText(/utelämnade i förslaget/)).toBeTruthy();
    fireEvent.click(screen.getByRole("button", { name: "Skriv förslag" }));
    expect((screen.getByLabelText("Text till felanmälan") as HTMLTextAreaElement).value).toBe("Vad: Klotter");
    expect(screen.queryByRole("button", { name: "Skicka med e-post" })).toBeNull();
    expect(screen.getByRole("link", { name: "Öppna i e-postprogram" }).getAttribute("href")).toBe(
      "mailto:fel@example.se?subject=Felanm%C3%A4lan&body=Vad%3A%20Klotter",
    );
    const draft = { draft: "Vad: Klotter", version: "v2", changed_at: at("21:10") };
    server.answer("/followups/f1/changes", whole(draft));
    fireEvent.click(screen.getByRole("button", { name: "Spara" }));
    const sent = [
      { id: "x", author_id: "bo", stated_at: at("21:11"), channel: "email", ok: true, why: null },
    ];
    server.answer("/followups/f1/send", whole({ ...draft, sent: sent as never[], changed_at: at("21:11") }));
    fireEvent.click(await screen.findByRole("button", { name: "Skicka med e-post" }));
    expect(await screen.findByText(/Skickad med e-post .*21:11/)).toBeTruthy();
  });

  it("offers no text of a restricted record, and none to send that names a host", async () => {
    deskServer({ "/followups/f1": whole({}, { drafted: null }) });
    open("#/uppfoljning/f1");
    expect(await screen.findByText(/Observationen är skyddad/)).toBeTruthy();
    cleanup();
    deskServer({ "/followups/f1": whole({ draft: "Fråga Alva" }, { faults: ["host-name"] }) });
    open("#/uppfoljning/f1");
    expect(await screen.findByText(/en värds namn står i texten/)).toBeTruthy();
    expect(screen.queryByRole("button", { name: "Skicka med e-post" })).toBeNull();
  });

  it("is closed with a word to the host, and opened again", async () => {
    const server = deskServer({ "/followups/f1": whole() });
    server.answer(
      "/followups/f1/close",
      whole({
        status: "closed",
        outcome: "fixed",
        result: "Sanerat.",
        version: "v2",
        changed_at: at("21:20"),
      }),
    );
    open("#/uppfoljning/f1");
    fireEvent.input(await screen.findByLabelText("Till den som rapporterade"), {
      target: { value: "Sanerat." },
    });
    const said = heard();
    fireEvent.click(screen.getByRole("button", { name: "Avsluta uppföljningen" }));
    expect(await screen.findByText(/Klar .*21:20: Åtgärdat/)).toBeTruthy();
    expect(said[0]?.[1]).toMatchObject({ outcome: "fixed", result: "Sanerat.", based_on: "v1" });
    server.answer("/followups/f1/reopen", whole({ version: "v3", changed_at: at("21:30") }));
    fireEvent.click(screen.getByRole("button", { name: "Öppna igen" }));
    expect(await screen.findByText("Vad blev det?")).toBeTruthy();
  });

  it("begins at an observation, with an owner and a day", async () => {
    const { value } = anObservation({ id: "o1", stated: "20:14" });
    deskServer({ "/observations/o1": { body: value }, "/followups": whole(), "/followups/f1": whole() });
    open("#/uppfoljning/ny/o1");
    expect(((await screen.findByLabelText("Klar senast")) as HTMLInputElement).value).toBe("2026-12-04");
    expect((screen.getByLabelText("Vad ska göras?") as HTMLSelectElement).value).toBe("fault_report");
    const said = heard();
    await waitFor(() => expect((screen.getByLabelText("Ansvarig") as HTMLSelectElement).value).toBe("bo"));
    fireEvent.click(screen.getByRole("button", { name: "Börja uppföljning" }));
    expect(await screen.findByRole("heading", { name: "Felanmälan" })).toBeTruthy();
    // What the host wrote is read beside the task.
    expect((await screen.findAllByText(value.text ?? "")).length).toBeGreaterThan(0);
    expect(screen.getByLabelText("Anteckning")).toBeTruthy();
    expect(said[0]?.[1]).toMatchObject({ observation: "o1", owner: "bo", kind: "fault_report", note: null });
  });

  it("fetches nobody back who has gone elsewhere before it was begun", async () => {
    const { value } = anObservation({ id: "o1", stated: "20:14" });
    const server = deskServer({ "/observations/o1": { body: value }, "POST /followups": whole() });
    open("#/uppfoljning/ny/o1");
    const real = fetch;
    let answer = () => {};
    vi.stubGlobal("fetch", async (...asked: Parameters<typeof fetch>) => {
      if (asked[1]?.method === "POST")
        await new Promise<void>((resolve) => {
          answer = resolve;
        });
      return real(...asked);
    });
    fireEvent.click(await screen.findByRole("button", { name: "Börja uppföljning" }));
    go("#/pass");
    answer();
    await waitFor(() => expect(server.sent).toHaveLength(1));
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(location.hash).toBe("#/pass");
  });
});

describe("two reports of one event", () => {
  const fact = (id: string, author_id: string, wall: string) => ({
    id,
    shift_id: "s1",
    author_id,
    category: "S2",
    happened_from: at(wall),
    place_id: null,
  });
  const two = { one: fact("o1", "alva", "20:14"), other: fact("o2", "bo", "20:19") };

  it("are hinted in the log, linked by a person, and taken apart again", async () => {
    const server = deskServer({
      "/reviews/shifts/s1": {
        body: { shift: aShift(), entries: [anObservation({ id: "o1", stated: "20:14" })] },
      },
      "/duplicates": { body: { hints: [{ ...two, minutes: 5, metres: 40 }], pairs: [] } },
      "/duplicates/link": { body: { is_same: true, version: "w1" } },
    });
    const { container } = open("#/pass/s1");
    expect(await screen.findByText(/Kan vara samma händelse som Bo 20:19/)).toBeTruthy();
    expect(screen.getByText(/40 m bort, 5 min emellan/)).toBeTruthy();
    await expectNoFaults(container);
    const said = heard();
    const pair = { ...two, is_same: true, author_id: "bo", stated_at: at("21:00"), version: "w1" };
    server.answer("/duplicates", { body: { hints: [], pairs: [pair] } });
    fireEvent.click(screen.getByRole("button", { name: "Samma händelse" }));
    expect(
      await screen.findByText(/^Samma händelse som Bo 20:19/, undefined, { timeout: 4000 }),
    ).toBeTruthy();
    expect(said[0]?.[1]).toEqual({ one: "o1", other: "o2", based_on: null });
    expect(screen.getByRole("button", { name: "Sära på dem" })).toBeTruthy();
    expect(REFERENCE.users).toHaveLength(1);
  });
});

describe("what is missing", () => {
  it("leads to where it is mended, and is dismissed only with a reason", async () => {
    const server = deskServer({ "/missing": { body: { lines: [LINE] } } });
    const { container } = open("#/saknas");
    expect(await screen.findByRole("heading", { name: /Allvarligt, utan tillkallad hjälp/ })).toBeTruthy();
    expect(screen.getByRole("link", { name: "Följ upp" }).getAttribute("href")).toBe("#/uppfoljning/ny/o9");
    expect(screen.getByRole("link", { name: "Visa i loggen" }).getAttribute("href")).toBe(
      "#/pass/s1?post=o9",
    );
    await expectNoFaults(container);
    fireEvent.click(screen.getByRole("button", { name: /Avfärda: Klotter/ }));
    const said = heard();
    fireEvent.click(screen.getByRole("button", { name: "Avfärda" }));
    expect(said).toEqual([]);
    const dismissed = { author_id: "bo", stated_at: at("21:00"), reason: "Känt sedan förr" };
    server.answer("/missing/dismiss", { body: { ...LINE, dismissed } });
    server.answer("/missing", { body: { lines: [{ ...LINE, dismissed }] } });
    fireEvent.input(screen.getByLabelText("Varför gör det inget?"), { target: { value: "Känt sedan förr" } });
    fireEvent.click(screen.getByRole("button", { name: "Avfärda" }));
    expect(
      await screen.findByText(/Avfärdad av Bo .*: Känt sedan förr/, undefined, { timeout: 4000 }),
    ).toBeTruthy();
    expect(said[0]?.[1]).toEqual({ kind: "severe_unanswered", subject: "o9", reason: "Känt sedan förr" });
    server.answer("/missing/restore", { body: LINE });
    server.answer("/missing", { body: { lines: [LINE] } });
    fireEvent.click(screen.getByRole("button", { name: "Ångra", hidden: true }));
    expect(await screen.findByRole("button", { name: /Avfärda: Klotter/ }, { timeout: 4000 })).toBeTruthy();
  });

  it("names a threat against staff as what it is, and offers to follow it up", async () => {
    deskServer({ "/missing": { body: { lines: [{ ...LINE, kind: "staff_threat" }] } } });
    open("#/saknas");
    expect(await screen.findByRole("heading", { name: /^Hot mot personal – att anmäla/ })).toBeTruthy();
    expect(screen.getByRole("link", { name: "Följ upp" }).getAttribute("href")).toBe("#/uppfoljning/ny/o9");
  });

  it("says so where nothing is", async () => {
    deskServer({ "/missing": { body: { lines: [] } } });
    open("#/saknas");
    expect(await screen.findByText("Inget saknas")).toBeTruthy();
  });
});
