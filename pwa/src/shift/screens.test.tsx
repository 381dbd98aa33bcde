import { cleanup, render, screen, waitFor } from "@testing-library/preact";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { setStage, startOfShift } from "../shell/testing/cast";
import { add, drafts, emptyOutbox, failToSave } from "../shell/testing/outbox";
import { seen, tap, type } from "../shell/testing/play";
import { photos } from "../store/photos";
import { ownOps, people } from "../store/state";
import type { OwnOp } from "../store/types";
import { EndedScreen } from "./EndedScreen";
import { EndScreen, summaryWords } from "./EndScreen";
import { NoShift, ShiftEndActs } from "./ShiftActs";
import { StartScreen } from "./StartScreen";
import { current } from "./state";

vi.mock("../outbox", () => import("../shell/testing/outbox"));
vi.mock("../device/position", () => ({ currentPosition: async () => null }));

beforeEach(() => {
  setStage();
  emptyOutbox();
});
afterEach(cleanup);

describe("starting a shift", () => {
  it("is done on the phone alone, in a pair", async () => {
    render(<StartScreen id="s-9" />);
    await tap("Cim Öberg", "checkbox");
    await tap("Starta pass");
    await waitFor(() => expect(current.value?.id).toBe("s-9"));
    expect(add.mock.calls[0]?.[0]).toMatchObject({
      id: "s-9",
      shift: "s-9",
      data: { hosts: ["u-alva", "u-cim"], transport: "foot", alone_reason: null },
    });
  });

  it("asks who goes alone why, with quick answers", async () => {
    render(<StartScreen id="s-9" />);
    await tap("Starta pass");
    await seen("Välj kollega, eller säg varför du går ensam.");
    expect(add).not.toHaveBeenCalled();
    await tap("Kollegan är sjuk", "radio");
    await tap("Starta pass");
    await waitFor(() =>
      expect(add.mock.calls[0]?.[0]).toMatchObject({
        data: { hosts: ["u-alva"], alone_reason: "Kollegan är sjuk" },
      }),
    );
  });

  it("works before the list of colleagues has come", async () => {
    people.value = [];
    render(<StartScreen id="s-9" />);
    expect(screen.getByText(/Listan över kollegor har inte hämtats/)).toBeTruthy();
    type("Eller med egna ord", "Ny telefon");
    await tap("Starta pass");
    await waitFor(() => expect(add).toHaveBeenCalled());
  });

  it("takes another planned end", async () => {
    render(<StartScreen id="s-9" />);
    await tap("Cim Öberg", "checkbox");
    type("Planerat slut", "2330");
    await tap("Starta pass");
    await waitFor(() => expect(add).toHaveBeenCalled());
    expect(JSON.stringify(add.mock.calls[0]?.[0])).toMatch(/"planned_end":"[\d-]+T2[12]:30:00.000Z"/);
  });

  it("stays when it could not be saved", async () => {
    failToSave();
    render(<StartScreen id="s-9" />);
    await tap("Cim Öberg", "checkbox");
    await tap("Starta pass");
    await seen(/INTE sparat/);
    expect(drafts.value[0]?.fields).toMatchObject({ partners: ["u-cim"] });
  });
});

describe("during a shift", () => {
  it("is left while the colleague goes on, and joined again", async () => {
    setStage({ at_ms: Date.parse("2026-11-20T19:14:00.000Z") });
    const start = startOfShift();
    ownOps.value = [start];
    const shift = current.value;
    if (!shift) throw new Error("no shift");
    render(<ShiftEndActs shift={shift} />);
    await tap("Lämna passet");
    const buttons = screen.getAllByRole("button", { name: "Lämna passet" });
    buttons.at(-1)?.click();
    await waitFor(() => expect(current.value).toBeNull());
    cleanup();
    render(<NoShift />);
    await tap("Gå med i passet");
    await waitFor(() => expect(current.value?.id).toBe("s-1"));
  });
});

describe("ending a shift", () => {
  it("drafts the summary from the log, and keeps the host's own words", async () => {
    ownOps.value = [startOfShift()];
    render(<EndScreen id="e-1" shiftId="s-1" />);
    const field = screen.getByLabelText<HTMLTextAreaElement>("Sammanfattning");
    expect(field.value).toContain("2 värdar");
    expect(field.value).toContain("Händelser: 0. Åtgärder: 0.");
    type("Sammanfattning", "Lugn kväll.");
    await tap("Avsluta pass");
    await waitFor(() =>
      expect(add.mock.calls[0]?.[0]).toMatchObject({
        type: "shift.end",
        shift: "s-1",
        data: { summary: "Lugn kväll." },
      }),
    );
    expect(current.value).toBeNull();
  });

  it.each([
    [0, "0 timmar"],
    [0.5, "0,5 timmar"],
    [1, "1 timme"],
    [1.5, "1,5 timmar"],
    [7, "7 timmar"],
  ])("says %d hours as %s", (hours, words) => {
    const none = {
      hosts: 2,
      places: [],
      rounds: 0,
      events: 0,
      measures: 0,
      meetings: 0,
      calls: [],
      perPlace: [],
    };
    expect(summaryWords({ ...none, hours }, "foot")).toMatch(new RegExp(`^2 värdar, ${words} till fots\\.`));
  });

  it("shows afterwards what is unsent, in words", () => {
    ownOps.value = [startOfShift()];
    render(<EndedScreen id="s-1" />);
    expect(
      screen.getByText(
        "1 post från passet finns bara i telefonen. Den skickas när det finns täckning och Lykta är öppen.",
      ),
    ).toBeTruthy();
  });

  it("says when all of it is sent", () => {
    const sync = { state: "acked", seq: 1, receivedAt: "2026-11-20T21:00:00Z", quarantined: null } as const;
    ownOps.value = [startOfShift({ sync })];
    render(<EndedScreen id="s-1" />);
    expect(screen.getByText("Allt från passet är skickat.")).toBeTruthy();
    expect(screen.getByText("Från den här telefonen: 1 av 1 post mottagen av servern.")).toBeTruthy();
  });

  it("counts what the server has answered for, photos too, each once", () => {
    const sync = { state: "acked", seq: 1, receivedAt: "2026-11-20T21:00:00Z", quarantined: null } as const;
    const photo = (sha256: string, size = 9) => ({
      sha256,
      size,
      mime: "image/jpeg" as const,
      caption: null,
    });
    const attach = (id: string, sha256: string) =>
      ({
        ...startOfShift(),
        ...{ id, seq: 2, type: "photo.attach", data: { target: "o-1", ...photo(sha256) } },
      }) as OwnOp;
    ownOps.value = [startOfShift({ sync }), attach("f-1", "aa"), attach("f-2", "bb"), attach("f-3", "bb")];
    const row = (sha256: string, state: string) => [sha256, { sha256, state, drafts: [] }] as const;
    photos.value = new Map([row("aa", "sent"), row("bb", "waiting")]) as unknown as typeof photos.value;
    render(<EndedScreen id="s-1" />);
    expect(
      screen.getByText("Från den här telefonen: 1 av 4 poster mottagna av servern, 1 av 2 foton."),
    ).toBeTruthy();
    expect(
      screen.getByText(
        "1 foto från passet är inte skickat än. Det skickas när det finns täckning och Lykta är öppen.",
      ),
    ).toBeTruthy();
    photos.value = new Map();
  });

  it("does not know a shift of another phone", () => {
    render(<EndedScreen id="s-9" />);
    expect(screen.getByText("Passet finns inte på den här telefonen")).toBeTruthy();
  });
});
