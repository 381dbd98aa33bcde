import { beforeEach, expect, it, vi } from "vitest";
import { setStage } from "../shell/testing/cast";
import { add, emptyOutbox, failToSave } from "../shell/testing/outbox";
import { callsOf } from "./calls";
import { say } from "./say";
import { escalations } from "./state";

vi.mock("../outbox", () => import("../shell/testing/outbox"));

const AT = { kind: "point", from: "2026-11-20T19:00:00.000Z" } as const;
const arrived = { kind: "point", from: "2026-11-20T19:10:00.000Z" } as const;

beforeEach(async () => {
  setStage();
  emptyOutbox();
  const common = { shift: null, position: null };
  const data = { service: "POL112", channel: "phone", observation_id: null, cause: null } as const;
  await add({ id: "e-1", type: "escalation.create", ...common, data });
  const unsaid = { answered: null, arrived: null, left: null, reference: null, note: null };
  const attempt = { target: "e-1", attempted: AT, outcome: "OKAND", ...unsaid };
  await add({ id: "t-1", type: "escalation.attempt", ...common, data: attempt });
});

const call = () => callsOf(escalations.value[0]?.attempts ?? [])[0];

it("a word said while the one before is being saved takes nothing of that back", async () => {
  const save = add.getMockImplementation();
  let go = () => {};
  const slow = new Promise<void>((resolve) => {
    go = resolve;
  });
  add.mockImplementationOnce(async (op) => {
    await slow;
    return save?.(op) as never;
  });
  const said = [say("e-1", "t-1", { arrived }), say("e-1", "t-1", { outcome: "PLATS" })];
  go();
  await Promise.all(said);
  expect(call()).toMatchObject({ arrived, outcome: "PLATS" });
});

it("a word that could not be saved keeps none after it from being said", async () => {
  failToSave();
  await expect(say("e-1", "t-1", { arrived })).rejects.toThrow();
  await say("e-1", "t-1", { outcome: "PLATS" });
  expect(call()).toMatchObject({ arrived: null, outcome: "PLATS" });
});
