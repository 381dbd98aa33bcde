// @vitest-environment node
import { describe, expect, it } from "vitest";
import type { OwnOp, ShiftValue } from "../store/types";
import { emptyFields, lacksReason, startData } from "./fields";
import { partnerChoices, shortNames } from "./partners";
import { sendState } from "./send";
import { shiftFacts } from "./summary";
import { plannedEnd } from "./times";
import { currentShift, joinable, shiftViews } from "./view";

const ALVA = "u-alva";
const CIM = "u-cim";
const base = {
  seq: 1,
  author: ALVA,
  shift: "s-1",
  hash: "sha256:0",
  position: null,
  sync: { state: "pending" },
} as const;
const start: OwnOp = {
  ...base,
  id: "s-1",
  type: "shift.start",
  wall: "2026-11-20T16:30:00.000Z",
  data: { hosts: [ALVA, CIM], area_id: null, transport: "foot", planned_end: null, alone_reason: null },
};
const leave: OwnOp = { ...base, id: "l-1", type: "shift.leave", wall: "2026-11-20T20:00:00.000Z", data: {} };
const join: OwnOp = { ...base, id: "j-1", type: "shift.join", wall: "2026-11-20T21:00:00.000Z", data: {} };
const end: OwnOp = {
  ...base,
  id: "e-1",
  type: "shift.end",
  wall: "2026-11-21T00:10:00.000Z",
  data: { ops: 2, summary: "Lugnt.", handover: null },
};
const cims: ShiftValue = {
  id: "s-2",
  author_id: CIM,
  stated_at: "2026-11-20T16:30:00.000Z",
  estimated_at: null,
  estimated_within_ms: null,
  received_at: "2026-11-20T16:31:00.000Z",
  install: null,
  position: null,
  status: "open",
  shift_date: "2026-11-20",
  started_at: "2026-11-20T16:30:00.000Z",
  ended_at: null,
  hosts: [CIM],
  members: [{ user_id: CIM, joined_at: "2026-11-20T16:30:00.000Z", left_at: null }],
  area_id: null,
  transport: null,
  planned_end: null,
  alone_reason: null,
  summary: null,
};
const none = new Map<string, ShiftValue>();

describe("the shift that one is on", () => {
  it("is there as soon as the phone has made it", () => {
    expect(currentShift(shiftViews([start], none), ALVA)?.id).toBe("s-1");
  });

  it("is left, and joined again, on the phone alone", () => {
    expect(currentShift(shiftViews([start, leave], none), ALVA)).toBeNull();
    expect(currentShift(shiftViews([start, leave, join], none), ALVA)?.crew).toEqual([CIM, ALVA]);
  });

  it("ends with its summary, after midnight too", () => {
    const [view] = shiftViews([start, end], none);
    expect(view).toMatchObject({ endedAt: end.wall, summary: "Lugnt." });
    expect(currentShift(shiftViews([start, end], none), ALVA)).toBeNull();
  });

  it("is a colleague's that names one in its crew", () => {
    const shared: ShiftValue = { ...cims, hosts: [CIM, ALVA], members: [] };
    expect(currentShift(shiftViews([], new Map([["s-2", shared]])), ALVA)?.id).toBe("s-2");
  });

  it("ends here when the colleague has ended it", () => {
    const over: ShiftValue = { ...cims, id: "s-1", status: "ended", ended_at: end.wall };
    expect(currentShift(shiftViews([start], new Map([["s-1", over]])), ALVA)).toBeNull();
  });

  it("can be joined while it goes on, but not one that was forgotten", () => {
    const views = shiftViews([], new Map([["s-2", cims]]));
    expect(joinable(views, ALVA, Date.parse("2026-11-20T20:00:00Z"))).toHaveLength(1);
    expect(joinable(views, ALVA, Date.parse("2026-11-23T20:00:00Z"))).toHaveLength(0);
  });
});

describe("how far a record has come", () => {
  const acked: OwnOp = {
    ...start,
    sync: { state: "acked", seq: 7, receivedAt: "2026-11-20T21:05:00Z", quarantined: null },
  };
  it("is the worst of its parts", () => {
    expect(sendState([acked]).state).toBe("sent");
    expect(sendState([acked, leave]).state).toBe("pending");
    expect(sendState([{ ...leave, sync: { state: "stuck", why: "413" } }, acked]).state).toBe("stuck");
    expect(sendState([]).state).toBe("other");
  });

  it("tells what waits for a person from what is sent", () => {
    const odd: OwnOp = {
      ...acked,
      sync: { ...acked.sync, state: "acked", seq: 7, receivedAt: "x", quarantined: "type" },
    };
    expect(sendState([odd])).toEqual({ state: "quarantined", at: "x", why: "type" });
  });
});

describe("what a start proposes", () => {
  it.each([
    ["a Thursday evening", "2026-11-19T16:30:00Z", "2026-11-20T00:00:00.000Z"],
    ["a Friday evening", "2026-11-20T16:30:00Z", "2026-11-21T01:00:00.000Z"],
    ["a Friday after midnight", "2026-11-20T23:10:00Z", "2026-11-21T01:00:00.000Z"],
    ["a morning", "2026-11-19T07:00:00Z", "2026-11-19T15:00:00.000Z"],
  ])("ends %s at its usual hour", (_name, at, expected) => {
    expect(new Date(plannedEnd(Date.parse(at))).toISOString()).toBe(expected);
  });

  it("needs a reason only from who goes alone", () => {
    const fields = emptyFields({ plannedEnd: "2026-11-21T00:00:00Z", areaId: null, transport: null });
    expect(lacksReason(fields)).toBe(true);
    expect(lacksReason({ ...fields, aloneReason: "Sjuk" })).toBe(false);
    expect(lacksReason({ ...fields, partners: [CIM] })).toBe(false);
    expect(startData({ ...fields, partners: [CIM], aloneReason: "gammalt" }, ALVA)).toMatchObject({
      hosts: [ALVA, CIM],
      alone_reason: null,
    });
  });

  it("offers colleagues, those of late first, and never oneself", () => {
    const person = (id: string, name: string, role = "host") => ({ id, name, role, active: true });
    const people = [
      person(ALVA, "Alva"),
      person("u-b", "Bo", "supervisor"),
      person("u-a", "Ada"),
      person(CIM, "Cim"),
    ];
    const offered = partnerChoices(people, shiftViews([start], none), ALVA);
    expect(offered.map((one) => one.name)).toEqual(["Cim", "Ada", "Bo"]);
  });

  it("uses first names unless two share one", () => {
    expect(shortNames(["Alva Lind", "Cim Öberg"])).toEqual(["Alva", "Cim"]);
    expect(shortNames(["Alva Lind", "Alva Ek"])).toEqual(["Alva Lind", "Alva Ek"]);
  });
});

describe("the summary's facts", () => {
  const [shift] = shiftViews([start], none);
  const seen = (category: string, placeId: string | null, actions: string[], at: string) => ({
    category,
    placeId,
    actions,
    at,
  });
  it("counts events, measures, meetings, rounds and calls apart, across midnight", () => {
    if (!shift) throw new Error("no shift");
    const facts = shiftFacts({
      shift,
      observations: [
        seen("S2", "p-2", ["fault_reported"], "2026-11-20T20:00:00Z"),
        seen("P3", "p-1", ["closed_up", "talk"], "2026-11-20T19:00:00Z"),
        seen("K1", null, ["talk"], "2026-11-20T21:00:00Z"),
        seen("E2", "p-1", ["none"], "2026-11-20T23:30:00Z"),
        seen("S1", "p-2", ["none"], "2026-11-20T20:30:00Z"),
        seen("X1", "p-1", ["called"], "2026-11-20T21:30:00Z"),
        seen("U2", null, [], "2026-11-20T22:30:00Z"),
      ],
      checkins: [{ kind: "round", placeId: "p-3", at: "2026-11-20T18:00:00Z" }],
      calls: [{ service: "POL114", outcome: null }],
      isRestricted: (code) => code === "X1",
      placeName: (id) => ({ "p-1": "Skolan", "p-2": "Biblioteket", "p-3": "Torget" })[id] ?? "",
      now_ms: Date.parse("2026-11-21T00:05:00Z"),
    });
    expect(facts).toEqual({
      hosts: 2,
      hours: 7.5,
      places: ["Torget", "Skolan", "Biblioteket"],
      rounds: 2,
      events: 5,
      measures: 5,
      meetings: 1,
      calls: [{ service: "POL114", outcome: null }],
      perPlace: [
        { place: "Skolan", events: [{ category: "P3", actions: ["closed_up", "talk"] }] },
        {
          place: "Biblioteket",
          events: [
            { category: "S2", actions: ["fault_reported"] },
            { category: "S1", actions: [] },
          ],
        },
        { place: "", events: [{ category: "U2", actions: [] }] },
      ],
    });
  });
});
