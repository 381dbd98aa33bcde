import { act, cleanup, fireEvent, render, screen, waitFor } from "@testing-library/preact";
import axe from "axe-core";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

vi.mock("../outbox", () => import("../shell/testing/outbox"));
vi.mock("../device/position", () => ({ currentPosition: vi.fn(async () => null) }));

import { currentPosition } from "../device/position";
import { alva, atStation, bo, setStage } from "../shell/testing/cast";
import { add, emptyOutbox, failToSave } from "../shell/testing/outbox";
import { contacts, me, ownOps, people, records } from "../store/state";
import type { AlertValue, OpState } from "../store/types";
import { setLanguage } from "../text";
import { go, route } from "../ui";
import { now_ms } from "../ui/now";
import { AlertScreen } from "./AlertScreen";
import { AlertStrip } from "./AlertStrip";
import { OneAlertScreen } from "./OneAlertScreen";
import { ending } from "./over";
import { POSITION_MS_MAX, raising } from "./raise";
import { startReminders } from "./remind";
import { HOLD_MS } from "./rules";

const CHEF = {
  id: "c-1",
  service: "CHEF",
  name: "Arbetsledare",
  number: "070-174 06 08",
  hours: null,
  note: null,
  checked_on: null,
};
const ACKED: OpState = {
  state: "acked",
  seq: 7,
  receivedAt: "2026-11-20T19:15:00.000Z",
  quarantined: null,
};

function anAlert(over: Partial<AlertValue> = {}): AlertValue {
  return {
    id: "a-1",
    author_id: "u-cim",
    stated_at: "2026-11-20T19:10:00.000Z",
    estimated_at: null,
    estimated_within_ms: null,
    received_at: "2026-11-20T19:10:01.000Z",
    install: "i",
    position: atStation,
    shift_id: null,
    kind: "help",
    status: "open",
    host_id: "u-cim",
    note: null,
    due_at: null,
    acknowledged: [],
    cleared: null,
    steps: [],
    ...over,
  };
}

const seenBy = (author_id: string) => ({ id: "k-1", author_id, stated_at: "2026-11-20T19:16:00.000Z" });
const know = (...alerts: AlertValue[]) => {
  records.value = { ...records.value, alerts: new Map(alerts.map((one) => [one.id, one])) };
};
/** How the server answers for what this phone made. */
function receipt(sync: OpState): void {
  ownOps.value = ownOps.value.map((op) => ({ ...op, sync }));
}
const raised = () => add.mock.calls.map(([op]) => op).filter(({ type }) => type === "alert.raise");
const holdButton = () => screen.getByRole("button", { name: /Håll för att larma|Håll kvar/ });
const pass = (ms: number) =>
  act(async () => {
    await vi.advanceTimersByTimeAsync(ms);
  });

async function expectNoFaults(node: Element) {
  const found = await axe.run(node, {
    rules: { "color-contrast": { enabled: false }, region: { enabled: false } },
  });
  expect(found.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
}

beforeEach(() => {
  setStage();
  emptyOutbox();
  people.value = [...people.value, { id: bo.id, name: bo.name, role: bo.role, active: true }];
  contacts.value = [CHEF];
  raising.value = null;
  ending.value = null;
  vi.mocked(currentPosition).mockResolvedValue(null);
  vi.stubGlobal("matchMedia", () => ({ matches: false }));
  go("#/larm");
});
afterEach(async () => {
  cleanup();
  vi.useRealTimers();
  vi.unstubAllGlobals();
  await setLanguage("sv");
});

describe("raising", () => {
  beforeEach(() => {
    vi.useFakeTimers({
      toFake: ["setTimeout", "setInterval", "clearTimeout", "clearInterval", "performance", "Date"],
    });
  });

  it("takes two seconds of holding, and saves one alarm with the position", async () => {
    vi.mocked(currentPosition).mockResolvedValue(atStation);
    render(<AlertScreen />);
    await pass(0);
    fireEvent.pointerDown(holdButton(), { button: 0, pointerId: 1 });
    await pass(HOLD_MS - 100);
    expect(raised()).toEqual([]);
    await pass(200);
    fireEvent.pointerUp(holdButton());
    await pass(100);
    expect(raised()).toHaveLength(1);
    expect(raised()[0]).toMatchObject({ data: { kind: "help" }, position: { lat: atStation.lat } });
    expect(route.value.path).toEqual(["larm", raised()[0]?.id]);
  });

  it("is called off by letting go, by pointer and by key, and says that nobody was alarmed", async () => {
    render(<AlertScreen />);
    fireEvent.pointerDown(holdButton(), { button: 0, pointerId: 1 });
    await pass(1500);
    fireEvent.pointerUp(holdButton());
    await pass(3000);
    fireEvent.keyDown(holdButton(), { key: " " });
    await pass(1500);
    fireEvent.keyUp(holdButton(), { key: " " });
    await pass(3000);
    expect(raised()).toEqual([]);
    expect(screen.getByText("Du släppte för tidigt: ingen har larmats.")).toBeTruthy();
  });

  it("works by keyboard, and by two presses for those who cannot hold", async () => {
    render(<AlertScreen />);
    fireEvent.keyDown(holdButton(), { key: "Enter" });
    fireEvent.keyDown(holdButton(), { key: "Enter", repeat: true });
    await pass(HOLD_MS + POSITION_MS_MAX + 100);
    expect(raised()).toHaveLength(1);
    go("#/larm");
    fireEvent.click(screen.getByRole("button", { name: /Kan du inte hålla/ }));
    fireEvent.click(screen.getByRole("button", { name: "Larma nu" }));
    await pass(POSITION_MS_MAX + 100);
    expect(raised()).toHaveLength(2);
  });

  it("does not wait for a position that never comes", async () => {
    vi.mocked(currentPosition).mockReturnValue(new Promise(() => undefined));
    render(<AlertScreen />);
    fireEvent.pointerDown(holdButton(), { button: 0, pointerId: 1 });
    await pass(HOLD_MS + 100);
    expect(raised()).toEqual([]);
    await pass(POSITION_MS_MAX);
    expect(raised()[0]).toMatchObject({ position: null });
  });

  it("says that it is NOT saved when the phone cannot save it, and can be tried again", async () => {
    render(<AlertScreen />);
    failToSave();
    fireEvent.pointerDown(holdButton(), { button: 0, pointerId: 1 });
    await pass(HOLD_MS + 100);
    expect(screen.getByRole("alert").textContent).toContain("INTE sparat. Ring 112");
    expect(route.value.path).toEqual(["larm"]);
    fireEvent.pointerUp(holdButton());
    fireEvent.pointerDown(holdButton(), { button: 0, pointerId: 2 });
    await pass(HOLD_MS + 100);
    expect(new Set(raised().map(({ id }) => id)).size).toBe(1);
    expect(route.value.path).toHaveLength(2);
  });
});

describe("the way an alarm goes", () => {
  const raiseOne = (kind: "help" | "test" = "help") =>
    add({ id: "a-1", type: "alert.raise", shift: null, position: atStation, data: { kind, note: null } });
  const shows = (words: string | RegExp) =>
    waitFor(() => expect(screen.getByRole("status").textContent).toMatch(words));

  it("is queued, delivered only with a receipt, and seen by name", async () => {
    await raiseOne();
    const { container } = render(<OneAlertScreen id="a-1" />);
    await shows(/Bara i telefonen. Ingen har fått larmet/);
    receipt(ACKED);
    await shows("Servern har larmet. Ingen har kvitterat än.");
    know(anAlert({ author_id: alva.id, host_id: alva.id, acknowledged: [seenBy(bo.id)] }));
    await shows("Bo vet om det.");
    expect(screen.getByText("Sett av Bo")).toBeTruthy();
    await expectNoFaults(container);
  });

  it.each([
    [{ ...ACKED, quarantined: "type" }, /kunde inte läsa det. Ring/],
    [{ state: "stuck", why: "refused" }, /gick inte att skicka. Ring/],
  ] satisfies [OpState, RegExp][])(
    "says when the server has it and cannot read it, or refuses it",
    async (sync, words) => {
      await raiseOne();
      receipt(sync);
      render(<OneAlertScreen id="a-1" />);
      await shows(words);
    },
  );

  it("offers 112, the supervisor's number, and a text with the position, whatever the network does", async () => {
    await raiseOne();
    render(<OneAlertScreen id="a-1" />);
    expect(screen.getByRole("link", { name: "Ring 112" }).getAttribute("href")).toBe("tel:112");
    expect(screen.getByRole("link", { name: "Ring Arbetsledare" }).getAttribute("href")).toBe(
      "tel:0701740608",
    );
    const sms = decodeURIComponent(
      screen.getByRole("link", { name: "Sms till Arbetsledare" }).getAttribute("href") ?? "",
    );
    expect(sms).toContain(
      "sms:0701740608?&body=Larm från Alva Lind 20:14. Position 56.05220, 14.57550 (±8 m",
    );
  });

  it("ends with Faran över, which can be undone for five seconds", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    await raiseOne();
    render(<OneAlertScreen id="a-1" />);
    const over = () => ownOps.value.filter(({ type }) => type === "alert.clear");
    fireEvent.click(screen.getByRole("button", { name: "Faran över" }));
    await pass(3000);
    fireEvent.click(screen.getByRole("button", { name: "Ångra" }));
    fireEvent.click(screen.getByRole("button", { name: "Faran över" }));
    await pass(3000);
    expect(over()).toEqual([]);
    await pass(2100);
    expect(over()).toHaveLength(1);
    expect(screen.getByText(/Faran över .*, Alva/)).toBeTruthy();
    expect(screen.queryByRole("button", { name: "Faran över" })).toBeNull();
  });

  it("keeps a log of tests, each with how far it came", async () => {
    await raiseOne("test");
    receipt(ACKED);
    const { container } = render(<AlertScreen />);
    expect(screen.getByText("Tidigare prov")).toBeTruthy();
    const card = screen.getByRole("link", { name: /^Prov / }).closest("li");
    expect(card?.textContent).toContain("Levererat20:15");
    expect(card?.textContent).toContain("Settinte än");
    await expectNoFaults(container);
  });
});

describe("a colleague's alarm", () => {
  it("is on every screen, and is acknowledged by name: queued until the server has it", async () => {
    know(anAlert());
    render(
      <>
        <AlertStrip />
        <OneAlertScreen id="a-1" />
      </>,
    );
    expect(screen.getByRole("link", { name: "Cim larmar om hjälp" }).getAttribute("href")).toBe("#/larm/a-1");
    expect(screen.getByText(/Position 56.05220, 14.57550/)).toBeTruthy();
    fireEvent.click(screen.getByRole("button", { name: "Jag har sett det" }));
    expect(await screen.findByText("Din kvittering är köad: ingen har fått den än.")).toBeTruthy();
    receipt(ACKED);
    expect(await screen.findByText("Din kvittering är levererad 20:15.")).toBeTruthy();
    expect(ownOps.value.map(({ type, data }) => [type, data])).toEqual([
      ["alert.acknowledge", { target: "a-1" }],
    ]);
  });

  it("that is late says what time was promised, and one's own leads to the check-in", () => {
    const late = { kind: "overdue", author_id: null, due_at: "2026-11-20T19:00:00.000Z", position: null };
    know(anAlert(late), anAlert({ ...late, id: "a-2", host_id: alva.id, acknowledged: [seenBy(bo.id)] }));
    const { unmount } = render(<OneAlertScreen id="a-1" />);
    expect(screen.getByText("Cim skulle ha checkat in 20:00")).toBeTruthy();
    unmount();
    render(
      <>
        <AlertStrip />
        <OneAlertScreen id="a-2" />
      </>,
    );
    expect(screen.getByText("Din incheckning är försenad: sedd av Bo")).toBeTruthy();
    expect(screen.getByRole("link", { name: "Till incheckningen" }).getAttribute("href")).toBe("#/falt");
    expect(screen.queryByRole("button", { name: "Jag har sett det" })).toBeNull();
  });
});

it("without anybody signed in it raises nothing, says so, and still has the number", () => {
  me.value = null;
  render(<AlertScreen />);
  expect(screen.getByRole("alert").textContent).toContain("Ingen är inloggad");
  expect(screen.getByRole("link", { name: "Ring 112" })).toBeTruthy();
  expect(screen.queryByRole("button", { name: /Håll/ })).toBeNull();
});

it("says in plain words that it is no personal alarm and what phones do to apps in the background", async () => {
  const { container } = render(<AlertScreen />);
  expect(container.textContent).toContain("Lykta är inget personlarm.");
  expect(container.textContent).toContain("iPhone och Android stoppa den när som helst");
  await act(() => setLanguage("en"));
  expect(container.textContent).toContain("Lykta is not a personal alarm.");
});

it("vibrates once shortly before a promise and once when it is due", async () => {
  const vibrate = vi.fn();
  vi.stubGlobal("navigator", { vibrate });
  const wall = new Date(now_ms.value).toISOString();
  const due = new Date(now_ms.value + 10 * 60_000).toISOString();
  await add({
    id: "s-1",
    type: "shift.start",
    shift: null,
    position: null,
    data: { hosts: [alva.id], area_id: null, transport: null, planned_end: null, alone_reason: "x" },
  });
  await add({
    id: "k",
    type: "checkin.create",
    shift: "s-1",
    position: null,
    data: { kind: "ok", place_id: null, note: null, next_due: due },
  });
  ownOps.value = ownOps.value.map((op) => ({ ...op, wall, shift: "s-1" }));
  const end = startReminders();
  for (const minutes of [1, 8.5, 8.6, 10.1, 10.5]) now_ms.value = Date.parse(wall) + minutes * 60_000;
  end();
  expect(vibrate.mock.calls.map(([pattern]) => pattern.length)).toEqual([1, 5]);
});
