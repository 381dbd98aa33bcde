/** Making and opening a lock: what wraps the data key, and how long a wrong PIN must wait. Nothing here erases. */
import { newDataKey, newPair, random, sealToOrg, stretched, toBytes, toText, unwrap, wrap } from "./keys";
import type { LockRow, Tries } from "./lock-row";
import { type CopyKey, readMeta, writeMeta } from "./meta";

export const PIN_MIN = 6;
export const PIN_MAX = 32;
/** As of OWASP's advice of 2023; a faster phone takes more. */
const ROUNDS_MIN = 600_000;
const ROUNDS_MAX = 3_000_000;
const TRIAL_ROUNDS = 60_000;
const STRETCH_MS = 300;
const SALT_BYTES = 16;
/** By the number of wrong PINs in a row; the last one holds for all that follow. */
const WAITS_S = [0, 0, 0, 0, 0, 30, 60, 120, 300, 900];

type DataKey = Uint8Array<ArrayBuffer>;

/** Digits alone: they can be typed with gloves on, and every keyboard has them. */
export const isPin = (pin: string): boolean =>
  new RegExp(`^\\d{${PIN_MIN},${PIN_MAX}}$`).test(pin) && !/^(\d)\1*$/.test(pin);

/** So many that one try takes about a third of a second on this very phone. */
async function measuredRounds(): Promise<number> {
  const started = performance.now();
  await stretched("000000", random(SALT_BYTES), TRIAL_ROUNDS);
  const spent_ms = Math.max(1, performance.now() - started);
  const wanted = Math.round((TRIAL_ROUNDS * STRETCH_MS) / spent_ms);
  return Math.min(ROUNDS_MAX, Math.max(ROUNDS_MIN, wanted));
}

export async function pinWrap(raw: DataKey, pin: string, rounds?: number): Promise<LockRow["pin"]> {
  const salt = random(SALT_BYTES);
  const times = rounds ?? (await measuredRounds());
  const wrapped = await wrap(raw, await stretched(pin, salt, times), "pin");
  return { salt: toText(salt), rounds: times, wrapped };
}

/** A lock for this PIN, with the data key it is for. The organisation must be able to open it, too. */
export async function newLock(pin: string, minutes: number, org: CopyKey): Promise<[LockRow, DataKey]> {
  const raw = newDataKey();
  const { device, proof, kid, x, y } = org;
  const told = { format: "lykta-key", v: 1, key: toText(raw), device, proof };
  const [wrapped, pair, recovery] = await Promise.all([
    pinWrap(raw, pin),
    newPair(raw),
    sealToOrg({ kid, x, y }, JSON.stringify(told)),
  ]);
  const row: LockRow = {
    ...{ v: 1, phase: "on", minutes, pin: wrapped, passkey: null, recovery },
    ...{ org: { kid, x, y }, ...pair },
  };
  return [row, raw];
}

export async function byPin(lock: LockRow, pin: string): Promise<DataKey | null> {
  const { salt, rounds, wrapped } = lock.pin;
  return unwrap(wrapped, await stretched(pin, toBytes(salt), rounds), "pin");
}

let unwritten: Tries | null = null;
const noTries = (): Tries => ({ failed: 0, at_ms: 0 });

export async function readTries(): Promise<Tries> {
  const stored = await readMeta("lock_tries").catch(() => null);
  const tries = stored ?? noTries();
  return unwritten && unwritten.failed > tries.failed ? unwritten : tries;
}

/** A database that cannot be written does not make the PIN easier to guess: this page remembers. */
export async function writeTries(tries: Tries): Promise<void> {
  unwritten = tries;
  await writeMeta("lock_tries", tries.failed === 0 ? null : tries).catch(() => undefined);
}

/** How long until the next PIN may be tried. A clock that was set back makes it no longer than it was at first. */
export function wait_ms({ failed, at_ms }: Tries, now_ms: number): number {
  const whole_ms = (WAITS_S[Math.min(failed, WAITS_S.length - 1)] ?? 0) * 1000;
  return Math.max(0, Math.min(whole_ms, at_ms + whole_ms - now_ms));
}

/** A clock that was years ahead when the PIN was wrong must not make it wait for years. */
export const restated = (tries: Tries, now_ms: number): Tries =>
  tries.at_ms > now_ms ? { ...tries, at_ms: now_ms } : tries;
