/** What a supervisor has begun to write, in this browser until it is sent: a closed tab or a lost sign-in keeps it. */
const PREFIX = "lykta-begun ";

export const draftKey = (reader: string, what: string, of: string) => `${PREFIX}${reader} ${what} ${of}`;

export function readDraft(key: string): string {
  try {
    return localStorage.getItem(key) ?? "";
  } catch {
    return "";
  }
}

/** False where this browser keeps nothing. */
export function keepDraft(key: string, words: string): boolean {
  try {
    if (words === "") localStorage.removeItem(key);
    else localStorage.setItem(key, words);
    return true;
  } catch {
    return false;
  }
}
