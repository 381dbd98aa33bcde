/** Row 62: two weeks without a network, ten thousand ops on one phone, and then dawn. */
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { add, newId } from "../outbox";
import { hashOf } from "../outbox/seal";
import { aCheckin, alva, freshPhone } from "../outbox/testing";
import { whole, withCore } from "../store/db";
import { newRow } from "../store/rows";
import { unsentCount } from "../store/state";
import { refreshAllOps, saveMe } from "../store/view";
import { startSync, stopSync } from ".";
import { FakeServer } from "./fake-server";

/** All ten thousand where there is time for it (`make soak`): the databases of these tests are slow, not the app. */
const COUNT = process.env.SOAK_MINUTES === undefined ? 2_000 : 10_000;
const BATCH = 200;

let server: FakeServer;

beforeEach(async () => {
  await freshPhone();
  server = new FakeServer().install();
});
afterEach(() => {
  stopSync();
  vi.unstubAllGlobals();
});

/** As they lie there after the two weeks; in one transaction, or the test would take as long. */
async function fill(): Promise<void> {
  const data = aCheckin("Rond längs kajen, lugnt.");
  const at = { wall: "2026-11-06T20:00:00.000+01:00", mono: 1, page: "p", clock: null };
  const body = JSON.stringify({ salt: "x".repeat(22), at, position: null, data });
  const hash = await hashOf(body);
  const ids = Array.from({ length: COUNT }, newId);
  await withCore(async (db) => {
    const tx = db.transaction(["ops", "meta"], "readwrite");
    await whole(tx, async () => {
      await tx.objectStore("meta").put({ id: "i1", next_seq: COUNT + 1 }, "install");
      const puts = ids.map((id, n) =>
        tx
          .objectStore("ops")
          .put(
            newRow(
              { id, type: "checkin.create", v: 1, author: alva.id, shift: "s1", hash, body },
              { install: "i1", seq: n + 1 },
            ),
          ),
      );
      await Promise.all(puts);
    });
  });
}

it("drains in batches, a call for help first, and never reads all of it again", async () => {
  await fill();
  await saveMe(alva);
  await refreshAllOps();
  const call = await add({
    id: newId(),
    type: "escalation.create",
    shift: "s1",
    position: null,
    data: { service: "POL112", channel: "phone", observation_id: null, cause: null },
  });
  startSync();
  await vi.waitFor(() => expect(server.pushes.length).toBeGreaterThan(1), { timeout: 20_000 });
  const wholeTable = vi.spyOn(IDBObjectStore.prototype, "getAll");
  const wholeIndex = vi.spyOn(IDBIndex.prototype, "getAll");
  await vi.waitFor(() => expect(unsentCount.value).toBe(0), { timeout: 60_000, interval: 100 });
  expect(server.stored.size).toBe(COUNT + 1);
  // I20: alone, before all that is older.
  expect(server.pushes[0]?.ops.map(({ id }) => id)).toEqual([call.id]);
  const sizes = server.pushes.map(({ ops }) => ops.length);
  expect(sizes.slice(1)).toEqual(Array.from({ length: COUNT / BATCH }, () => BATCH));
  // Bounded: what a batch costs in reading does not grow with what is left.
  const tables = wholeTable.mock.contexts.map((table) => (table as IDBObjectStore).name);
  // Once for the daily check, which tells the server all that is held; never for a batch.
  expect(tables.filter((name) => name === "ops").length).toBeLessThanOrEqual(1);
  // Once all is sent, and not before: which receipts are so old that their ops may go.
  expect(wholeIndex.mock.calls.length).toBeLessThanOrEqual(1);
}, 120_000);
