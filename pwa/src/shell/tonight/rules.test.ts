// @vitest-environment node
import { describe, expect, it } from "vitest";
import type { BriefingValue, HandoverValue, OwnOp, PlannedValue, QuestionValue } from "../../store/types";
import { handoverViews, inForce, planViews, questionViews } from "./rules";

const NOW = Date.parse("2026-11-20T20:00:00Z");
const ME = "alva";
const TONIGHT = "shift-tonight";

const briefing = (more: Partial<BriefingValue>): BriefingValue => ({
  id: "b",
  text: "Stationen",
  places: [],
  area_id: null,
  valid_from: "2026-11-20T15:00:00Z",
  valid_to: "2026-11-23T02:00:00Z",
  active: true,
  version: "v-1",
  read_by: [],
  ...more,
});

const handover = (more: Partial<HandoverValue>): HandoverValue => ({
  id: "h",
  author_id: "cim",
  stated_at: "2026-11-20T01:00:00Z",
  estimated_at: null,
  estimated_within_ms: null,
  received_at: "2026-11-20T01:00:00Z",
  install: null,
  position: null,
  shift_id: "shift-before",
  text: "Grinden",
  read_by: [],
  ...more,
});

const question = (id: string, more: Partial<QuestionValue> = {}): QuestionValue => ({
  id,
  shift_id: "shift-before",
  category: "P1",
  place_id: `place-${id}`,
  happened_from: `2026-11-1${id}T20:00:00Z`,
  answers: [],
  ...more,
});

const own = (type: string, data: unknown, shift: string | null = TONIGHT) =>
  ({ id: `op-${type}`, type, data, shift }) as unknown as OwnOp;
const said = (target: string, answer: string, shift: string | null = TONIGHT) =>
  own("followup.answer", { target, answer }, shift);
const told = (answer: string, shift_id: string | null = "shift-other") => ({
  shift_id,
  stated_at: "2026-11-18T20:00:00Z",
  answer,
});

describe("the focus", () => {
  it("holds from half a day before it begins until it is over", () => {
    const early = briefing({ id: "early", valid_from: "2026-11-21T07:00:00Z" });
    const tooEarly = briefing({ id: "later", valid_from: "2026-11-21T09:00:00Z" });
    const over = briefing({ id: "over", valid_to: "2026-11-20T20:00:00Z" });
    expect(inForce([early, tooEarly, over], NOW, null).map(({ id }) => id)).toEqual(["early"]);
  });

  it("is for its own area and for all, and not when it was taken back", () => {
    const all = [
      briefing({ id: "all" }),
      briefing({ id: "here", area_id: "north", valid_from: "2026-11-20T16:00:00Z" }),
      briefing({ id: "there", area_id: "south" }),
      briefing({ id: "gone", active: false }),
    ];
    expect(inForce(all, NOW, "north").map(({ id }) => id)).toEqual(["here", "all"]);
    expect(inForce(all, NOW, null)).toHaveLength(3);
  });
});

describe("handovers", () => {
  const views = (all: HandoverValue[], ownOps: OwnOp[] = []) =>
    handoverViews(all, { me: ME, shift: TONIGHT, ownOps, now_ms: NOW });

  it("come from other shifts and other people, of the last three days", () => {
    const all = [
      handover({ id: "theirs" }),
      handover({ id: "mine", author_id: ME }),
      handover({ id: "tonight", shift_id: TONIGHT }),
      handover({ id: "old", stated_at: "2026-11-17T19:00:00Z" }),
    ];
    expect(views(all).map((one) => one.handover.id)).toEqual(["theirs"]);
  });

  it("are read once this phone has said so, sent or not, or another phone of the same person has", () => {
    expect(views([handover({})])[0]?.isRead).toBe(false);
    expect(views([handover({})], [own("handover.acknowledge", { target: "h" })])[0]?.isRead).toBe(true);
    const elsewhere = handover({ read_by: [{ author_id: ME, stated_at: "2026-11-20T19:00:00Z" }] });
    expect(views([elsewhere])[0]?.isRead).toBe(true);
    const byCim = handover({ read_by: [{ author_id: "cim", stated_at: "2026-11-20T19:00:00Z" }] });
    expect(views([byCim])[0]?.isRead).toBe(false);
  });
});

describe("finns kvar?", () => {
  const ids = (all: QuestionValue[], more: { ownOps?: OwnOp[]; passed?: string[] } = {}) =>
    questionViews(all, { shift: TONIGHT, ownOps: [], passed: [], ...more }).map((view) => view.question.id);

  it("asks about places passed first, the latest of them first, then about the newest reports", () => {
    const all = ["1", "2", "3", "4"].map((id) => question(id));
    expect(ids(all, { passed: ["place-2", "place-1"] })).toEqual(["2", "1", "4", "3"]);
  });

  it("does not ask about what this very shift reported", () => {
    expect(ids([question("1", { shift_id: TONIGHT })])).toEqual([]);
  });

  it("is answered for good by no, for tonight by this shift's word, and not at all by not seen elsewhere", () => {
    expect(ids([question("1", { answers: [told("no")] })])).toEqual([]);
    expect(ids([question("1", { answers: [told("no"), told("yes")] })])).toEqual(["1"]);
    expect(ids([question("1", { answers: [told("yes", TONIGHT)] })])).toEqual([]);
    expect(ids([question("1", { answers: [told("not_visited")] })])).toEqual(["1"]);
  });

  it("keeps an own answer in sight so that it can be said anew, with its last word", () => {
    const views = questionViews([question("1", { answers: [told("no", TONIGHT)] })], {
      shift: TONIGHT,
      ownOps: [said("1", "yes"), said("1", "no")],
      passed: [],
    });
    expect(views.map(({ answer }) => answer)).toEqual(["no"]);
  });

  it("does not take an answer of an earlier shift for one of tonight", () => {
    const views = questionViews([question("1")], {
      shift: TONIGHT,
      ownOps: [said("1", "yes", "shift-before")],
      passed: [],
    });
    expect(views.map(({ answer }) => answer)).toEqual([null]);
  });
});

describe("planned shifts", () => {
  const planned = (more: Partial<PlannedValue> = {}): PlannedValue => ({
    id: "p",
    starts_at: "2026-11-20T16:30:00Z",
    ends_at: "2026-11-21T00:00:00Z",
    area_id: null,
    hosts: ["alva", "cim"],
    status: "planned",
    ...more,
  });
  const seen = (plan: PlannedValue, now: string, started: { startedAt: string; hosts: string[] }[] = []) =>
    planViews([plan], started, { me: "alva", now_ms: Date.parse(now) }).map(({ isDue }) => isDue);

  it("are told of a day ahead, and started from three hours before to the end", () => {
    expect(seen(planned(), "2026-11-19T04:00:00Z")).toEqual([]);
    expect(seen(planned(), "2026-11-19T05:00:00Z")).toEqual([false]);
    expect(seen(planned(), "2026-11-20T13:30:00Z")).toEqual([true]);
    expect(seen(planned(), "2026-11-20T23:59:00Z")).toEqual([true]);
    expect(seen(planned(), "2026-11-21T00:00:00Z")).toEqual([]);
  });

  it("are not offered once they were started, to others, or when they were cancelled", () => {
    const now = "2026-11-20T17:00:00Z";
    const mine = { startedAt: "2026-11-20T16:35:00Z", hosts: ["alva"] };
    expect(seen(planned(), now, [mine])).toEqual([]);
    expect(seen(planned(), now, [{ ...mine, hosts: ["elin"] }])).toEqual([true]);
    expect(seen(planned(), now, [{ ...mine, startedAt: "2026-11-19T16:35:00Z" }])).toEqual([true]);
    expect(seen(planned({ hosts: ["cim"] }), now)).toEqual([]);
    expect(seen(planned({ status: "cancelled" }), now)).toEqual([false]);
  });
});
