/** A save that takes its time fetches nobody back who has gone elsewhere: perhaps to the alarm. */
import { act, cleanup, render } from "@testing-library/preact";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { raising } from "../alert/raise";
import { DialStrip } from "../escalation/DialStrip";
import { JustSaved } from "../observation/HeldActs";
import { heldRows, ownOps } from "../store/state";
import { go, route } from "../ui";
import { ALARM, CALL, checkin, HOME, observation } from "../ui/routes";
import { Screen } from "./HostApp";
import { alva, setStage, startOfShift } from "./testing/cast";
import { add, drafts, dropDraft, emptyOutbox, undoHeld } from "./testing/outbox";
import { tap } from "./testing/play";

vi.mock("../outbox", () => import("./testing/outbox"));
vi.mock("../device/position", () => ({ currentPosition: async () => null }));

let end = () => {};
const slow = () =>
  new Promise<void>((resolve) => {
    end = resolve;
  });

const Here = () => <Screen {...route.value} />;
const at = (to: string) => {
  go(to);
  render(<Here />);
};

/** The phone is done, and so is all that follows from it. */
const done = () =>
  act(async () => {
    end();
    await new Promise((resolve) => setTimeout(resolve, 20));
  });

beforeEach(() => {
  setStage();
  emptyOutbox();
  raising.value = null;
  ownOps.value = [startOfShift()];
});
afterEach(() => {
  cleanup();
  go("#/");
});

it.each([
  ["a check-in", checkin("k-1", "round"), async () => tap("Spara")],
  [
    "an observation",
    observation("o-1"),
    async () => {
      await tap("Klotter");
      await tap("Spara");
    },
  ],
])("%s that is being saved", async (_what, form, save) => {
  add.mockImplementationOnce(async () => {
    await slow();
    return null as never;
  });
  at(form);
  await save();
  go(ALARM);
  await vi.waitFor(() => expect(add).toHaveBeenCalledOnce());
  await done();
  expect(location.hash).toBe(ALARM);
});

it("a form that is being thrown away", async () => {
  dropDraft.mockImplementationOnce(slow);
  at(checkin("k-1", "round"));
  await tap("Stäng");
  go(ALARM);
  await vi.waitFor(() => expect(dropDraft).toHaveBeenCalledOnce());
  await done();
  expect(location.hash).toBe(ALARM);
});

it("an alarm that is being saved, for whoever rings already", async () => {
  add.mockImplementationOnce(async () => {
    await slow();
    return null as never;
  });
  at(ALARM);
  await tap("Kan du inte hålla? Tryck här");
  await tap("Larma nu");
  go(CALL);
  await vi.waitFor(() => expect(add).toHaveBeenCalledOnce());
  await done();
  expect(location.hash).toBe(CALL);
});

it("a call that is being logged, for whoever has gone on from where it was asked about", async () => {
  const begun = { id: "t-1", form: "dial", author: alva.id, shift: null, at: "", updatedAt: "" } as const;
  drafts.value = [
    {
      ...begun,
      fields: { service: "AMB112", number: "112", dialedAt: "2026-11-20T19:10:00Z", escalation: "e-1" },
    },
  ];
  add.mockImplementationOnce(async () => {
    await slow();
    return null as never;
  });
  go(HOME);
  render(<DialStrip />);
  await tap("Ja");
  go(ALARM);
  await vi.waitFor(() => expect(add).toHaveBeenCalledOnce());
  await done();
  expect(add).toHaveBeenCalledTimes(2);
  expect(location.hash).toBe(ALARM);
});

const DATA = { category: "S2", happened: { kind: "point", from: "2026-11-20T19:00:00Z", to: null } };

it("a record that is being had back", async () => {
  const body = JSON.stringify({ at: { wall: "2026-11-20T19:00:00Z" }, position: null, data: DATA });
  const op = { id: "o-1", type: "observation.create", shift: "s-1", v: 1, author: alva.id, hash: "h", body };
  const form = {
    id: "o-1",
    form: "observation",
    author: alva.id,
    shift: null,
    at: "",
    updatedAt: "",
  } as const;
  heldRows.value = [{ ...form, fields: {}, held: { op, until_ms: Date.now() + 9_000 } }];
  const shown = { ...startOfShift(), id: "o-1", type: "observation.create", data: DATA };
  ownOps.value = [startOfShift(), shown as never];
  undoHeld.mockImplementationOnce(async () => {
    await slow();
    return true;
  });
  go(HOME);
  render(<JustSaved />);
  await tap(/^Ångra/);
  go(ALARM);
  await done();
  expect(location.hash).toBe(ALARM);
});
