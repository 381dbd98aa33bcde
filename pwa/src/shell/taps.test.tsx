import { cleanup, render, screen, waitFor } from "@testing-library/preact";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { current } from "../shift/state";
import { ownOps } from "../store/state";
import { go } from "../ui";
import { HOME } from "../ui/routes";
import { HostApp } from "./HostApp";
import { atStation, setStage, startOfShift } from "./testing/cast";
import { add, emptyOutbox } from "./testing/outbox";
import { resetTaps, tap, tapsMade, type } from "./testing/play";

vi.mock("../outbox", () => import("./testing/outbox"));
vi.mock("../device/position", () => ({ currentPosition: async () => atStation }));

beforeEach(() => {
  setStage();
  emptyOutbox();
  ownOps.value = [startOfShift()];
  go(HOME);
  render(<HostApp hasDesk={false} />);
  resetTaps();
});
afterEach(cleanup);

const saved = (part: object) =>
  waitFor(() => expect(add.mock.calls.at(-1)?.[0]).toMatchObject(part), { timeout: 7000 });

/** Scenario 1, the quiet round: what is done many times an evening must cost next to nothing. */
describe("the everyday cases, from the start view", () => {
  it("we are ok: one tap", async () => {
    await tap("Vi är ok");
    await saved({ type: "checkin.create", data: { kind: "ok" } });
    expect(tapsMade()).toBe(1);
  }, 10_000);

  it("arrived at a place: two taps, the place found by the phone", async () => {
    await tap("Framme");
    await waitFor(() => screen.getByText(/Stationen · /));
    await tap("Spara");
    await saved({ data: { kind: "arrived", place_id: "p-station" } });
    expect(tapsMade()).toBe(2);
  });

  it("a round with nothing to report: three taps", async () => {
    await tap("Observation");
    await tap("Rond utan anmärkning");
    await tap("Spara");
    await saved({ type: "observation.create", data: { category: "E2" } });
    expect(tapsMade()).toBe(3);
  });

  it("an open window that we closed: three taps and one for what we did", async () => {
    await tap("Observation");
    await tap("Olåst/öppet i kommunal lokal");
    await tap("Stängt eller låst", "checkbox");
    await tap("Spara");
    await saved({ data: { category: "P3", actions: ["closed_up"], severity: 2 } });
    expect(tapsMade()).toBe(4);
  });

  it("a good talk with ten skaters: three taps and one for how many", async () => {
    await tap("Observation");
    await tap("Positivt möte med unga");
    await tap("6–10", "radio");
    await tap("Spara");
    await saved({ data: { category: "K1", count: "6-10" } });
    expect(tapsMade()).toBe(4);
  });
});

it("the same again at the next wall: three taps, without the words and the place of the last one", async () => {
  await tap("Observation");
  await tap("Klotter");
  await tap("Felanmält", "checkbox");
  type("Beskrivning", "Norra väggen");
  await tap("Spara");
  await waitFor(() => expect(add).toHaveBeenCalledTimes(1));
  resetTaps();
  await tap("Observation");
  await tap("Som nyss: Klotter · Felanmält");
  await tap("Spara");
  await waitFor(() => expect(add).toHaveBeenCalledTimes(2));
  expect(tapsMade()).toBe(3);
  expect(add.mock.calls.at(-1)?.[0].data).toMatchObject({
    category: "S2",
    actions: ["fault_reported"],
    text: null,
  });
});

it("what is restricted is not held up again", async () => {
  await tap("Observation");
  await tap("Suicidrisk");
  await tap("Spara");
  await waitFor(() => expect(add).toHaveBeenCalledTimes(1));
  await tap("Observation");
  await waitFor(() => screen.getByRole("button", { name: "Suicidrisk" }));
  expect(screen.queryByRole("heading", { name: "NYSS" })).toBeNull();
  expect(screen.queryByRole("button", { name: /Som nyss/ })).toBeNull();
});

it("several in a row: the next one opens by itself, and what was used is near", async () => {
  await tap("Observation");
  await tap("Klotter");
  await tap("Spara, ny");
  await waitFor(() => screen.getByRole("heading", { name: "NYSS" }));
  await tap("Klotter");
  await tap("Spara");
  await waitFor(() => expect(add).toHaveBeenCalledTimes(2));
  const [first, second] = add.mock.calls.map(([op]) => op.id);
  expect(first).not.toBe(second);
  expect(current.value?.id).toBe("s-1");
});
