import { cleanup, render, screen, within } from "@testing-library/preact";
import { afterEach, beforeEach, expect, it } from "vitest";
import { EndedScreen } from "../../shift/EndedScreen";
import { returned } from "../../shift/returned";
import { people, records } from "../../store/state";
import type { ReviewValue, ShiftValue } from "../../store/types";
import { alva, bo, setStage } from "../testing/cast";
import { Returned } from "./Returned";

const told = { estimated_at: null, estimated_within_ms: null, install: null, position: null };
const review = (over: Partial<ReviewValue> = {}): ReviewValue => ({
  ...told,
  id: "r-1",
  author_id: bo.id,
  stated_at: "2026-11-20T10:00:00.000Z",
  received_at: "2026-11-20T10:00:00.000Z",
  shift_id: "s-0",
  target: "s-0",
  verdict: "return",
  note: "Vilken dörr stod öppen?",
  ...over,
});
const shift = (over: Partial<ShiftValue> = {}): ShiftValue => ({
  ...told,
  id: "s-0",
  author_id: alva.id,
  stated_at: "2026-11-19T16:30:00.000Z",
  received_at: "2026-11-19T16:30:00.000Z",
  status: "ended",
  shift_date: "2026-11-19",
  started_at: "2026-11-19T16:30:00.000Z",
  ended_at: "2026-11-19T23:00:00.000Z",
  hosts: [alva.id, "u-cim"],
  members: [],
  area_id: null,
  transport: "foot",
  planned_end: null,
  alone_reason: null,
  summary: null,
  ...over,
});
const put = (of: ShiftValue, ...all: ReviewValue[]) => {
  const reviews = new Map(all.map((one) => [one.id, one]));
  records.value = { ...records.value, shifts: new Map([[of.id, of]]), reviews };
};
const later = "2026-11-20T12:00:00.000Z";

beforeEach(() => {
  setStage();
  people.value = [...people.value, { id: bo.id, name: bo.name, role: "supervisor", active: true }];
});
afterEach(cleanup);

it("tells which shift, by whom and why, with ways to the shift and to the log", () => {
  put(shift(), review());
  render(<Returned />);
  const section = within(screen.getByRole("region", { name: "Tillbaka till er" }));
  expect(section.getByText(/^Passet torsdag 19 nov.* skickades tillbaka av Bo Ek$/)).toBeTruthy();
  expect(section.getByText("Vilken dörr stod öppen?")).toBeTruthy();
  expect(section.getByRole("link", { name: "Visa passet" }).getAttribute("href")).toBe("#/falt/klart/s-0");
  expect(section.getByRole("link", { name: "Till loggen" }).getAttribute("href")).toBe("#/logg");
});

it("stays until a later review takes the shift, and comes again when that one sends it back", () => {
  const approved = review({ id: "r-2", verdict: "approve", note: null, stated_at: later });
  expect(returned([approved, review()])).toEqual([]);
  put(shift(), review(), approved);
  expect(render(<Returned />).container.textContent).toBe("");
  const again = review({ id: "r-3", note: "Och när?", stated_at: "2026-11-20T13:00:00.000Z" });
  expect(returned([again, approved, review()])).toEqual([again]);
});

it("shows no hidden words, here or on the shift", () => {
  put(shift(), review({ note: null, flagged: ["personnummer"], hidden: true }));
  render(<Returned />);
  expect(screen.getByText(/dold/)).toBeTruthy();
  cleanup();
  render(<EndedScreen id="s-0" />);
  expect(screen.getByText(/arbetsledaren: .*dold/)).toBeTruthy();
});

it("says that no note came, and nothing of a shift that one did not work", () => {
  put(shift(), review({ note: null }));
  render(<Returned />);
  expect(screen.getByText("Ingen anteckning följde med.")).toBeTruthy();
  cleanup();
  put(shift({ hosts: ["u-cim"], members: [] }), review());
  expect(render(<Returned />).container.textContent).toBe("");
});
