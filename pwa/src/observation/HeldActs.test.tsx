import { act, cleanup, render, screen, waitFor } from "@testing-library/preact";
import axe from "axe-core";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { HomeScreen } from "../shell/HomeScreen";
import { LogList } from "../shell/log/LogList";
import { logEntries } from "../shell/log/state";
import { alva, setStage, startOfShift } from "../shell/testing/cast";
import { emptyOutbox, undoHeld } from "../shell/testing/outbox";
import { tap } from "../shell/testing/play";
import type { HeldRow } from "../store/held";
import { heldRows, ownOps } from "../store/state";
import type { OwnOp } from "../store/types";
import { Page } from "../ui";
import { ObservationDetail } from "./Detail";
import { ObservationScreen } from "./Screen";
import { observations } from "./state";

vi.mock("../outbox", () => import("../shell/testing/outbox"));
vi.mock("../device/position", () => ({ currentPosition: async () => null }));

const SAID = {
  ...{ category: "S2", happened: { kind: "point", from: "2026-11-20T19:10:00Z", to: null } },
  ...{ place_id: null, place_text: null, count: null, ages: null, certainty: null, severity: 1 },
  ...{ ongoing: null, actions: [], text: "tagg", attachments: [] },
};
const op = (id: string) =>
  ({
    ...{ id, seq: 0, type: "observation.create", author: alva.id, shift: "s-1", hash: "sha256:0" },
    ...{ wall: "2026-11-20T19:12:00.000Z", position: null, data: SAID, sync: { state: "pending" } },
  }) as OwnOp;
const row = (id: string, author = alva.id) =>
  ({ id, author, held: { op: { id }, until_ms: Date.now() + 8_000 } }) as unknown as HeldRow;

beforeEach(() => {
  setStage();
  emptyOutbox();
  ownOps.value = [startOfShift(), op("o-1"), op("o-2")];
  heldRows.value = [row("o-1")];
  location.hash = "#/logg";
});
afterEach(cleanup);

it("offers to undo only what can still be had back, on its card", async () => {
  const { container } = render(<LogList entries={logEntries.value} />);
  expect(screen.getAllByRole("button").map((one) => one.getAttribute("aria-label"))).toEqual([
    "Ångra Klotter",
    "Ändra Klotter",
  ]);
  expect(container.querySelector(".with-held a")?.getAttribute("href")).toContain("o-1");
  const rules = { "color-contrast": { enabled: false }, region: { enabled: false } };
  expect((await axe.run(container, { rules })).violations).toEqual([]);
});

it("goes to the form to change it, and to the start to leave it begun", async () => {
  render(<LogList entries={logEntries.value} />);
  await tap("Ändra Klotter");
  await waitFor(() => expect(location.hash).toBe("#/observation/o-1"));
  await tap("Ångra Klotter");
  await waitFor(() => expect(location.hash).toBe("#/falt"));
  expect(undoHeld).toHaveBeenCalledTimes(2);
});

it("leads to the correction when it is too late by a moment", async () => {
  undoHeld.mockResolvedValueOnce(false);
  render(<LogList entries={logEntries.value} />);
  await tap("Ändra Klotter");
  await waitFor(() => expect(location.hash).toMatch(/o-1/));
  expect(location.hash).not.toBe("#/observation/o-1");
});

it("stands in place of correcting and retracting, until it is let out", async () => {
  const view = () => observations.value.find(({ id }) => id === "o-1");
  const shown = view();
  if (!shown) throw new Error("no view");
  render(<ObservationDetail view={shown} />);
  expect(screen.queryByRole("button", { name: "Rätta" })).toBeNull();
  heldRows.value = [];
  expect(await screen.findByRole("button", { name: "Rätta" })).toBeTruthy();
});

it("is offered above the next form, while that is empty, and never another's", async () => {
  heldRows.value = [row("o-1"), row("o-2", "u-cim")];
  render(<ObservationScreen id="o-9" target={null} />);
  expect(screen.getByText("Klotter kan ångras en kort stund.")).toBeTruthy();
  expect(screen.getAllByRole("button", { name: "Ångra Klotter" })).toHaveLength(1);
  await tap("Klotter");
  expect(screen.queryByRole("button", { name: "Ångra Klotter" })).toBeNull();
});

it("is at the thumb of the start view, the last one only, and once", () => {
  heldRows.value = [row("o-1"), row("o-2")];
  const { container } = render(<HomeScreen />);
  expect(container.querySelectorAll(".page-foot .held")).toHaveLength(1);
  expect(screen.getAllByRole("button", { name: "Ångra Klotter" })).toHaveLength(1);
});

describe("a keyboard's focus on what goes away by itself", () => {
  const on = (name: string) => screen.getByRole("button", { name }).focus();
  const letOut = () =>
    act(async () => {
      heldRows.value = [];
    });
  const log = () =>
    render(
      <Page title="Logg">
        <LogList entries={logEntries.value} />
      </Page>,
    );

  it("goes to the card that it stood under, when the time is over", async () => {
    log();
    on("Ändra Klotter");
    await letOut();
    expect(document.activeElement?.getAttribute("href")).toContain("o-1");
  });

  it("goes to the heading where there is no card", async () => {
    render(<ObservationScreen id="o-9" target={null} />);
    on("Ångra Klotter");
    await letOut();
    expect(document.activeElement?.tagName).toBe("H1");
  });

  it("stays where it is, if it is elsewhere", async () => {
    log();
    const other = screen.getAllByRole("link").at(-1);
    other?.focus();
    await letOut();
    expect(document.activeElement).toBe(other);
    expect(other?.getAttribute("href")).not.toContain("o-1");
  });
});
