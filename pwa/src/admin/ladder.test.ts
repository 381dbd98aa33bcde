// @vitest-environment node
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import {
  AFTER_MIN_MAX,
  added,
  clockAfter,
  GRACE_MIN_MAX,
  moved,
  REPEAT_MIN_MAX,
  reachOf,
  STEPS_MAX,
  WHOM_MAX,
  waysInOrder,
  whomInOrder,
} from "./ladder";

const described = JSON.parse(readFileSync(new URL("../../../openapi.json", import.meta.url), "utf8"));

const ALL = ["push", "email", "sms"];
const FOUND = {
  ladders: [],
  channels: { push: true, email: true, sms: false },
  groups: { host: [["push"], []], partner: [["push"], []], supervisors: [["email"], ["push"]], admins: [[]] },
  people: [
    { id: "bo", name: "Bo", role: "supervisor", ways: ["push"] },
    { id: "disa", name: "Disa", role: "admin", ways: [] },
    { id: "alva", name: "Alva", role: "host", ways: ["push"] },
  ],
  repeats_max: 6,
};
const step = (after_min: number | null, whom: string[] = ["supervisors"], via = ALL) => ({
  after_min,
  whom,
  via,
});
const reach = (whom: string[], via = ALL, found = FOUND) => reachOf(step(0, whom, via), found);

it("looks at everybody once, whatever words and names they are meant by", () => {
  expect(reach(["host", "partner", "alva"])).toMatchObject({ all: 2, chosen: 1, none: 1 });
  expect(reach(["supervisors", "bo"])).toMatchObject({ all: 2, chosen: 2, none: 0, unknown: 0 });
  expect(reach(["bo", "disa"])).toMatchObject({ all: 2, chosen: 1, none: 1 });
});

it("tells those reached by what was chosen from those reached only otherwise", () => {
  expect(reach(["supervisors"], ["email"])).toMatchObject({
    all: 2,
    chosen: 1,
    other: 1,
    none: 0,
    isOff: false,
  });
  expect(reach(["supervisors"], ["sms"])).toMatchObject({ chosen: 0, other: 2, isOff: true });
  expect(reach(["nobody", "bo"])).toMatchObject({ all: 1, unknown: 1 });
});

it("takes those whose ways one may not read for reached: it would be wrong to warn", () => {
  const people = FOUND.people.map((one) => ({ ...one, ways: null }));
  expect(reachOf(step(0, ["disa"]), { ...FOUND, people })).toMatchObject({ all: 1, chosen: 1, none: 0 });
});

it("trades the places of two steps and leaves the minutes where they were", () => {
  const steps = [step(0, ["host"], ["push"]), step(5), step(9, ["admins"])];
  const down = [step(0), step(5, ["host"], ["push"]), step(9, ["admins"])];
  expect(moved(steps, 0, 1)).toEqual(down);
  expect(moved(down, 1, -1)).toEqual(steps);
  expect(moved(steps, 0, -1)).toEqual(steps);
  expect(moved(steps, 2, 1)).toEqual(steps);
});

it("adds after the last, whatever is being typed there", () => {
  expect(added([]).map(({ after_min }) => after_min)).toEqual([0]);
  expect(added([step(7)]).at(-1)).toEqual(step(12));
  expect(added([step(7), step(null)]).at(-1)?.after_min).toBe(12);
});

it("adds none later than the server takes", () => {
  expect(added([step(AFTER_MIN_MAX - 2)]).at(-1)?.after_min).toBe(AFTER_MIN_MAX);
});

it("knows what the server takes", () => {
  const { requestBody } = described.paths["/ladders/{kind}"].put;
  const { grace_min, repeat_min, steps } = requestBody.content["application/json"].schema.properties;
  const { after_min, whom } = steps.items.properties;
  expect(grace_min.anyOf[0]).toMatchObject({ minimum: 0, maximum: GRACE_MIN_MAX });
  expect(repeat_min).toMatchObject({ minimum: 1, maximum: REPEAT_MIN_MAX });
  expect(after_min).toMatchObject({ minimum: 0, maximum: AFTER_MIN_MAX });
  expect([steps.maxItems, whom.maxItems]).toEqual([STEPS_MAX, WHOM_MAX]);
});

it("keeps one order of whom and of ways, whatever was tapped first", () => {
  expect(whomInOrder(["bo", "admins", "host"])).toEqual(["host", "admins", "bo"]);
  expect(waysInOrder(["sms", "push"])).toEqual(["push", "sms"]);
});

it.each([
  [0, "21:30"],
  [149, "23:59"],
  [150, "00:00"],
  [1440, "21:30"],
  [null, null],
])("%s minutes after the promise is %s", (minutes, clock) => {
  expect(clockAfter(minutes)).toBe(clock);
});
