/** How far somebody has read a shift's log, kept in this browser, so that what is new since then can be marked. */
import { maybe, number, object, text } from "../parse";

export interface Read {
  /** Of the newest entry that was on the screen. */
  seq: number;
  at: string;
}

const KEY = "lykta-read";
/** Shifts beyond these are read as if for the first time. */
const KEPT_MAX = 300;
const read = object({ seq: number, at: text });

type Kept = [key: string, read: Read][];

function load(): Kept {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    if (!Array.isArray(found)) return [];
    return found.flatMap((one): Kept => {
      if (!Array.isArray(one) || typeof one[0] !== "string") return [];
      const value = maybe(read)(one[1]);
      return value === null ? [] : [[one[0], value]];
    });
  } catch {
    return []; // without storage nothing is marked as new; all of it can be read
  }
}

export function lastRead(reader: string, shift: string): Read | null {
  return load().find(([key]) => key === `${reader} ${shift}`)?.[1] ?? null;
}

function noteRead(reader: string, shift: string, now: Read): void {
  const key = `${reader} ${shift}`;
  const kept: Kept = [[key, now], ...load().filter(([other]) => other !== key)];
  try {
    localStorage.setItem(KEY, JSON.stringify(kept.slice(0, KEPT_MAX)));
  } catch {
    // as above
  }
}

/** What is on the page is read while somebody can see it: not in a tab behind others. Gives a function that ends it. */
export function readWhileSeen(reader: string, shift: string, seq: number): () => void {
  const note = () => {
    if (document.visibilityState === "hidden") return;
    // Another tab may have shown more of it.
    const most = Math.max(seq, lastRead(reader, shift)?.seq ?? seq);
    noteRead(reader, shift, { seq: most, at: new Date().toISOString() });
  };
  note();
  document.addEventListener("visibilitychange", note);
  return () => document.removeEventListener("visibilitychange", note);
}
