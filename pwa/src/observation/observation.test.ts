// @vitest-environment node
import { describe, expect, it } from "vitest";
import type { ObservationValue, OwnOp } from "../store/types";
import { emptyFields, fieldsOf, lacks, observationData, parseFields, severityOf } from "./fields";
import { observationViews } from "./view";

const BEGUN = "2026-11-20T20:40:00.000Z";
const fields = { ...emptyFields(BEGUN), category: "S2" };
const said = observationData(fields, undefined);
const base = {
  seq: 1,
  author: "u-alva",
  shift: "s-1",
  hash: "sha256:0",
  position: null,
  sync: { state: "pending" },
} as const;
const create: OwnOp = { ...base, id: "o-1", type: "observation.create", wall: BEGUN, data: said };
const amend: OwnOp = {
  ...base,
  id: "m-1",
  type: "observation.amend",
  wall: "2026-11-20T21:02:00.000Z",
  data: { target: "o-1", reason: "fel vägg", observation: { ...said, text: "södra väggen" } },
};
const retract: OwnOp = {
  ...base,
  id: "r-1",
  type: "observation.retract",
  wall: "2026-11-20T21:10:00.000Z",
  data: { target: "o-1", reason: "dubbel" },
};
const pulled: ObservationValue = {
  id: "o-1",
  shift_id: "s-1",
  author_id: "u-alva",
  stated_at: BEGUN,
  estimated_at: null,
  estimated_within_ms: null,
  received_at: BEGUN,
  install: null,
  position: null,
  ...said,
  status: "amended",
  text: "södra väggen",
  revisions: [
    { id: "o-1", author_id: "u-alva", stated_at: BEGUN, reason: "", observation: said },
    { id: "m-1", author_id: "u-alva", stated_at: amend.wall, reason: "fel vägg", observation: said },
  ],
  retracted: null,
};

describe("the form", () => {
  it("suggests the time when it was begun", () => {
    expect(said.happened).toEqual({ kind: "point", from: BEGUN, to: null });
  });

  it("takes the category's severity unless the host says another", () => {
    expect(severityOf(null, 3)).toBe(3);
    expect(severityOf(4, 1)).toBe(4);
    expect(severityOf(null, undefined)).toBe(2);
  });

  it("lacks a category, a reason for a correction, or an end of an interval", () => {
    expect(lacks(emptyFields(BEGUN))).toBe("category");
    expect(lacks(fields)).toBeNull();
    expect(lacks({ ...fields, target: "o-1" })).toBe("reason");
    expect(lacks({ ...fields, kind: "interval" })).toBe("interval");
    expect(lacks({ ...fields, kind: "interval", to: "2026-11-20T20:00:00.000Z" })).toBe("interval");
    expect(lacks({ ...fields, kind: "about" })).toBeNull();
  });

  it("comes back from a draft to the last word, and empty from a damaged one", () => {
    const kept = JSON.parse(JSON.stringify({ ...fields, text: "halv menin", actions: ["talk"] }));
    expect(parseFields(BEGUN)(kept)).toMatchObject({ text: "halv menin", category: "S2", actions: ["talk"] });
    expect(parseFields(BEGUN)("?")).toEqual(emptyFields(BEGUN));
  });

  it("of a correction begins with what is said", () => {
    expect(fieldsOf({ ...said, text: "norr" }, "o-1", null)).toMatchObject({
      target: "o-1",
      text: "norr",
      category: "S2",
    });
  });
});

describe("what an observation says now", () => {
  it("is the own correction on top, with what it said before", () => {
    const [view] = observationViews([create, amend], new Map());
    expect(view?.content.text).toBe("södra väggen");
    expect(view?.corrections).toMatchObject([{ reason: "fel vägg", before: { text: null } }]);
  });

  it("does not count a correction twice when the server has it too", () => {
    const [view] = observationViews([create, amend], new Map([["o-1", pulled]]));
    expect(view?.corrections.map((one) => one.id)).toEqual(["m-1"]);
    expect(view?.corrections[0]?.before).toEqual(said);
  });

  it("stays readable when retracted", () => {
    const [view] = observationViews([create, retract], new Map());
    expect(view).toMatchObject({ isRetracted: true, content: { category: "S2" } });
  });
});
