/**
 * The words of the host's app. The desk keeps its own in `review.ts` beside this file:
 *   import { part } from "./engine"; export const tr = part(sv, () => en);
 * so that they are loaded with the desk and never on a host's phone.
 */
import { signal } from "@preact/signals";
import { type Language, language, part, type Translation } from "./engine";
import { sv } from "./sv";

export { type Language, language, named, part } from "./engine";
export * from "./format";

export type Key = keyof typeof sv;

const english = signal<Translation<typeof sv> | null>(null);

export const t = part(sv, () => english.value);

let chosen: Language | null = null;

/** English is a file of its own: most phones never need it. Rejects if it cannot be loaded. */
export async function setLanguage(next: Language): Promise<void> {
  chosen = next;
  if (next === "en" && english.value === null) english.value = (await import("./en")).en;
  // Another was chosen while the words were on their way.
  if (chosen !== next) return;
  language.value = next;
  document.documentElement.lang = next;
}
