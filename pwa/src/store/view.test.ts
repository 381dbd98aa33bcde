import { beforeEach, expect, it } from "vitest";
import { add } from "../outbox";
import { aCheckin, alva, freshPhone, restart } from "../outbox/testing";
import { withCore } from "./db";
import { idAt } from "./idtime";
import { keepShift } from "./spare";
import { ownOps } from "./state";
import { loadState, refreshOlderOps } from "./view";

beforeEach(freshPhone);

const HOUR = 3_600_000;
const NOW = 1_795_000_000_000;
const idOf = (ms: number) => `${idAt(ms)}-7000-8000-000000000001`;
const RECEIPT = { seq: 1, received_at: "2026-11-20T20:00:00Z", status: "applied", why: null, epoch: "e" };

async function said(at_ms: number, answered: boolean): Promise<string> {
  const { id } = await add({
    ...{ id: idOf(at_ms), type: "checkin.create", shift: null, position: null },
    data: aCheckin(),
  });
  const row = (await withCore((db) => db.get("ops", id))) as object;
  if (answered) await withCore((db) => db.put("ops", { ...row, state: "acked", receipt: RECEIPT }));
  return id;
}

const shown = () => ownOps.value.map(({ id }) => id);

it("a start reads what is new or unsent, and the rest when there is time", async () => {
  const old = await said(NOW - 200 * HOUR, true);
  const unsent = await said(NOW - 100 * HOUR, false);
  const recent = await said(NOW - HOUR, true);
  await restart();
  await loadState(NOW - 36 * HOUR);
  expect(shown()).toEqual([unsent, recent]);
  await refreshOlderOps();
  expect(shown()).toEqual([old, unsent, recent]);
});

it("a start reads all of the shift that one is in, however long ago it began", async () => {
  const shift = idOf(NOW - 60 * HOUR);
  const early = await said(NOW - 59 * HOUR, true);
  keepShift({ author: alva.id, shift });
  await loadState(NOW - 36 * HOUR);
  expect(shown()).toEqual([early]);
});

it("what changed while the rest was read stays as it is shown", async () => {
  const old = await said(NOW - 200 * HOUR, true);
  const recent = await said(NOW - HOUR, false);
  await loadState(NOW - 36 * HOUR);
  const reading = refreshOlderOps();
  ownOps.value = ownOps.value.map((op) => ({ ...op, sync: { state: "stuck", why: "shown" } }));
  await reading;
  expect(ownOps.value.map(({ id, sync }) => [id, sync.state])).toEqual([
    [old, "acked"],
    [recent, "stuck"],
  ]);
});
