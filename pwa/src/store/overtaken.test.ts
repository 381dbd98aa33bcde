/** A reading that is overtaken by a change must not show what was there before it. */
import { beforeEach, expect, it, vi } from "vitest";
import { add } from "../outbox";
import { drafts, loadDrafts, saveDraft } from "../outbox/drafts";
import { letOutHeld } from "../outbox/held";
import { newId } from "../outbox/ids";
import { aCheckin, alva, cim, freshPhone } from "../outbox/testing";
import { type Carried, carried, keepCarried, loadCarried } from "./carried";
import { journalOp, readJournal } from "./journal";
import { markAnswered } from "./marks";
import { readOp } from "./ops";
import { carriedOps, heldRows, ownOps, unsentCount } from "./state";
import type { Draft } from "./types";
import { opsChanged, refreshAllOps, refreshCounts, refreshHeld, saveMe } from "./view";

const slow = vi.hoisted(() => ({ next: null as Promise<void> | null }));

vi.mock("./db", async (original) => {
  const real = await original<typeof import("./db")>();
  const withCore: typeof real.withCore = async (work) => {
    const until = slow.next;
    slow.next = null;
    const read = await real.withCore(work);
    await until;
    return read;
  };
  return { ...real, withCore };
});

/** What the next reading has read is handed over only when this is called. */
function holdNextReading(): () => void {
  let go: () => void = () => undefined;
  slow.next = new Promise((resolve) => {
    go = resolve;
  });
  return go;
}

const save = () =>
  add({ id: newId(), type: "checkin.create", shift: null, position: null, data: aCheckin() });

const aForm = (id: string): Draft => ({
  ...{ id, form: "checkin", author: alva.id, shift: null },
  at: "",
  updatedAt: "",
  fields: {},
});

async function hold(): Promise<string> {
  const id = newId();
  const form = aForm(id);
  await add({ id, type: "checkin.create", shift: null, position: null, data: aCheckin() }, form);
  return id;
}

beforeEach(freshPhone);

it.each([
  ["what is held", refreshHeld],
  ["everything", refreshAllOps],
])("what is let out while %s is being read is counted once", async (_what, refresh) => {
  await hold();
  const go = holdNextReading();
  const reading = refresh();
  await letOutHeld();
  go();
  await reading;
  expect([heldRows.value, unsentCount.value]).toEqual([[], 1]);
});

it("an older reading of what is held does not hide what was held since", async () => {
  const go = holdNextReading();
  const reading = refreshHeld();
  const id = await hold();
  go();
  await reading;
  expect([heldRows.value.map((row) => row.id), unsentCount.value]).toEqual([[id], 1]);
});

it("what is saved while everything is being read stays shown", async () => {
  const go = holdNextReading();
  const reading = refreshAllOps();
  const { id } = await save();
  go();
  await reading;
  expect([ownOps.value.map((op) => op.id), unsentCount.value]).toEqual([[id], 1]);
});

it("what is held while everything is being read stays held, shown once", async () => {
  const go = holdNextReading();
  const reading = refreshAllOps();
  const id = await hold();
  go();
  await reading;
  const ids = (rows: readonly { id: string }[]) => rows.map((row) => row.id);
  expect([ids(heldRows.value), ids(ownOps.value), unsentCount.value]).toEqual([[id], [id], 1]);
});

it.each([
  ["the op", (id: string) => opsChanged([id])],
  ["everything", () => refreshAllOps()],
])(
  "an op that was answered while it was read is not unsent again, once %s is shown anew",
  async (_what, again) => {
    const { id, hash } = await save();
    const go = holdNextReading();
    const reading = opsChanged([id]);
    const receipt = { seq: 1, received_at: "", status: "applied", why: null, epoch: "e1" } as const;
    await markAnswered([{ id, hash, receipt }]);
    await again(id);
    go();
    await reading;
    expect(ownOps.value.map(({ sync }) => sync.state)).toEqual(["acked"]);
  },
);

it.each([
  ["who is signed in next", cim],
  ["nobody", null],
])("the forms of whoever was signed in are not shown to %s", async (_whom, next) => {
  await saveDraft(aForm(newId()));
  const go = holdNextReading();
  const reading = loadDrafts();
  await saveMe(next);
  await loadDrafts();
  go();
  await reading;
  expect(drafts.value).toEqual([]);
});

it("what was delivered while it was being read does not wait again", async () => {
  const row: Carried = {
    ...{ id: "1", ops: 3, jwe: "eyJ", at: "", why: null, told: null },
    state: "waiting",
  };
  await keepCarried(row);
  const go = holdNextReading();
  const reading = loadCarried();
  await keepCarried({ ...row, state: "delivered" });
  go();
  await reading;
  expect([carried.value.map(({ state }) => state), carriedOps.value]).toEqual([["delivered"], 0]);
});

it("a write that was given up and came through all the same is counted once", async () => {
  const { id } = await save();
  const row = await readOp(id);
  expect(row && journalOp(row)).toBe(true);
  expect(readJournal()).toHaveLength(1);
  await refreshCounts();
  expect(unsentCount.value).toBe(1);
});
