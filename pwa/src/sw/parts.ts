/** Whose each file of the build is, by the build's own graph: a host's phone keeps what a host can reach, and no more. */

export interface Chunk {
  isEntry: boolean;
  /** The module that it was made for, if for one. */
  facadeModuleId: string | null;
  imports: readonly string[];
  dynamicImports: readonly string[];
  /** Styles and workers that come with it. */
  files: readonly string[];
}

/** What the app reaches at once or later, itself included; never by a lazy import of `shut`. */
function reached(from: readonly string[], chunks: ReadonlyMap<string, Chunk>, shut?: string): Set<string> {
  const found = new Set<string>();
  const queue = [...from];
  for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
    if (found.has(name)) continue;
    found.add(name);
    const chunk = chunks.get(name);
    if (!chunk) continue;
    queue.push(...chunk.imports, ...chunk.files, ...chunk.dynamicImports.filter((one) => one !== shut));
  }
  return found;
}

/** The files that are reached only through the lazy import of the module `door`. */
export function onlyThrough(door: string, chunks: ReadonlyMap<string, Chunk>): ReadonlySet<string> {
  const names = [...chunks.keys()];
  const shut = names.find((name) => chunks.get(name)?.facadeModuleId?.endsWith(door));
  if (shut === undefined) throw new Error(`${door} has no chunk of its own`);
  const entries = names.filter((name) => chunks.get(name)?.isEntry);
  const others = reached(entries, chunks, shut);
  if (others.has(shut)) throw new Error(`${door} is reached without its lazy import`);
  return new Set([...reached([shut], chunks)].filter((name) => !others.has(name)));
}
