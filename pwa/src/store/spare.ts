/**
 * What the host needs to write while the database does not open, as text in localStorage: who it is, in which shift,
 * and the codes that forms are made of. Copies only: what is in the database holds.
 */
import { attempt, maybe, object, text } from "../parse";

const ME = "lykta.me";
const SHIFT = "lykta.shift";
const VOCABULARY = "lykta.vocabulary";

const shiftRow = object({ author: text, shift: maybe(text) });

export const spareMe = (): unknown => read(ME);
export const spareVocabulary = (): unknown => read(VOCABULARY);

export const keepMe = (user: unknown): void => keep(ME, user);
export const keepVocabulary = (value: unknown): void => keep(VOCABULARY, value);

export const keepShift = (at: { author: string; shift: string | null }): void => keep(SHIFT, at);

/** The shift that this person was last known to be in. */
export function spareShift(author: string): string | null {
  const held = attempt(shiftRow, read(SHIFT));
  return held?.author === author ? held.shift : null;
}

/** Nothing of the organisation's stays on a phone that was revoked. */
export function forgetSpares(): void {
  for (const name of [ME, SHIFT, VOCABULARY]) keep(name, null);
}

function read(key: string): unknown {
  try {
    return JSON.parse(localStorage.getItem(key) ?? "null");
  } catch {
    return null;
  }
}

function keep(key: string, value: unknown): void {
  try {
    const text = JSON.stringify(value ?? null);
    if (value === null || value === undefined) localStorage.removeItem(key);
    else if (localStorage.getItem(key) !== text) localStorage.setItem(key, text);
  } catch {
    // Only the last resort is lost.
  }
}
