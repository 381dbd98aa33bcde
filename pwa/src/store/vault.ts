/**
 * The lock of this phone: whether what lies here is encrypted, and the keys while somebody has unlocked it. What needs
 * cryptography is in `keys.ts`, fetched only where there is a lock; without one everything passes through as it is.
 */
import { type Signal, signal } from "@preact/signals";
import { attempt, type Parser } from "../parse";
import { broadcast } from "./channel";
import { whole, withCore } from "./db";
import { type LockRow, lockRow } from "./lock-row";

/** `locked`: what is written is sealed, what was written before cannot be read. */
export type LockState = "off" | "locked" | "open";
export const lockState: Signal<LockState> = signal("off");

export const isLocked = (): boolean => lockState.peek() === "locked";

/** Bytes of a photo, sealed. */
export interface SealedBytes {
  sealed: ArrayBuffer;
}

/** `of` names the row that a text belongs to: put into another row it does not open. */
export interface Keys {
  seal(text: string, of: string): Promise<string>;
  /** Null for what these keys do not open. */
  open(sealed: string, of: string): Promise<string | null>;
  /** Null where a photo cannot be kept: its key is not here. */
  sealBytes(bytes: ArrayBuffer, of: string): Promise<SealedBytes | null>;
  openBytes(sealed: SealedBytes, of: string): Promise<ArrayBuffer | null>;
  /** For the organisation alone: how an op leaves a locked phone. */
  escrow(text: string): Promise<string>;
}

/** A database gives back what it pleases: only this at the beginning says that a text is sealed. No JSON begins so. */
export const isSealed = (text: unknown): text is string => typeof text === "string" && /^lk[12]\./.test(text);
export const isSealedBytes = (value: unknown): value is SealedBytes =>
  typeof value === "object" && value !== null && "sealed" in value && value.sealed instanceof ArrayBuffer;

const SPARE = "lykta.lock";
let row: LockRow | null = null;
let held: Promise<Keys> | null = null;

/** The lock as it is in force here; null without one. */
export const currentLock = (): LockRow | null => row;

/** Once at start, before anything is read or written. A copy beside the database holds where that does not open. */
export async function loadLock(): Promise<void> {
  const spare = readSpare();
  if (spare !== null && row === null) shutWith(spare);
  const stored = await readLock();
  if (stored === null) return restoreLock();
  keepSpare(stored);
  if (JSON.stringify(stored) !== JSON.stringify(row)) shutWith(stored);
}

export async function readLock(): Promise<LockRow | null> {
  return attempt(lockRow, await withCore((db) => db.get("meta", "lock")));
}

/**
 * The one way to change it, made of what is stored: what another tab has changed, as the PIN, this one may not know.
 * Synced, and beside the database too; null takes the lock away. Answers with what is stored then.
 */
export async function changeLock(next: (stored: LockRow | null) => LockRow | null): Promise<LockRow | null> {
  const made = await withCore(async (db) => {
    const tx = db.transaction("meta", "readwrite", { durability: "strict" });
    return whole(tx, async () => {
      const lock = next(attempt(lockRow, await tx.store.get("lock")));
      await (lock === null ? tx.store.delete("lock") : tx.store.put(lock, "lock"));
      return lock;
    });
  });
  // Another tab's change may have come between.
  keepSpare(await readLock().catch(() => made));
  return made;
}

/** The database was emptied or lost this row: without it nothing that is sealed would ever open again. */
export async function restoreLock(): Promise<void> {
  const lost = readSpare() ?? row;
  if (lost) await changeLock((stored) => stored ?? lost);
}

/** From now on nothing that was written before can be read here; what is written is sealed all the same. */
export function shutWith(lock: LockRow): void {
  row = lock;
  held = import("./keys").then(({ shutKeys }) => shutKeys(lock));
  // Asked again by whoever seals next; a failure is theirs to tell.
  held.catch(() => undefined);
  lockState.value = "locked";
}

/** The keys are here. `lockState` is told by whoever has shown what they open. */
export function openWith(lock: LockRow, keys: Keys): void {
  row = lock;
  held = Promise.resolve(keys);
}

/** Another row with the same keys. */
export function restate(lock: LockRow): void {
  row = lock;
}

/** No lock any more. */
export function unlockForGood(): void {
  row = null;
  held = null;
  lockState.value = "off";
}

export function tellOtherTabs(): void {
  broadcast({ kind: "lock" });
}

/** Another tab has locked, or put a lock on, or taken it away. */
export async function followLock(): Promise<void> {
  const stored = await readLock();
  if (stored === null) unlockForGood();
  else if (lockState.peek() !== "locked" || JSON.stringify(stored) !== JSON.stringify(row)) shutWith(stored);
}

/** While a lock is being taken away, what is written lies open again. */
const isSealing = () => row?.phase === "on";

async function keys(): Promise<Keys> {
  if (held === null) throw new Error("there is no lock");
  try {
    return await held;
  } catch (error) {
    // The part of the app could not be fetched: the next one who asks tries again.
    if (row !== null) shutWith(row);
    throw error;
  }
}

export async function sealText(text: string, of: string): Promise<string> {
  return isSealing() && !isSealed(text) ? (await keys()).seal(text, of) : text;
}

/** As it is where it cannot be opened. */
export async function openText(text: string, of: string): Promise<string> {
  return isSealed(text) && row !== null ? ((await (await keys()).open(text, of)) ?? text) : text;
}

export async function escrowed(text: string): Promise<string | null> {
  return isSealing() ? (await keys()).escrow(text) : null;
}

/** Raises NotSealed where it must be sealed and cannot. */
export async function sealPhoto(bytes: ArrayBuffer, of: string): Promise<ArrayBuffer | SealedBytes> {
  if (!isSealing()) return bytes;
  const sealed = await (await keys()).sealBytes(bytes, of);
  if (sealed === null) throw new DOMException("the phone is locked", "NotAllowedError");
  return sealed;
}

/** Null for what cannot be opened. */
export async function openPhoto(value: unknown, of: string): Promise<ArrayBuffer | null> {
  if (value instanceof ArrayBuffer) return value;
  return isSealedBytes(value) && row !== null ? (await keys()).openBytes(value, of) : null;
}

function readSpare(): LockRow | null {
  try {
    return attempt(lockRow as Parser<LockRow>, JSON.parse(localStorage.getItem(SPARE) ?? "null"));
  } catch {
    return null;
  }
}

function keepSpare(next: LockRow | null): void {
  try {
    if (next === null) localStorage.removeItem(SPARE);
    else localStorage.setItem(SPARE, JSON.stringify(next));
  } catch {
    // The database has it.
  }
}
