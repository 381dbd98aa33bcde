import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/preact";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { atStation, setStage } from "../shell/testing/cast";
import { add, drafts, emptyOutbox, failToSave } from "../shell/testing/outbox";
import { seen, tap, type } from "../shell/testing/play";
import { settings } from "../store/state";
import type { Draft, Position } from "../store/types";
import { go } from "../ui";
import { speakingCard } from "../ui/routes";
import { dialedOf } from "./confirm";
import { DialStrip } from "./DialStrip";
import { EscalationScreen } from "./EscalationScreen";
import { HandoverScreen } from "./HandoverScreen";
import { SpeakingCard } from "./SpeakingCard";

const found = vi.hoisted(() => ({ position: null as Position | null, ask: async () => found.position }));
const awake = vi.hoisted(() => ({ keepAwake: vi.fn() }));
vi.mock("../outbox", () => import("../shell/testing/outbox"));
vi.mock("../device/position", () => ({ currentPosition: () => found.ask() }));
vi.mock("../device/awake", () => ({ keepAwake: awake.keepAwake }));
vi.mock("../store/meta", () => ({ writeMeta: async () => {} }));

beforeEach(() => {
  setStage({ at_ms: Date.now() });
  emptyOutbox();
  awake.keepAwake.mockClear();
  awake.keepAwake.mockReturnValue(() => {});
  found.position = atStation;
  found.ask = async () => found.position;
});
afterEach(cleanup);

const open = (service: string | null = "AMB112", target: string | null = null) => {
  go(speakingCard("t-1", {}));
  return render(<SpeakingCard id="t-1" service={service} contact={null} target={target} />);
};
const dial = (name = "Ring 112") => {
  const link = screen.getByRole("link", { name });
  // happy-dom would follow it
  link.addEventListener("click", (event) => event.preventDefault());
  fireEvent.click(link);
};

describe("the speaking card", () => {
  it("tells place and position in both ways, with accuracy and age", async () => {
    open();
    await seen("Stationen · 17 m");
    expect(screen.getByText("56° 03,132' N", { normalizer: plain })).toBeTruthy();
    expect(screen.getByText("014° 34,530' E", { normalizer: plain })).toBeTruthy();
    expect(screen.getByText("N 6 211 971", { normalizer: plain })).toBeTruthy();
    expect(screen.getByText(/^±8 m · \d s gammal$/)).toBeTruthy();
  });

  it("says plainly that there is no position", async () => {
    found.position = null;
    open();
    expect(screen.getByText(/Söker positionen/)).toBeTruthy();
    await seen("Ingen position");
    expect(screen.getByText(/Säg platsen med ord/)).toBeTruthy();
    expect(screen.getByRole("link", { name: "Ring 112" }).getAttribute("href")).toBe("tel:112");
  });

  it("tells the phone's own number, and whose it is when it is not known", async () => {
    open();
    await seen("Inte ifyllt (din telefon)");
    await tap("Fyll i");
    type("Telefonens eget nummer", "070-123 45 67");
    await tap("Klart");
    expect(screen.getByText("070-123 45 67")).toBeTruthy();
    expect(settings.value.ownNumber).toBe("070-123 45 67");
  });

  it("keeps the screen lit, and lets it go", async () => {
    const release = vi.fn();
    awake.keepAwake.mockReturnValue(release);
    const { unmount } = open();
    await waitFor(() => expect(awake.keepAwake).toHaveBeenCalledOnce());
    expect(release).not.toHaveBeenCalled();
    unmount();
    await waitFor(() => expect(release).toHaveBeenCalledOnce());
  });
});

const plain = (words: string) => words.replaceAll("\u00a0", " ").trim();

describe("a tap on the number", () => {
  it("asks, and claims nothing", async () => {
    open();
    await seen("Stationen · 17 m");
    dial();
    await seen("Ringde du 112?");
    expect(add).not.toHaveBeenCalled();
    expect(screen.getByRole("link", { name: "Ring 112 igen" })).toBeTruthy();
  });

  it("by mistake leaves nothing behind", async () => {
    open();
    dial();
    await tap("Nej");
    await waitFor(() => expect(location.hash).not.toContain("t-1"));
    expect(location.hash).toMatch(/^#\/ring\/kort\/id-\d+\?tjanst=AMB112$/);
    expect(drafts.value).toEqual([]);
    expect(add).not.toHaveBeenCalled();
    expect(screen.queryByText("Ringde du 112?")).toBeNull();
    expect(screen.getByRole("link", { name: "Ring 112" })).toBeTruthy();
  });

  it("by mistake does not call back who has gone elsewhere meanwhile", async () => {
    open();
    dial();
    await seen("Ringde du 112?");
    fireEvent.click(screen.getByRole("button", { name: "Nej" }));
    go("#/falt");
    await waitFor(() => expect(drafts.value).toEqual([]));
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(location.hash).toBe("#/falt");
  });

  it("by mistake leaves the words that the host wrote", async () => {
    open();
    type("Vad", "Man har fallit ihop");
    dial();
    await tap("Nej");
    await waitFor(() =>
      expect(drafts.value[0]?.fields).toMatchObject({ what: "Man har fallit ihop", dialedAt: null }),
    );
  });

  it("and Ja are the call for help and its attempt, at the time of the tap", async () => {
    open();
    await seen("Stationen · 17 m");
    type("Vad", "Man har fallit ihop");
    dial();
    await waitFor(() => expect(drafts.value).toHaveLength(1));
    const tapped = dialedOf(drafts.value[0] as Draft)?.at;
    await tap("Ja");
    await waitFor(() => expect(add).toHaveBeenCalledTimes(2));
    const [create, attempt] = add.mock.calls.map(([op]) => op);
    expect(create).toMatchObject({
      type: "escalation.create",
      position: { lat: atStation.lat, source: "gnss" },
      data: { service: "AMB112", channel: "phone", cause: "Man har fallit ihop · Stationen" },
    });
    expect(attempt).toMatchObject({
      id: "t-1",
      type: "escalation.attempt",
      data: { target: create?.id, outcome: "OKAND", answered: null, attempted: { kind: "point" } },
    });
    const said = attempt?.type === "escalation.attempt" ? attempt.data : null;
    expect(said).toHaveProperty("attempted.from", tapped);
    expect(location.hash).toBe(`#/ring/${create?.id}`);
  });

  it("takes the position that comes after it", async () => {
    let tell: (position: Position) => void = () => {};
    found.ask = () =>
      new Promise((resolve) => {
        tell = resolve;
      });
    open();
    await waitFor(() => expect(screen.getByText(/Söker positionen/)).toBeTruthy());
    dial();
    await seen("Ringde du 112?");
    tell(atStation);
    await seen(/^±8 m/);
    await tap("Ja");
    await waitFor(() => expect(add).toHaveBeenCalledTimes(2));
    expect(add.mock.calls[0]?.[0]).toMatchObject({ position: { lat: atStation.lat, source: "gnss" } });
  });

  it("asks who was alerted when 112 was rung without saying", async () => {
    open(null);
    dial();
    await tap("Kom inte fram");
    expect(add).not.toHaveBeenCalled();
    await tap("Räddningstjänst");
    await waitFor(() => expect(add).toHaveBeenCalledTimes(2));
    expect(add.mock.calls[0]?.[0]).toMatchObject({ data: { service: "RTJ112" } });
    expect(add.mock.calls[1]?.[0]).toMatchObject({ data: { outcome: "EJSVAR" } });
  });

  it("is asked about again when saving failed, and the second Ja makes no second call", async () => {
    open();
    dial();
    add.mockImplementationOnce(add.getMockImplementation() as typeof add);
    failToSave();
    await tap("Ja");
    await seen(/INTE sparat/);
    expect(drafts.value).toHaveLength(1);
    await tap("Ja");
    await waitFor(() =>
      expect(add.mock.calls.filter(([op]) => op.type === "escalation.attempt")).toHaveLength(2),
    );
    const made = add.mock.calls.filter(([op]) => op.type === "escalation.create").map(([op]) => op.id);
    expect(new Set(made).size).toBe(1);
  });

  it("is asked about on every other screen, also by an app that was dead", async () => {
    open();
    dial();
    await waitFor(() => expect(drafts.value).toHaveLength(1));
    cleanup();
    go("#/falt");
    render(<DialStrip />);
    await seen("Ringde du 112?");
    await tap("Ändra tiden");
    await tap("Ringde: Ca");
    await tap("Ja");
    await waitFor(() => expect(add).toHaveBeenCalledTimes(2));
    expect(add.mock.calls[1]?.[0]).toMatchObject({ data: { attempted: { kind: "about" } } });
    expect(drafts.value).toEqual([]);
  });
});

describe("a call that goes on", () => {
  const rung = async () => {
    open();
    await seen("Stationen · 17 m");
    type("Vad", "Alva ringde om en man som har fallit ihop");
    dial();
    await tap("Ja");
    await waitFor(() => expect(add).toHaveBeenCalledTimes(2));
    const id = add.mock.calls[0]?.[0].id ?? "";
    cleanup();
    add.mockClear();
    return id;
  };

  it("takes each moment with one tap, or ca, and each goes on from the ones before", async () => {
    const id = await rung();
    render(<EscalationScreen id={id} />);
    await tap("Fick svar: Nu");
    await waitFor(() => expect(add).toHaveBeenCalledTimes(1));
    await tap("På plats: Ca …");
    type("Klockan", "19:01");
    await tap("Spara");
    await waitFor(() => expect(add).toHaveBeenCalledTimes(2));
    expect(add.mock.calls[1]?.[0]).toMatchObject({
      type: "escalation.attempt",
      data: { target: id, answered: { kind: "point" }, arrived: { kind: "about" }, left: null },
    });
    await tap("På väg", "radio");
    await waitFor(() =>
      expect(add.mock.calls[2]?.[0]).toMatchObject({
        data: { outcome: "VAG", arrived: { kind: "about" } },
      }),
    );
    expect(screen.getAllByRole("button", { name: "Lämnade: Nu" })).toHaveLength(1);
  });

  it("says when a moment could not be saved", async () => {
    const id = await rung();
    render(<EscalationScreen id={id} />);
    failToSave();
    await tap("Fick svar: Nu");
    await seen(/INTE sparat/);
    expect(screen.getByRole("button", { name: "Fick svar: Nu" })).toBeTruthy();
  });

  it("is rung about again as one more attempt of the same", async () => {
    const id = await rung();
    go(speakingCard("t-2"));
    render(<SpeakingCard id="t-2" service="AMB112" contact={null} target={id} />);
    expect(screen.getByDisplayValue(/Alva ringde om en man/)).toBeTruthy();
    dial();
    await tap("Ja");
    await waitFor(() => expect(add).toHaveBeenCalledOnce());
    expect(add.mock.calls[0]?.[0]).toMatchObject({ type: "escalation.attempt", data: { target: id } });
  });

  it("is handed over on paper without names of hosts", async () => {
    const id = await rung();
    const print = vi.fn();
    vi.stubGlobal("print", print);
    render(<HandoverScreen id={id} />);
    expect(screen.getByText(/^värd ringde om en man som har fallit ihop/)).toBeTruthy();
    expect(screen.queryByText(/Alva/)).toBeNull();
    expect(screen.getByText("N 6 211 971", { normalizer: plain })).toBeTruthy();
    await tap("Skriv ut");
    expect(print).toHaveBeenCalledOnce();
    vi.unstubAllGlobals();
  });
});
