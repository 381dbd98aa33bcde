/** A reading that is overtaken by a change must not show what was there before it. */
import { beforeEach, expect, it, vi } from "vitest";
import { add } from "../outbox";
import { letOutHeld } from "../outbox/held";
import { newId } from "../outbox/ids";
import { aCheckin, alva, freshPhone } from "../outbox/testing";
import { type Carried, carried, keepCarried, loadCarried } from "./carried";
import { journalOp, readJournal } from "./journal";
import { readOp } from "./ops";
import { carriedOps, heldRows, unsentCount } from "./state";
import type { Draft } from "./types";
import { refreshAllOps, refreshCounts, refreshHeld } from "./view";

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

async function hold(): Promise<string> {
  const id = newId();
  const form: Draft = {
    ...{ id, form: "checkin", author: alva.id, shift: null },
    at: "",
    updatedAt: "",
    fields: {},
  };
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
  const { id } = await add({
    ...{ id: newId(), type: "checkin.create", shift: null },
    position: null,
    data: aCheckin(),
  });
  const row = await readOp(id);
  expect(row && journalOp(row)).toBe(true);
  expect(readJournal()).toHaveLength(1);
  await refreshCounts();
  expect(unsentCount.value).toBe(1);
});
