/**
 * What the host needs to write while the database does not open, as text in localStorage: who it is, and the codes
 * that forms are made of. Copies only: what is in the database holds.
 */
const ME = "lykta.me";
const VOCABULARY = "lykta.vocabulary";

export const spareMe = (): unknown => read(ME);
export const spareVocabulary = (): unknown => read(VOCABULARY);

export const keepMe = (user: unknown): void => keep(ME, user);
export const keepVocabulary = (value: unknown): void => keep(VOCABULARY, value);

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
