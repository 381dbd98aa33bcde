/**
 * Last resort beside the database: sealed ops as text in localStorage while IndexedDB cannot be written.
 * Merged by op id at the next start. An op here has no client seq yet: only the database gives numbers.
 */
import { attempt, listOfGood } from "../parse";
import { type SealedOp, sealedOp } from "./rows";

const KEY = "lykta.journal";
const BYTES_MAX = 1_000_000;

export function readJournal(): SealedOp[] {
  try {
    return attempt(listOfGood(sealedOp), JSON.parse(localStorage.getItem(KEY) ?? "[]")) ?? [];
  } catch {
    return [];
  }
}

/** True only when `op` lies there and was read back the same. An op of the same id is replaced. */
export function journalOp(op: SealedOp): boolean {
  return write([...readJournal().filter(({ id }) => id !== op.id), op]) && holds(op);
}

export function forgetJournaled(ids: readonly string[]): void {
  const held = readJournal();
  const left = held.filter(({ id }) => !ids.includes(id));
  if (left.length !== held.length) write(left);
}

/** In the other form, where it still lies there as it was. */
export function rewriteJournaled(from: SealedOp, to: SealedOp): void {
  const held = readJournal();
  if (held.some(({ id, body }) => id === from.id && body === from.body))
    write(held.map((op) => (op.id === from.id ? to : op)));
}

/** Whether it could be used now, should the database fail. */
export function canJournal(): boolean {
  const key = `${KEY}.trial`;
  try {
    localStorage.setItem(key, key);
    const isThere = localStorage.getItem(key) === key;
    localStorage.removeItem(key);
    return isThere;
  } catch {
    return false;
  }
}

const holds = (op: SealedOp) =>
  readJournal().some(({ id, hash, body }) => id === op.id && hash === op.hash && body === op.body);

function write(ops: readonly SealedOp[]): boolean {
  try {
    if (ops.length === 0) {
      localStorage.removeItem(KEY);
      return true;
    }
    const text = JSON.stringify(ops);
    if (text.length > BYTES_MAX) return false;
    localStorage.setItem(KEY, text);
    return true;
  } catch {
    return false;
  }
}
