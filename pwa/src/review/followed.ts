/**
 * What is shown of many shifts, kept up to date: at a change only the shifts that it names are asked for. With a hundred
 * out, to ask for them all at each report would keep a server busy with nothing else.
 */
import type { Change } from "./types";

export interface Followed<T> {
  question(stop: AbortSignal): Promise<T>;
  concerns(change: Change): true;
  missed(): void;
}

/** Named at once, more than this are all that there is. */
export const NAMED_MAX = 50;

interface Ways<T> {
  all(stop: AbortSignal): Promise<T>;
  /** `known` with these shifts as they are now; those that are out no longer left away. */
  some(known: T, named: string[], stop: AbortSignal): Promise<T>;
}

export function followed<T>({ all, some }: Ways<T>): Followed<T> {
  let known: T | null = null;
  let named = new Set<string>();
  let isMissing = true;
  return {
    concerns({ shifts }) {
      if (shifts.length === 0) isMissing = true;
      for (const shift of shifts) named.add(shift);
      return true;
    },
    missed() {
      isMissing = true;
    },
    async question(stop) {
      const asked = [...named];
      const base = isMissing || asked.length > NAMED_MAX ? null : known;
      named = new Set();
      isMissing = false;
      try {
        const found =
          base === null ? await all(stop) : asked.length > 0 ? await some(base, asked, stop) : base;
        known = found;
        return found;
      } catch (error) {
        isMissing = true; // whatever was named is not known now
        throw error;
      }
    },
  };
}
