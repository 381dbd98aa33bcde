import { cleanup, render, screen, within } from "@testing-library/preact";
import { afterEach, beforeEach, expect, it } from "vitest";
import { records } from "../../store/state";
import type { FollowupValue } from "../../store/types";
import { now_ms } from "../../ui/now";
import { setStage, station } from "../testing/cast";
import { about, news } from "./came";
import { WhatCame, WhatCameOf } from "./WhatCame";

const NOW = "2026-11-20T20:00:00.000Z";
const came = (over: Partial<FollowupValue> = {}): FollowupValue => ({
  id: "f-1",
  observation_id: "o-1",
  reporter_id: "u-alva",
  owner_id: "u-bo",
  status: "closed",
  kind: "fault_report",
  due: "2026-11-30",
  outcome: "fixed",
  result: "Lampan är bytt.",
  changed_at: "2026-11-20T10:00:00.000Z",
  sent_at: null,
  category: "P1",
  place_id: station.id,
  happened_from: "2026-11-18T21:00:00.000Z",
  ...over,
});
const put = (...all: FollowupValue[]) => {
  records.value = { ...records.value, followups: new Map(all.map((one) => [one.id, one])) };
};

beforeEach(() => {
  setStage();
  now_ms.value = Date.parse(NOW);
});
afterEach(cleanup);

it("tells what was done, where, and the words to the host", () => {
  put(came());
  render(<WhatCame />);
  const section = within(screen.getByRole("region", { name: "Vad det blev" }));
  expect(section.getByText("Åtgärdat")).toBeTruthy();
  expect(section.getByText("Lampan är bytt.")).toBeTruthy();
  expect(section.getByText("Stationen")).toBeTruthy();
});

it("tells what is under way, until when, and that it was sent", () => {
  put(came({ status: "open", outcome: null, result: null, sent_at: "2026-11-20T09:00:00.000Z" }));
  render(<WhatCameOf id="o-1" />);
  expect(screen.getByText(/^Felanmälan, klar senast .*30/)).toBeTruthy();
  expect(screen.getByText(/Felanmälan skickad/)).toBeTruthy();
});

it("says nothing where nothing has come, and hides hidden words", () => {
  const { container } = render(<WhatCame />);
  expect(container.textContent).toBe("");
  cleanup();
  put(came({ result: null, hidden: true }));
  render(<WhatCame />);
  expect(screen.getByText(/dold/)).toBeTruthy();
});

it("is news for a week, one's own first, and stays on its record", () => {
  const all = [
    came({ id: "theirs", reporter_id: "cim", changed_at: NOW }),
    came({ id: "mine" }),
    came({ id: "old", changed_at: "2026-11-12T10:00:00.000Z" }),
  ];
  expect(news(all, "u-alva", Date.parse(NOW)).map(({ id }) => id)).toEqual(["mine", "theirs"]);
  expect(about(all, "o-1").map(({ id }) => id)).toEqual(["theirs", "mine", "old"]);
  expect(about(all, "o-2")).toEqual([]);
});
