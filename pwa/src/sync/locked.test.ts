import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { add, newId } from "../outbox";
import { turnOn, unlock } from "../outbox/lock";
import { coldStart, type Organisation, PIN, phoneOfOrganisation } from "../outbox/lock-testing";
import { hashOf } from "../outbox/seal";
import { aCheckin } from "../outbox/testing";
import { keepPhoto, markNamed, sha256Of } from "../store/blobs";
import { readOp, readUnsent } from "../store/ops";
import { readPhotos } from "../store/photos";
import { unlockForGood } from "../store/vault";
import { offers } from "./offers";
import { photosToSend, tidy, uploadChunk } from "./photos";
import { wire } from "./send";

vi.mock("../store/keys", async (original) => {
  const real = await original<typeof import("../store/keys")>();
  return {
    ...real,
    stretched: (pin: string, salt: Uint8Array<ArrayBuffer>) => real.stretched(pin, salt, 1000),
  };
});

const clocks = { build: "b", wall_ms: 0, now_ms: 0 };
const bytes = new TextEncoder().encode("a photo").buffer;
let org: Organisation;
let sha256: string;

beforeEach(async () => {
  org = await phoneOfOrganisation();
  sha256 = await sha256Of(bytes);
  const attachments = [{ sha256, size: bytes.byteLength, mime: "image/jpeg", caption: null }];
  await keepPhoto(bytes, "image/jpeg", "d");
  await add({ id: newId(), type: "checkin.create", shift: "s1", position: null, data: aCheckin("ord") });
  const data = { target: newId(), ...attachments[0], sha256, size: 7, mime: "image/jpeg", caption: null };
  await add({ id: newId(), type: "photo.attach", shift: "s1", position: null, data });
  await markNamed([sha256], "d");
  await turnOn(PIN, 15);
  await coldStart();
});

afterEach(unlockForGood);

it("a locked phone sends what it cannot read, and the organisation reads what was written", async () => {
  const rows = await readUnsent();
  const sent = rows.map(wire);
  expect(sent.map((op) => "body" in op)).toEqual([false, false]);
  for (const op of sent) expect("sealed" in op && (await hashOf(await org.open(op.sealed)))).toBe(op.hash);
  expect(offers(rows, clocks).length).toBe(2);
});

it("once unlocked it sends the body as it was saved", async () => {
  await unlock(PIN);
  const [first] = (await readUnsent()).map(wire);
  expect(first && "body" in first && (await hashOf(first.body))).toBe(first?.hash);
});

it("photos wait for the PIN, and none is given up or deleted meanwhile", async () => {
  const rows = await readPhotos();
  expect(photosToSend(rows, clocks)).toEqual([]);
  const effect = { type: "chunk", sha256, offset: 0, bytes: 100 } as const;
  expect((await uploadChunk(effect, new AbortController().signal)).kind).toBe("no-answer");
  // A month later, sent: only the op that cannot be read now names it.
  const { markSent } = await import("../store/blobs");
  await markSent(sha256);
  await tidy(await readPhotos(), Date.now() + 30 * 86_400_000);
  expect((await readPhotos()).map((row) => row.sha256)).toEqual([sha256]);
  await unlock(PIN);
  await tidy(await readPhotos(), Date.now() + 30 * 86_400_000);
  expect((await readPhotos()).length).toBe(1);
});

it("what neither phone nor organisation can read now is not offered again and again", async () => {
  const [row] = await readUnsent();
  if (!row) throw new Error("no op");
  expect(offers([{ ...row, escrow: null }], clocks)).toEqual([]);
  expect((await readOp(row.id))?.state).toBe("pending");
});
