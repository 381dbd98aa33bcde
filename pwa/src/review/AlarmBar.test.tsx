import { cleanup, fireEvent, render, screen, waitFor, within } from "@testing-library/preact";
import axe from "axe-core";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { tone } from "../device/attention";
import { settings } from "../store/state";
import type { AlertValue } from "../store/types";
import { setLanguage } from "../text";
import { go } from "../ui";
import { now_ms } from "../ui/now";
import { ordered } from "./alarms";
import Desk from "./Desk";
import { deskServer, page } from "./desk-server";
import { at } from "./factory";

vi.mock("../device/attention", async (real) => ({ ...(await real<object>()), tone: vi.fn() }));

const BROKEN = { status: 500, body: { type: "/problems/internal", status: 500 } };
const changed = (seq: number) => JSON.stringify({ seq, shifts: ["s1"], kinds: ["alert"] });
const DOUBT = /Larm har inte kunnat hämtas sedan .*\d\d:\d\d\. Nya kan saknas här/;

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

/** The number on the app's icon, as it was told: 0 where it was taken away. */
function badges() {
  const told: number[] = [];
  Object.assign(navigator, {
    setAppBadge: async (count: number) => void told.push(count),
    clearAppBadge: async () => void told.push(0),
  });
  return told;
}

const asShipped = settings.value;
beforeEach(() => {
  vi.mocked(tone).mockClear();
  settings.value = asShipped;
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
  await waitFor(() => expect(document.title).toBe("(1) Larm! Ikväll · Lykta"));
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
  answer("/alerts/a1/clear", BROKEN);
  fireEvent.click(within(alarm).getByRole("button", { name: "Faran över" }));
  expect(await screen.findByText("Det gick inte att spara. Försök igen.")).toBeTruthy();
});

it("says when alarms alone cannot be fetched", async () => {
  deskServer({ "/reviews/shifts": page([]), "/alerts": BROKEN });
  render(<Desk />);
  expect(await screen.findByText(/Larm kan inte hämtas just nu/)).toBeTruthy();
});

it.each([
  ["where there were none", []],
  ["beside those that are known", [anAlert()]],
])("says since when alarms alone have failed, %s, until they come again", async (_, alerts) => {
  const { answer, say, asked } = server(alerts);
  const { container } = render(<Desk />);
  say("open");
  await waitFor(() => expect(asked.some((path) => path.startsWith("/alerts"))).toBe(true));
  await screen.findByText("Ingen är ute");
  expect(screen.queryByText(DOUBT)).toBeNull();
  answer("/alerts", BROKEN);
  say("change", changed(9));
  expect((await screen.findByText(DOUBT)).closest('[role="alert"]')).toBeTruthy();
  expect(container.querySelectorAll(".alarm")).toHaveLength(alerts.length);
  answer("/alerts", page(alerts));
  fireEvent.click(screen.getByRole("button", { name: "Försök igen" }));
  await waitFor(() => expect(screen.queryByText(DOUBT)).toBeNull());
  expect(container.querySelectorAll(".alarm")).toHaveLength(alerts.length);
});

it("does not say twice that the desk is cut off, but does where only alarms cannot be reached", async () => {
  const { answer, say } = server([anAlert()]);
  render(<Desk />);
  await screen.findByRole("alert");
  say("open");
  answer("/alerts", "offline");
  say("change", changed(9));
  expect(await screen.findByText(DOUBT)).toBeTruthy();
  say("error");
  await waitFor(() => expect(screen.queryByText(DOUBT)).toBeNull());
  expect(screen.getByText(/tappad sedan \d\d:\d\d/)).toBeTruthy();
});

it("counts the unseen in the title and on the app's icon", async () => {
  const told = badges();
  const two = [anAlert(), anAlert({ id: "a2", kind: "threat" }), anAlert({ id: "a3", acknowledged: [byBo] })];
  const { answer, say } = server(two);
  const { unmount } = render(<Desk />);
  await waitFor(() => expect(document.title).toBe("(2) Larm! Ikväll · Lykta"));
  expect(told.at(-1)).toBe(2);
  await setLanguage("en");
  await waitFor(() => expect(document.title).toBe("(2) Alarm! Tonight · Lykta"));
  answer("/alerts", page([anAlert()]));
  say("change", changed(9));
  await waitFor(() => expect(document.title).toBe("(1) Alarm! Tonight · Lykta"));
  expect(told.at(-1)).toBe(1);
  answer("/alerts", page([]));
  say("change", changed(10));
  await waitFor(() => expect(document.title).toBe("Tonight · Lykta"));
  expect(told.at(-1)).toBe(0);
  answer("/alerts", page([anAlert({ id: "a4" })]));
  say("change", changed(11));
  await waitFor(() => expect(told.at(-1)).toBe(1));
  unmount();
  await waitFor(() => expect(told.at(-1)).toBe(0));
});

it("sounds only for whoever has asked for it, once for each alarm", async () => {
  const { answer, say } = server([anAlert()]);
  const { unmount } = render(<Desk />);
  await screen.findByRole("alert");
  expect(tone).not.toHaveBeenCalled();
  unmount();
  settings.value = { ...settings.value, sound: true };
  render(<Desk />);
  await waitFor(() => expect(tone).toHaveBeenCalledTimes(1));
  answer("/alerts", page([anAlert(), anAlert({ id: "a2" })]));
  say("change", changed(9));
  await waitFor(() => expect(tone).toHaveBeenCalledTimes(2));
  say("change", changed(10));
  await new Promise((done) => setTimeout(done, 400));
  expect(tone).toHaveBeenCalledTimes(2);
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
