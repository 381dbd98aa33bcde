import { cleanup, fireEvent, render, screen, waitFor, within } from "@testing-library/preact";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { StartScreen } from "../../shift/StartScreen";
import { me, ownOps, records } from "../../store/state";
import type { HandoverValue, QuestionValue } from "../../store/types";
import { setLanguage } from "../../text";
import { setStage, startOfShift, station } from "../testing/cast";
import { add, emptyOutbox, failToSave } from "../testing/outbox";
import { tap } from "../testing/play";
import { Tonight } from "./Tonight";

vi.mock("../../outbox", () => import("../testing/outbox"));

const handover: HandoverValue = {
  id: "h-1",
  author_id: "u-cim",
  stated_at: "2026-11-20T01:00:00Z",
  estimated_at: null,
  estimated_within_ms: null,
  received_at: "2026-11-20T01:00:00Z",
  install: null,
  position: null,
  shift_id: "s-0",
  text: "Grinden går inte att låsa.",
  read_by: [],
};
const lamp: QuestionValue = {
  id: "q-1",
  shift_id: "s-0",
  category: "P1",
  place_id: station.id,
  happened_from: "2026-11-19T21:00:00Z",
  answers: [],
};

beforeEach(() => {
  setStage();
  emptyOutbox();
  records.value = {
    ...records.value,
    briefings: new Map([
      [
        "b-1",
        {
          id: "b-1",
          text: "Var synliga.",
          places: [{ place_id: station.id, hours: "efter 21" }],
          area_id: null,
          valid_from: "2026-11-20T15:00:00Z",
          valid_to: "2026-11-23T02:00:00Z",
          active: true,
          version: "v-1",
          read_by: [{ author_id: "u-cim", stated_at: "2026-11-20T16:00:00Z", version: "v-1" }],
        },
      ],
    ]),
    handovers: new Map([[handover.id, handover]]),
    questions: new Map([[lamp.id, lamp]]),
  };
});
afterEach(async () => {
  cleanup();
  await setLanguage("sv");
});

it("tells the focus with its places and hours", () => {
  render(<Tonight />);
  const focus = within(screen.getByRole("region", { name: "I kväll" }));
  expect(focus.getByText("Var synliga.")).toBeTruthy();
  expect(focus.getByRole("listitem").textContent).toBe("Stationen efter 21");
});

it("takes the focus as read with one tap, in the words that it had", async () => {
  render(<Tonight />);
  const focus = within(screen.getByRole("region", { name: "I kväll" }));
  fireEvent.click(focus.getByRole("button", { name: "Läst" }));
  await waitFor(() =>
    expect(add).toHaveBeenCalledWith(
      expect.objectContaining({
        type: "briefing.acknowledge",
        data: { target: "b-1", version: "v-1" },
      }),
    ),
  );
});

it("asks anew for a reading once the words are others", () => {
  const briefing = records.value.briefings.get("b-1");
  if (!briefing) throw new Error("no briefing");
  const mine = { author_id: me.value?.id ?? "", stated_at: "2026-11-20T16:00:00Z", version: "v-1" };
  const shown = (version: string) => {
    const changed = { ...briefing, version, read_by: [mine] };
    records.value = { ...records.value, handovers: new Map(), briefings: new Map([["b-1", changed]]) };
    const { unmount } = render(<Tonight />);
    const isAsked = screen.queryByRole("button", { name: "Läst" }) !== null;
    unmount();
    return isAsked;
  };
  expect(shown("v-1")).toBe(false);
  expect(shown("v-2")).toBe(true);
});

it("takes a handover as read with one tap, before any shift too", async () => {
  render(<Tonight />);
  const handovers = within(screen.getByRole("region", { name: "Från tidigare pass" }));
  expect(handovers.getByText("Grinden går inte att låsa.")).toBeTruthy();
  fireEvent.click(handovers.getByRole("button", { name: "Läst" }));
  await waitFor(() => expect(add).toHaveBeenCalled());
  expect(add).toHaveBeenCalledWith(
    expect.objectContaining({ type: "handover.acknowledge", shift: null, data: { target: "h-1" } }),
  );
});

it("asks whether it is still there only of those who are out, and answers with one tap", async () => {
  const { unmount } = render(<Tonight />);
  expect(screen.queryByText("Finns kvar?")).toBeNull();
  unmount();
  ownOps.value = [startOfShift()];
  render(<Tonight />);
  const asked = screen.getByRole("group", { name: /Bristande belysning Stationen sedd/ });
  expect(
    within(asked)
      .getAllByRole("button")
      .map((one) => one.textContent),
  ).toEqual(["Ja", "Nej", "Ej sett"]);
  await tap("Nej");
  expect(add).toHaveBeenCalledWith(
    expect.objectContaining({ type: "followup.answer", shift: "s-1", data: { target: "q-1", answer: "no" } }),
  );
});

it("says where the tap was when a word could not be kept", async () => {
  failToSave();
  records.value = { ...records.value, briefings: new Map() };
  render(<Tonight />);
  await tap("Läst");
  expect(await screen.findByText("Det är INTE sparat. Försök igen.")).toBeTruthy();
});

it("speaks English", async () => {
  await setLanguage("en");
  render(<Tonight />);
  expect(screen.getByRole("region", { name: "Tonight" })).toBeTruthy();
  expect(screen.getAllByRole("button", { name: "Read" })).toHaveLength(2);
});

it("offers the planned shift to be started as it was planned", async () => {
  records.value = {
    ...records.value,
    plans: new Map([
      [
        "p-1",
        {
          id: "p-1",
          starts_at: "2026-11-20T19:30:00Z",
          ends_at: "2026-11-21T00:00:00Z",
          area_id: "a-1",
          hosts: ["u-alva", "u-cim"],
          status: "planned",
        },
      ],
    ]),
  };
  render(<Tonight />);
  const region = screen.getByRole("region", { name: "Ditt pass" });
  expect(region.textContent).toContain("20:30–01:00Centrum · med Cim");
  await tap("Starta det här passet");
  expect(location.hash).toMatch(/^#\/falt\/starta\/[0-9a-z-]+\?plan=p-1$/);
  cleanup();
  render(<StartScreen id="s-new" />);
  expect(screen.getByLabelText<HTMLInputElement>("Cim Öberg").checked).toBe(true);
  expect(screen.getByLabelText<HTMLInputElement>("Centrum").checked).toBe(true);
  expect(screen.getByDisplayValue("01:00")).toBeTruthy();
});
