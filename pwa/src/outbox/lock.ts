/**
 * The lock as a person uses it: put on, opened by PIN or passkey, shut, taken away, and opened by the organisation for
 * somebody who has forgotten the PIN. Nothing here deletes a word, however often the PIN is wrong.
 */
import { prfBits } from "../device/passkey";
import { openKeys, sealToOrg, toBytes, toText, unwrap, wrap } from "../store/keys";
import { byPin, isPin, newLock, pinWrap, readTries, restated, wait_ms, writeTries } from "../store/lock";
import type { LockRow } from "../store/lock-row";
import { type CopyKey, readMeta } from "../store/meta";
import { sweep } from "../store/sweep";
import {
  changeLock,
  currentLock,
  lockState,
  openWith,
  readLock,
  restate,
  shutWith,
  tellOtherTabs,
  unlockForGood,
} from "../store/vault";
import { loadState } from "../store/view";
import { loadDrafts } from "./drafts";
import { mergeJournal } from "./start";

type DataKey = Uint8Array<ArrayBuffer>;

export type TurnedOn = "ok" | "partly" | "no-key" | "no-crypto" | "already";

/** The organisation's key must be here first: without it a forgotten PIN would lose what only this phone has. */
async function orgKey(): Promise<CopyKey | null> {
  const key = await readMeta("copy_key");
  return key?.proof ? key : null;
}

/** `partly`: the lock is on, and what could not be encrypted yet is tried again at each unlocking. */
export async function turnOn(pin: string, minutes: number): Promise<TurnedOn> {
  if (!isPin(pin)) throw new RangeError("no PIN");
  if (!globalThis.crypto?.subtle) return "no-crypto";
  const org = await orgKey();
  if (org === null) return "no-key";
  if (currentLock() !== null || (await readLock()) !== null) return "already";
  const [row, raw] = await newLock(pin, minutes, org);
  const there = await changeLock((other) => other ?? row);
  if (there?.priv !== row.priv) return "already";
  const stored = await readLock();
  const back = stored && (await byPin(stored, pin));
  const keys = stored && back && toText(back) === toText(raw) ? await openKeys(stored, back) : null;
  if (!stored || !keys) {
    // Nothing has been sealed by it yet.
    await changeLock(() => null);
    throw new DOMException("the lock did not read back", "DataError");
  }
  openWith(stored, keys);
  lockState.value = "open";
  tellOtherTabs();
  return (await sealed()) ? "ok" : "partly";
}

/** What was still open is sealed; whatever goes wrong here is tried again at the next unlocking. */
const sealed = (): Promise<boolean> => sweep("seal").catch(() => false);

export type Unlocked =
  | { is: "open" }
  | { is: "wrong"; wait_ms: number }
  | { is: "wait"; wait_ms: number }
  /** The PIN is right, and what it opens is not the key of this phone. */
  | { is: "damaged" };

/** Another tab may have changed the PIN since this one read the lock; where the database is silent, that one holds. */
async function newestLock(): Promise<LockRow | null> {
  const held = currentLock();
  const stored = held && (await readLock().catch(() => null));
  if (!isSame(stored, held)) return held;
  restate(stored);
  return stored;
}

/** By the same data key: whatever else of it was changed. */
const isSame = (one: LockRow | null, other: LockRow | null): one is LockRow =>
  one !== null && one.priv === other?.priv;

/** Counted before it is tried: a page that is closed in between has tried. */
async function tried(pin: string): Promise<{ raw: DataKey } | Exclude<Unlocked, { is: "open" }>> {
  const lock = await newestLock();
  if (lock === null) return { is: "damaged" };
  const now_ms = Date.now();
  const before = restated(await readTries(), now_ms);
  const left_ms = wait_ms(before, now_ms);
  if (left_ms > 0) return { is: "wait", wait_ms: left_ms };
  const after = { failed: before.failed + 1, at_ms: now_ms };
  await writeTries(after);
  const raw = await byPin(lock, pin);
  if (raw === null) return { is: "wrong", wait_ms: wait_ms(after, Date.now()) };
  await writeTries({ failed: 0, at_ms: 0 });
  return { raw };
}

export async function unlock(pin: string): Promise<Unlocked> {
  const found = await tried(pin);
  return "raw" in found ? openBy(found.raw) : found;
}

/** How long the lock screen must wait before the next PIN. */
export async function waitLeft_ms(): Promise<number> {
  const now_ms = Date.now();
  return wait_ms(restated(await readTries(), now_ms), now_ms);
}

async function openBy(raw: DataKey): Promise<Unlocked> {
  const held = currentLock();
  const keys = held && (await openKeys(held, raw));
  if (!held || !keys) return { is: "damaged" };
  const lock = await renewed(held, raw);
  openWith(lock, lock === held ? keys : ((await openKeys(lock, raw)) ?? keys));
  await show();
  lockState.value = "open";
  void mergeJournal().catch(() => undefined);
  if (lock.phase === "off") await finishTurningOff();
  else void sealed();
  return { is: "open" };
}

/** The organisation has another key now: from here on it is the one that opens this phone. */
async function renewed(lock: LockRow, raw: DataKey): Promise<LockRow> {
  const org = await orgKey().catch(() => null);
  if (org === null || org.kid === lock.org.kid) return lock;
  const { kid, x, y, device, proof } = org;
  const told = JSON.stringify({ format: "lykta-key", v: 1, key: toText(raw), device, proof });
  const patch = { org: { kid, x, y }, recovery: await sealToOrg({ kid, x, y }, told) };
  // At the next unlocking, else: nobody is kept out for it.
  return changed(lock, patch).catch(() => lock);
}

/** What can be read now, and nothing else. */
async function show(): Promise<void> {
  await loadState();
  await loadDrafts();
}

/** At once: the screen first, then what lies behind it. */
export async function lockNow(): Promise<void> {
  const lock = currentLock();
  if (lock === null || lockState.peek() !== "open") return;
  shutWith(lock);
  tellOtherTabs();
  await show().catch(() => undefined);
}

/** Opens row by row what is sealed, and lets the lock go when nothing is. Cut short, it goes on after the next PIN. */
export async function turnOff(pin: string): Promise<Unlocked> {
  const found = await tried(pin);
  if (!("raw" in found)) return found;
  await change({ phase: "off" }, found.raw);
  // They would go on sealing what nothing opens once the lock is gone.
  tellOtherTabs();
  await finishTurningOff();
  return { is: "open" };
}

async function finishTurningOff(): Promise<void> {
  // A second round for what went from a form into a record, sealed as it was, while the first one passed.
  if (!(await sweep("open")) || !(await sweep("open"))) return;
  // Not the one that another tab has put on since.
  if ((await changeLock((stored) => (stored?.phase === "off" ? null : stored))) !== null) return;
  await writeTries({ failed: 0, at_ms: 0 });
  unlockForGood();
  tellOtherTabs();
}

export async function changePin(pin: string, next: string): Promise<Unlocked> {
  if (!isPin(next)) throw new RangeError("no PIN");
  const found = await tried(pin);
  if (!("raw" in found)) return found;
  await change({ pin: await pinWrap(found.raw, next) }, found.raw);
  return { is: "open" };
}

/** Needs no key: it only says when the app shuts by itself. */
export async function setMinutes(minutes: number): Promise<void> {
  const lock = currentLock();
  if (lock === null || lockState.peek() !== "open") return;
  restate(await changed(lock, { minutes }));
}

/** By the data key that the server unwrapped. False where it is not the key of this phone. */
export async function recover(key: string, next: string): Promise<boolean> {
  if (!isPin(next)) throw new RangeError("no PIN");
  const raw = toBytes(key);
  const lock = currentLock();
  if (lock === null || (await openKeys(lock, raw)) === null) return false;
  await change({ pin: await pinWrap(raw, next) }, raw);
  await writeTries({ failed: 0, at_ms: 0 });
  return (await openBy(raw)).is === "open";
}

async function change(patch: Partial<LockRow>, raw: DataKey): Promise<void> {
  const lock = currentLock();
  if (lock === null) throw noLock();
  if ((await openKeys(lock, raw)) === null)
    throw new DOMException("this key opens nothing here", "DataError");
  const next = await changed(lock, patch);
  const keys = await openKeys(next, raw);
  if (keys === null) throw noLock();
  openWith(next, keys);
}

const noLock = () => new DOMException("there is no lock", "InvalidStateError");

/** Raises where the lock that is meant has been taken away meanwhile. */
async function changed(lock: LockRow, patch: Partial<LockRow>): Promise<LockRow> {
  const next = await changeLock((stored) => (isSame(stored, lock) ? { ...stored, ...patch } : stored));
  if (!isSame(next, lock)) throw noLock();
  return next;
}

/** By a passkey whose authenticator gives bits of its own (PRF). The PIN stays, and opens it too. */
export async function addPasskey(pin: string, made: { id: string; salt: string; bits: ArrayBuffer }) {
  const found = await tried(pin);
  if (!("raw" in found)) return found;
  const { id, salt, bits } = made;
  await change({ passkey: { id, salt, wrapped: await wrap(found.raw, bits, "passkey") } }, found.raw);
  return { is: "open" } as const;
}

/** Null where the person said no, or the passkey is gone: there is the PIN. */
export async function unlockByPasskey(): Promise<Unlocked | null> {
  const passkey = currentLock()?.passkey;
  if (!passkey) return null;
  const bits = await prfBits(passkey.id, passkey.salt);
  const raw = bits && (await unwrap(passkey.wrapped, bits, "passkey"));
  return raw ? openBy(raw) : null;
}
