import { cleanup, fireEvent, render, screen, waitFor, within } from "@testing-library/preact";
import axe from "axe-core";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { AlertValue } from "../store/types";
import { setLanguage } from "../text";
import { go } from "../ui";
import { now_ms } from "../ui/now";
import { ordered } from "./alarms";
import Desk from "./Desk";
import { deskServer, page } from "./desk-server";
import { aShift, at } from "./factory";

function anAlert(over: Partial<AlertValue> = {}): AlertValue {
  return {
    id: "a1",
    author_id: "alva",
    stated_at: at("21:40"),
    estimated_at: null,
    estimated_within_ms: null,
    received_at: at("21:40"),
    install: "i1",
    position: { lat: 56.1612, lon: 14.8654, accuracy_m: 9, age_ms: 0, source: "gnss" },
    shift_id: "s1",
    kind: "help",
    status: "open",
    host_id: "alva",
    note: null,
    due_at: null,
    acknowledged: [],
    cleared: null,
    steps: [],
    ...over,
  };
}
const byBo = { id: "k1", author_id: "bo", stated_at: at("21:42") };
const REFERENCE = {
  vocabulary: { version: 1, categories: [], services: [] },
  areas: [],
  places: [],
  users: [
    { id: "bo", name: "Bo Ek", role: "supervisor" },
    { id: "alva", name: "Alva Lind", role: "host" },
  ],
};
const server = (alerts: AlertValue[]) =>
  deskServer({ "/reviews/shifts": page([]), "/reference": { body: REFERENCE }, "/alerts": page(alerts) });

beforeEach(() => {
  now_ms.value = Date.parse(at("21:45"));
  go("#/ikvall");
});
afterEach(async () => {
  cleanup();
  vi.unstubAllGlobals();
  await setLanguage("sv");
});

it("takes the screen and the title, until somebody acknowledges by name", async () => {
  const { answer, asked, say } = server([anAlert({ note: "Vid kiosken" })]);
  const { container } = render(<Desk />);
  const alarm = await screen.findByRole("alert");
  await waitFor(() => expect(alarm.textContent).toContain("Alva Lind larmade 21:40"));
  expect(alarm.textContent).toContain("Vid kiosken");
  expect(alarm.textContent).toContain("Position 56.16120, 14.86540 (±9 m)");
  await waitFor(() => expect(document.title).toBe("Larm! Ikväll · Lykta"));
  const found = await axe.run(container, { rules: { "color-contrast": { enabled: false } } });
  expect(found.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);

  const seen = anAlert({ acknowledged: [byBo] });
  answer("/alerts", page([seen]));
  answer("/alerts/a1/acknowledge", { body: seen });
  fireEvent.click(within(alarm).getByRole("button", { name: "Kvittera" }));
  await waitFor(() => expect(screen.queryByRole("alert")).toBeNull(), { timeout: 4000 });
  expect(asked).toContain("/alerts/a1/acknowledge");
  expect(screen.getByRole("region", { name: "Larm" }).textContent).toContain("Kvitterat av Bo Ek");
  await waitFor(() => expect(document.title).toBe("Ikväll · Lykta"));

  answer("/alerts", page([]));
  say("change", JSON.stringify({ seq: 9, shifts: ["s1"], kinds: ["alert"] }));
  await waitFor(() => expect(screen.queryByRole("region", { name: "Larm" })).toBeNull(), { timeout: 4000 });
});

it("shows who was told when, and whom nothing reached", async () => {
  const step = { number: 0, rung: "supervisors", to: ["bo", "alva"], at: at("21:41") };
  const told = [
    { person: "bo", channel: "push", ok: true },
    { person: "alva", channel: "sms", ok: false },
  ];
  server([
    anAlert({
      steps: [
        { ...step, told },
        { ...step, number: 1, told: null },
        { ...step, number: 2, to: [], told: [] },
      ],
    }),
  ]);
  render(<Desk />);
  const alarm = await screen.findByRole("alert");
  await waitFor(() => expect(alarm.textContent).toContain("nådde Bo Ek, nådde inte Alva Lind"));
  expect(alarm.textContent).toContain("Bo Ek och Alva Lind: skickas …");
  expect(alarm.textContent).toContain("ingen att meddela");
});

it("tells of a late check-in by the time that was promised", async () => {
  server([anAlert({ kind: "overdue", author_id: null, position: null, due_at: at("21:30") })]);
  render(<Desk />);
  const alarm = await screen.findByRole("alert");
  await waitFor(() => expect(alarm.textContent).toContain("Alva Lind skulle ha checkat in 21:30"));
});

it("says that an answer was not saved, and does not take silence for calm", async () => {
  const { answer } = server([anAlert()]);
  render(<Desk />);
  const alarm = await screen.findByRole("alert");
  answer("/alerts/a1/clear", { status: 500, body: { type: "/problems/internal", status: 500 } });
  fireEvent.click(within(alarm).getByRole("button", { name: "Faran över" }));
  expect(await screen.findByText("Det gick inte att spara. Försök igen.")).toBeTruthy();
});

it("says when alarms alone cannot be fetched", async () => {
  deskServer({
    "/reviews/shifts": page([]),
    "/alerts": { status: 500, body: { type: "/problems/internal", status: 500 } },
  });
  render(<Desk />);
  expect(await screen.findByText(/Larm kan inte hämtas just nu/)).toBeTruthy();
});

it("puts the unseen first, then by danger; a test that was seen or is a day old is done", () => {
  const old = { received_at: "2026-11-18T20:00:00.000Z" };
  const found = ordered(
    [
      anAlert({ id: "seen", acknowledged: [byBo] }),
      anAlert({ id: "test", kind: "test" }),
      anAlert({ id: "late", kind: "overdue" }),
      anAlert({ id: "help" }),
      anAlert({ id: "done", kind: "test", acknowledged: [byBo] }),
      anAlert({ id: "old", kind: "test", ...old }),
    ],
    now_ms.value,
  );
  expect(found.map(({ id }) => id)).toEqual(["help", "late", "test", "seen"]);
});

it("keeps the history of a shift's alarms on its page when they are over", async () => {
  const over = { id: "c", author_id: "bo", stated_at: at("21:50"), cause: "person", note: null };
  const step = { number: 0, rung: "supervisors", to: ["bo"], at: at("21:41"), told: [] };
  const { asked } = deskServer({
    "/reviews/shifts/s1": { body: { shift: aShift(), entries: [] } },
    "/reference": { body: REFERENCE },
    "/alerts": page([anAlert({ status: "cleared", cleared: over, acknowledged: [byBo], steps: [step] })]),
  });
  go("#/pass/s1");
  render(<Desk />);
  const said = await screen.findByText("Kvitterat av Bo Ek · Faran över 21:50, Bo Ek");
  expect(said.closest("li")?.textContent).toContain("nådde inte Bo Ek");
  expect(asked.some((path) => path.includes("shift_id=s1") && path.includes("status=all"))).toBe(true);
});
