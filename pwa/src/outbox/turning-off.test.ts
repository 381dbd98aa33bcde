/** Nothing may lie sealed once the lock is gone: nothing would ever open it again. */
import { beforeEach, expect, it, vi } from "vitest";
import { readAllOps } from "../store/ops";
import { currentLock, lockState } from "../store/vault";
import { add, newId } from ".";
import { letOutHeld } from "./held";
import { turnOff, turnOn } from "./lock";
import { everythingRaw, PIN, phoneOfOrganisation } from "./lock-testing";
import { aCheckin, alva } from "./testing";

/** Done once, when a form has been read and is about to be opened. */
const meanwhile = vi.hoisted(() => ({ act: null as (() => unknown) | null }));

vi.mock("../store/keys", async (original) => {
  const real = await original<typeof import("../store/keys")>();
  return {
    ...real,
    stretched: (pin: string, salt: Uint8Array<ArrayBuffer>) => real.stretched(pin, salt, 1000),
  };
});
vi.mock("../store/drafts", async (original) => {
  const real = await original<typeof import("../store/drafts")>();
  const openedDraft: typeof real.openedDraft = async (draft) => {
    const { act } = meanwhile;
    meanwhile.act = null;
    await act?.();
    return real.openedDraft(draft);
  };
  return { ...real, openedDraft };
});
beforeEach(phoneOfOrganisation);

it("opens what becomes a record while the forms are being opened", async () => {
  await turnOn(PIN, 15);
  const id = newId();
  const form = {
    id,
    form: "checkin",
    author: alva.id,
    shift: null,
    at: "",
    updatedAt: "",
    fields: {},
  } as const;
  await add({ id, type: "checkin.create", shift: null, position: null, data: aCheckin("ord") }, form);
  meanwhile.act = letOutHeld;
  await turnOff(PIN);
  expect([lockState.value, (await readAllOps()).length]).toEqual(["off", 1]);
  expect(await everythingRaw()).not.toMatch(/lk[12]\./);
});

it("tells the other tabs before it begins: they would go on sealing", async () => {
  await turnOn(PIN, 15);
  const told: (string | undefined)[] = [];
  const post = vi.spyOn(BroadcastChannel.prototype, "postMessage").mockImplementation(({ kind }) => {
    if (kind === "lock") told.push(currentLock()?.phase);
  });
  await turnOff(PIN);
  post.mockRestore();
  expect(told).toEqual(["off", undefined]);
});
