import { act, cleanup, render, screen, waitFor } from "@testing-library/preact";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { HomeScreen } from "../shell/HomeScreen";
import { setStage, startOfShift } from "../shell/testing/cast";
import { add, emptyOutbox, failToSave } from "../shell/testing/outbox";
import { seen, tap } from "../shell/testing/play";
import { ownOps } from "../store/state";
import type { OwnOp } from "../store/types";
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

describe("a check-in that the server has not heard", () => {
  const at_ms = Date.parse("2026-11-20T20:00:00.000Z");
  const at = (minute: number) => new Date(at_ms + minute * 60_000).toISOString();
  const said = (id: string, minute: number, due: number | null, over: Partial<OwnOp> = {}) =>
    ({
      ...startOfShift(),
      ...{ id, type: "checkin.create", wall: at(minute) },
      data: { kind: "ok", place_id: null, note: null, next_due: due === null ? null : at(due) },
      ...over,
    }) as OwnOp;
  const sync = { state: "acked", seq: 1, receivedAt: at(0), quarantined: null } as const;
  const look = (minute: number, ...ops: OwnOp[]) => {
    ownOps.value = [startOfShift(), ...ops];
    now_ms.value = at_ms + minute * 60_000;
    return render(<NextDue />).container.textContent;
  };
  const offline = () => vi.spyOn(navigator, "onLine", "get").mockReturnValue(false);
  const known = said("c-1", 0, 30, { sync });

  it("is told of beside the countdown, with the time that the server waits for", () => {
    offline();
    const words = look(20, known, said("c-2", 20, 50));
    expect(words).toContain("30 minuter kvar");
    expect(words).toContain("Servern har inte hört det än. Efter 21:30 meddelas andra.");
  });

  it("says so when that time is over, though the phone counts on", () => {
    offline();
    const words = look(31, known, said("c-2", 20, 50));
    expect(words).toContain("19 minuter kvar");
    expect(words).toContain("Servern har inte hört det än. Den väntade er 21:30: andra kan vara meddelade.");
  });

  it("goes by what the server has, however often it was said since, and though the last promised nothing", () => {
    offline();
    expect(look(25, known, said("c-2", 10, 40), said("c-3", 25, null))).toContain("Efter 21:30 meddelas");
  });

  it("says that nobody is told where the server was promised nothing", () => {
    offline();
    expect(look(1, said("c-2", 0, 30))).toContain("Ingen meddelas om ni dröjer.");
  });

  it("is not told of while it is on its way, but with coverage, too, when it does not arrive", () => {
    expect(look(20, known, said("c-2", 20, 50))).not.toContain("Servern");
    cleanup();
    expect(look(20.2, known, said("c-2", 20, 50))).toContain("Efter 21:30 meddelas");
  });

  it("is not told of once the server has it", async () => {
    offline();
    expect(look(20, known, said("c-2", 20, 50))).toContain("Servern");
    act(() => {
      ownOps.value = [startOfShift(), known, said("c-2", 20, 50, { sync })];
    });
    expect(screen.queryByText(/Servern/)).toBeNull();
    expect(screen.getByText("30 minuter kvar")).toBeTruthy();
  });

  it("that is late is told of where nobody hears the phone, and only there", () => {
    expect(look(33, known)).not.toContain("täckning");
    cleanup();
    offline();
    expect(look(33, known)).toContain("Utan täckning hörs ni inte. Andra kan vara meddelade.");
    cleanup();
    expect(look(29, known)).not.toContain("täckning");
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
