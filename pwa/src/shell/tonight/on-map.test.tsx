import { cleanup, render, screen, within } from "@testing-library/preact";
import axe from "axe-core";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { bases } from "../../map/bases";
import { ownOps, records } from "../../store/state";
import type { QuestionValue } from "../../store/types";
import { setStage, startOfShift, station } from "../testing/cast";
import { add, emptyOutbox, failToSave } from "../testing/outbox";
import { loadHostMap } from "./on-map";

vi.mock("../../outbox", () => import("../testing/outbox"));

const lamp: QuestionValue = {
  id: "q-1",
  shift_id: "s-0",
  category: "P1",
  place_id: station.id,
  happened_from: "2026-11-19T21:00:00Z",
  answers: [],
};
const elsewhere: QuestionValue = { ...lamp, id: "q-2", place_id: "p-of-a-newer-list" };

beforeEach(() => {
  setStage();
  emptyOutbox();
  bases.value = [];
  ownOps.value = [startOfShift()];
  records.value = { ...records.value, questions: new Map([lamp, elsewhere].map((one) => [one.id, one])) };
});
afterEach(cleanup);

async function open() {
  const { default: HostMap } = await loadHostMap();
  return render(<HostMap />);
}
const answersOf = (name: RegExp) => within(screen.getByRole("group", { name }));

it("is asked in the map's list with its answers beside it, one tap away", async () => {
  const { container } = await open();
  const asked = answersOf(/^Finns kvar\? Bristande belysning, Stationen$/);
  expect(asked.getAllByRole("button").map((one) => one.textContent)).toEqual(["Ja", "Nej", "Ej sett"]);
  const found = await axe.run(container, { rules: { "color-contrast": { enabled: false } } });
  expect(found.violations.map(({ id }) => id)).toEqual([]);
  asked.getByRole("button", { name: "Nej" }).click();
  expect(add).toHaveBeenCalledWith(
    expect.objectContaining({ type: "followup.answer", shift: "s-1", data: { target: "q-1", answer: "no" } }),
  );
  expect(await asked.findByRole("button", { name: "✓ Nej", pressed: true })).toBeTruthy();
});

it("has its card under the map when it is chosen there", async () => {
  await open();
  screen.getByRole("button", { name: /^Bristande belysning/ }).click();
  expect(await screen.findByRole("group", { name: /Bristande belysning Stationen sedd/ })).toBeTruthy();
});

it("is asked also where this phone does not know the place", async () => {
  await open();
  expect(answersOf(/Bristande belysning Okänd plats/).getByRole("button", { name: "Ja" })).toBeTruthy();
});

it("is asked of nobody at home", async () => {
  ownOps.value = [];
  await open();
  expect(screen.queryByText("Finns kvar?")).toBeNull();
});

it("says so when the answer could not be kept", async () => {
  failToSave();
  await open();
  answersOf(/belysning, Stationen$/)
    .getByRole("button", { name: "Ja" })
    .click();
  expect(await screen.findByText("Det är INTE sparat. Försök igen.")).toBeTruthy();
});
