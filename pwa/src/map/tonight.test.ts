// @vitest-environment node
import { describe, expect, it } from "vitest";
import type { ObservationData, OpState, OwnOp } from "../store/types";
import { TONIGHT_MS, tonightsRecords } from "./tonight";

const NOW = Date.parse("2026-11-20T22:00:00Z");
const DATA: ObservationData = {
  category: "S2",
  happened: { kind: "point", from: "2026-11-20T19:14:00Z", to: null },
  place_id: null,
  place_text: null,
  count: null,
  ages: null,
  certainty: null,
  severity: 1,
  ongoing: null,
  actions: [],
  text: null,
  attachments: [],
};
const NONE = { observations: new Map(), checkins: new Map(), escalations: new Map() };
const PENDING: OpState = { state: "pending" };

const common = {
  seq: 1,
  author: "alva",
  shift: "s1",
  hash: "",
  wall: "2026-11-20T19:14:00Z",
  position: null,
  sync: PENDING,
};
const create = (id: string, wall = common.wall): OwnOp => ({
  ...common,
  id,
  wall,
  type: "observation.create",
  data: DATA,
});

describe("tonight's records on a phone", () => {
  it("are the own ones at once, before the server has them", () => {
    const { observations } = tonightsRecords(NONE, [create("o1")], NOW);
    expect(observations.map(({ id, category }) => [id, category])).toEqual([["o1", "S2"]]);
  });

  it("take the own correction and the own retraction before they are sent", () => {
    const amend: OwnOp = {
      ...common,
      id: "a1",
      type: "observation.amend",
      data: { target: "o1", reason: "fel", observation: { ...DATA, category: "S1" } },
    };
    const retract: OwnOp = {
      ...common,
      id: "r1",
      type: "observation.retract",
      data: { target: "o2", reason: "fel" },
    };
    const { observations } = tonightsRecords(NONE, [create("o1"), create("o2"), amend, retract], NOW);
    expect(observations.map(({ id, category }) => [id, category])).toEqual([["o1", "S1"]]);
  });

  it("leave out what is older than the evening", () => {
    const old = new Date(NOW - TONIGHT_MS - 60_000).toISOString();
    expect(tonightsRecords(NONE, [create("o1", old)], NOW).observations).toEqual([]);
  });

  it("show one of a record that both the phone and the server have: the server's", () => {
    const [own] = tonightsRecords(NONE, [create("o1")], NOW).observations;
    const pulled = new Map(own ? [["o1", { ...own, category: "S4" }]] : []);
    const { observations } = tonightsRecords({ ...NONE, observations: pulled }, [create("o1")], NOW);
    expect(observations.map(({ category }) => category)).toEqual(["S4"]);
  });
});
