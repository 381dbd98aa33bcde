import { act, cleanup, render, screen, waitFor } from "@testing-library/preact";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { HomeScreen } from "../shell/HomeScreen";
import { setStage, startOfShift } from "../shell/testing/cast";
import { add, emptyOutbox, failToSave } from "../shell/testing/outbox";
import { seen, tap } from "../shell/testing/play";
import { ownOps } from "../store/state";
import { now_ms } from "../ui/now";
import { AfterTap, NextDue } from "./CheckinPanel";
import { CheckinScreen } from "./Screen";
import { hold, sealHeld } from "./undo";

vi.mock("../outbox", () => import("../shell/testing/outbox"));
vi.mock("../device/position", () => ({ currentPosition: async () => null }));

beforeEach(() => {
  setStage();
  emptyOutbox();
  ownOps.value = [startOfShift()];
});
afterEach(cleanup);

describe("a check-in with more to say", () => {
  it("names its place, its promise, and its note", async () => {
    render(<CheckinScreen id="c-1" kind="arrived" />);
    await tap(/^Plats/);
    await tap("Stationen");
    await tap("45 min", "radio");
    await tap("Spara");
    await waitFor(() =>
      expect(add.mock.calls[0]?.[0]).toMatchObject({
        data: { kind: "arrived", place_id: "p-station", note: null },
      }),
    );
    expect(JSON.stringify(add.mock.calls[0]?.[0])).toContain('"next_due":"2');
  });

  it("may promise nothing", async () => {
    render(<CheckinScreen id="c-1" kind="pause" />);
    await tap("Ingen", "radio");
    await tap("Spara");
    await waitFor(() => expect(add.mock.calls[0]?.[0]).toMatchObject({ data: { next_due: null } }));
  });

  it("stays when it could not be saved", async () => {
    failToSave();
    render(<CheckinScreen id="c-1" kind="round" />);
    await tap("Spara");
    await seen(/INTE sparat/);
  });
});

describe("the next promise", () => {
  const promise = () =>
    add({
      id: "c-1",
      type: "checkin.create",
      shift: "s-1",
      position: null,
      data: {
        kind: "ok",
        place_id: null,
        note: null,
        next_due: new Date(Date.now() + 18 * 60_000).toISOString(),
      },
    });

  it("is counted down, and lateness said in words", async () => {
    await promise();
    now_ms.value = Date.now();
    render(<NextDue />);
    expect(screen.getByText(/1[78] minuter kvar/)).toBeTruthy();
    now_ms.value = Date.now() + 22 * 60_000;
    await seen(/Försenad [34] minuter/);
  });

  it("is not there before anything is promised", () => {
    render(<NextDue />);
    expect(screen.getByText("Ingen incheckning utlovad.")).toBeTruthy();
  });

  it("says how far the last one has come, and that it had no position", async () => {
    await promise();
    render(<AfterTap />);
    expect(screen.getByText(/Senast: Vi är ok .* utan position/)).toBeTruthy();
    expect(screen.getByText("Endast i telefonen")).toBeTruthy();
  });
});

it("gives the focus back to the check-in when it can be undone no longer", async () => {
  render(<HomeScreen />);
  act(() => hold({ kind: "ok", place_id: null, note: null, next_due: null }, "s-1"));
  screen.getByRole("button", { name: "Ångra" }).focus();
  await act(sealHeld);
  expect(screen.queryByRole("button", { name: "Ångra" })).toBeNull();
  expect(document.activeElement).toBe(screen.getByRole("button", { name: "Vi är ok" }));
});
