import { cleanup, render, screen, within } from "@testing-library/preact";
import { afterEach, beforeEach, expect, it } from "vitest";
import { anObservation, at } from "../../review/factory";
import { people, records } from "../../store/state";
import type { ObservationValue } from "../../store/types";
import { alva, bo, setStage } from "../testing/cast";
import { Talk, TalkAbout } from "./Talk";

const put = (status: string, over: Partial<ObservationValue> = {}) => {
  const risk = { author_id: alva.id, category: "H2", text: "Satt på räcket" };
  const met = anObservation({ id: "o-1", stated: "23:10" }, { ...risk, ...over }).value;
  const talk = { id: "o-1", status, author_id: bo.id, stated_at: at("23:30") };
  records.value = {
    ...records.value,
    observations: new Map([["o-1", met]]),
    debriefs: new Map([["o-1", talk]]),
  };
};

beforeEach(() => {
  setStage();
  people.value = [...people.value, { id: bo.id, name: bo.name, role: "supervisor", active: true }];
});
afterEach(cleanup);

it("offers a talk on the start view by the supervisor's name, and never says what it was about", () => {
  put("offered");
  const { container } = render(<Talk />);
  const region = within(screen.getByRole("region", { name: "Ett samtal efteråt" }));
  expect(region.getByText(/Du behöver inte bära det ensam. Säg till Bo Ek/)).toBeTruthy();
  expect(container.textContent).not.toMatch(/uicid|räcket/);
  expect(region.getByRole("link").getAttribute("href")).toBe("#/logg/o-1");
});

it("is told on the record alone once it is held or not needed", () => {
  for (const [status, said] of [
    ["held", /är genomfört/],
    ["not_needed", /Inget samtal/],
  ] as const) {
    put(status);
    expect(render(<Talk />).container.textContent).toBe("");
    render(<TalkAbout id="o-1" />);
    expect(screen.getByText(said)).toBeTruthy();
    cleanup();
  }
});

it("offers nothing to others of the crew, nor of what was retracted", () => {
  for (const over of [{ author_id: "u-cim" }, { status: "retracted" as const }]) {
    put("offered", over);
    expect(render(<Talk />).container.textContent).toBe("");
    cleanup();
  }
});
