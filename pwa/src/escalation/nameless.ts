/** Hosts' names never leave the unit: what is printed for others is read through once for them. Pure. */

const LETTER = /\p{L}|\p{N}/u;
const LENGTH_MIN = 2;

/** Whole names and each of their parts, longest first, so that "Alva Lind" is not left as "värd Lind". */
function parts(names: readonly string[]): string[] {
  const all = names.flatMap((name) => [name, ...name.split(/\s+/)]).filter((one) => one.length >= LENGTH_MIN);
  return [...new Set(all)].sort((a, b) => b.length - a.length);
}

const escaped = (word: string) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** `words` with every host's name, alone or with a genitive s, as `instead`. A name within a longer word stays. */
export function nameless(words: string, names: readonly string[], instead: string): string {
  const known = parts(names);
  if (known.length === 0) return words;
  const any = new RegExp(`(${known.map(escaped).join("|")})s?`, "giu");
  return words.replace(any, (found, _name, at: number) => {
    const isPart = LETTER.test(words[at - 1] ?? "") || LETTER.test(words[at + found.length] ?? "");
    return isPart ? found : instead;
  });
}
