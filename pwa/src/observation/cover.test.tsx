import { act, cleanup, render, screen, within } from "@testing-library/preact";
import axe from "axe-core";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { HomeScreen } from "../shell/HomeScreen";
import { LogList } from "../shell/log/LogList";
import { logEntries } from "../shell/log/state";
import { alva, setStage, startOfShift } from "../shell/testing/cast";
import { emptyOutbox } from "../shell/testing/outbox";
import { tap } from "../shell/testing/play";
import { WhatCame } from "../shell/tonight/WhatCame";
import type { HeldRow } from "../store/held";
import { heldRows, ownOps, records } from "../store/state";
import type { FollowupValue, OwnOp } from "../store/types";

vi.mock("../outbox", () => import("../shell/testing/outbox"));
vi.mock("../device/position", () => ({ currentPosition: async () => null }));

const TEXT = "Satt på broräcket";
const said = (category: string) => ({
  ...{ category, happened: { kind: "point", from: "2026-11-20T19:10:00Z", to: null } },
  ...{ place_id: "p-station", place_text: null, count: null, ages: null, certainty: null, severity: 4 },
  ...{ ongoing: null, actions: [], text: TEXT, attachments: [] },
});
const made = { author: alva.id, shift: "s-1", hash: "sha256:0", position: null, sync: { state: "pending" } };
const create = (category: string, id = "o-1") =>
  ({
    ...{ id, seq: 2, type: "observation.create", wall: "2026-11-20T19:12:00.000Z", data: said(category) },
    ...made,
  }) as OwnOp;
const amend = (category: string) =>
  ({
    ...{ id: "r-1", seq: 3, type: "observation.amend", wall: "2026-11-20T19:13:00.000Z" },
    data: { target: "o-1", reason: "Fel knapp", observation: said(category) },
    ...made,
  }) as OwnOp;

const logWith = (...ops: OwnOp[]) => {
  ownOps.value = [startOfShift(), ...ops];
  return render(<LogList entries={logEntries.value} />);
};
const card = () => screen.getByRole("link", { name: /20:10/ });

beforeEach(() => {
  setStage();
  emptyOutbox();
});
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

it.each(["H2", "H4", "V5", "X1"])("tells in the log of %s its category and state alone", (category) => {
  logWith(create(category));
  expect(card().textContent).not.toMatch(/Satt|Stationen|Akut|Allvarlig/);
  expect(card().textContent).toContain("Endast i telefonen");
  expect(screen.getByRole("button", { name: /^Visa texten: .+, 20:10$/ })).toBeTruthy();
});

it("opens its words at a tap, and closes them at the next", async () => {
  const { container } = logWith(create("H2"));
  expect(card().textContent).toContain("Suicidrisk");
  await tap(/^Visa texten/);
  expect(card().textContent).toContain(TEXT);
  expect(card().textContent).toContain("Stationen");
  const rules = { "color-contrast": { enabled: false }, region: { enabled: false } };
  expect((await axe.run(container, { rules })).violations).toEqual([]);
  await tap(/^Dölj texten/);
  expect(card().textContent).not.toContain(TEXT);
});

it("closes them when the screen is left, and when the phone is put away", async () => {
  const first = logWith(create("X1"));
  await tap(/^Visa texten/);
  first.unmount();
  render(<LogList entries={logEntries.value} />);
  expect(card().textContent).not.toContain(TEXT);
  await tap(/^Visa texten/);
  vi.spyOn(document, "hidden", "get").mockReturnValue(true);
  await act(async () => {
    document.dispatchEvent(new Event("visibilitychange"));
  });
  expect(card().textContent).not.toContain(TEXT);
});

it("stays closed though the category was corrected into an open one", () => {
  logWith(create("H2"), amend("S2"));
  expect(card().textContent).not.toContain(TEXT);
});

it("leaves open what is open", () => {
  logWith(create("V1"));
  expect(card().textContent).toContain(TEXT);
  expect(screen.queryByRole("button", { name: /Visa texten/ })).toBeNull();
});

it("does not even say on the start view what it was about, and leads to the record", () => {
  ownOps.value = [startOfShift(), create("H2")];
  heldRows.value = [
    { id: "o-1", author: alva.id, held: { op: { id: "o-1" }, until_ms: Date.now() + 8_000 } },
  ] as unknown as HeldRow[];
  const { container } = render(<HomeScreen />);
  const latest = within(screen.getByRole("region", { name: "Senaste" }));
  expect(latest.getByText("Skyddad post").closest("a")?.getAttribute("href")).toContain("o-1");
  expect(screen.getByText("Skyddad post kan ångras en kort stund.")).toBeTruthy();
  expect(screen.getByRole("button", { name: "Ångra Skyddad post" })).toBeTruthy();
  expect(container.innerHTML).not.toMatch(/Suicid|Satt|Stationen/);
});

it("keeps to itself what became of it, until it is asked for", async () => {
  const came = {
    ...{ id: "f-1", observation_id: "o-1", reporter_id: alva.id, owner_id: "u-bo", status: "closed" },
    ...{ kind: "contact", due: "2026-11-30", outcome: "fixed", result: "Räcket är höjt.", sent_at: null },
    ...{ changed_at: "2026-11-20T10:00:00.000Z", happened_from: "2026-11-18T21:00:00.000Z" },
    ...{ place_id: "p-station", category: "H2" },
  } as FollowupValue;
  records.value = { ...records.value, followups: new Map([["f-1", came]]) };
  const { container } = render(<WhatCame />);
  expect(container.textContent).toContain("Skyddad post");
  expect(container.textContent).not.toMatch(/Suicid|Räcket|Stationen|Åtgärdat/);
  await tap(/^Visa texten/);
  expect(container.textContent).toContain("Räcket är höjt.");
});
