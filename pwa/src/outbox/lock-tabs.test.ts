/** One lock, two tabs: what one of them changes is never put back by the other, which still holds it as it was. */
import { beforeEach, expect, it, vi } from "vitest";
import { withCore } from "../store/db";
import { readLock } from "../store/vault";
import { addPasskey, changePin, setMinutes, turnOff, turnOn, unlock } from "./lock";
import { coldStart, PIN, phoneOfOrganisation } from "./lock-testing";

const OTHER = "493172";

vi.mock("../store/keys", async (original) => {
  const real = await original<typeof import("../store/keys")>();
  return {
    ...real,
    stretched: (pin: string, salt: Uint8Array<ArrayBuffer>) => real.stretched(pin, salt, 1000),
  };
});

beforeEach(phoneOfOrganisation);

/** The app once more over the same databases, unlocked. */
async function otherTab() {
  vi.resetModules();
  const [lock, vault, mind, health] = await Promise.all([
    import("./lock"),
    import("../store/vault"),
    import("./mind"),
    import("../store/health"),
  ]);
  await vault.loadLock();
  if (vault.lockState.value === "locked") expect(await lock.unlock(PIN)).toEqual({ is: "open" });
  return { ...lock, ...vault, ...mind, ...health };
}

async function pinsThatOpen(): Promise<string[]> {
  const open: string[] = [];
  for (const pin of [PIN, OTHER]) {
    await coldStart();
    if ((await unlock(pin)).is === "open") open.push(pin);
  }
  return open;
}

const made = { id: "k", salt: "s", bits: new Uint8Array(32).buffer };

it.each([
  ["says when to shut", (tab: Awaited<ReturnType<typeof otherTab>>) => tab.setMinutes(60)],
  ["adds a passkey by the new PIN", (tab) => tab.addPasskey(OTHER, made)],
  ["tries the old PIN for a passkey", (tab) => tab.addPasskey(PIN, made)],
  ["tries the old PIN to take the lock away", (tab) => tab.turnOff(PIN)],
  ["tries the old PIN for another", (tab) => tab.changePin(PIN, "582913")],
])("keeps the PIN that was changed meanwhile when the other tab %s", async (_, act) => {
  await turnOn(PIN, 15);
  const tab = await otherTab();
  expect(await changePin(PIN, OTHER)).toEqual({ is: "open" });
  await act(tab);
  expect(await pinsThatOpen()).toEqual([OTHER]);
});

it("opens the other tab by the new PIN, and not by the old one", async () => {
  await turnOn(PIN, 15);
  const tab = await otherTab();
  await changePin(PIN, OTHER);
  await tab.lockNow();
  expect((await tab.unlock(PIN)).is).toBe("wrong");
  expect((await tab.unlock(OTHER)).is).toBe("open");
});

it("keeps all that several tabs have changed", async () => {
  await turnOn(PIN, 15);
  const tab = await otherTab();
  await Promise.all([setMinutes(60), tab.addPasskey(PIN, made)]);
  expect(await readLock()).toMatchObject({ minutes: 60, passkey: { id: "k" } });
  await addPasskey(PIN, { ...made, id: "l" });
  expect(await readLock()).toMatchObject({ minutes: 60, passkey: { id: "l" } });
});

it("puts back the newest lock where the browser has emptied the database under both", async () => {
  await turnOn(PIN, 15);
  const tab = await otherTab();
  await changePin(PIN, OTHER);
  await withCore((db) => db.delete("meta", "lock"));
  await tab.restoreLock();
  expect(await pinsThatOpen()).toEqual([OTHER]);
});

it("goes on by the lock that another tab has put on, and by no second one", async () => {
  const tab = await otherTab();
  const told = await Promise.all([turnOn(PIN, 15), tab.turnOn(OTHER, 15)]);
  expect(told.filter((one) => one === "already")).toHaveLength(1);
  expect(await pinsThatOpen()).toEqual([told[0] === "already" ? OTHER : PIN]);
});

it("brings no lock back that another tab has taken away", async () => {
  await turnOn(PIN, 15);
  const tab = await otherTab();
  expect(await turnOff(PIN)).toEqual({ is: "open" });
  await tab.setMinutes(60).catch(() => undefined);
  await tab.addPasskey(PIN, made).catch(() => undefined);
  expect([await readLock(), localStorage.getItem("lykta.lock")]).toEqual([null, null]);
});
