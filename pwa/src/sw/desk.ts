/**
 * The desk's own files. A host's phone never fetches them; a browser in which the desk was opened keeps them all, so
 * that a page of it that was never opened works without network, and when the server has gone on to the next version.
 */

/** One for all versions, as the names are hashed. That it is there says that the desk was opened here. */
const CACHE = "lykta-desk";
/** The server compresses by what is asked: what was kept is the same file. */
const ANY = { ignoreVary: true };

/** Paths. */
type Files = ReadonlySet<string>;

/** A page that says what went wrong must never stay under the name of a script. */
const isWhole = (answer: Response) =>
  answer.status === 200 && /javascript|css/.test(answer.headers.get("Content-Type") ?? "");

const kept = async (path: string) => (await caches.open(CACHE)).match(path, ANY);
const put = async (path: string, answer: Response) => (await caches.open(CACHE)).put(path, answer);

/** Kept, or fetched and kept. Where nothing can be kept, at least fetched. */
export async function deskFile(path: string): Promise<Response> {
  const held = await kept(path).catch(() => undefined);
  if (held) return held;
  const fresh = await fetch(path);
  if (isWhole(fresh)) await put(path, fresh.clone()).catch(() => undefined);
  return fresh;
}

/** Rejects when one cannot be had; those before it are kept, and the next time begins after them. */
export async function keepDesk(files: Files): Promise<void> {
  for (const path of files) {
    if (await kept(path)) continue;
    const fresh = await fetch(path);
    if (!isWhole(fresh)) throw new Error(`${fresh.status} for ${path}`);
    await put(path, fresh);
  }
}

/** A new version comes with its desk, or not at all, to a browser in which the desk was opened. */
export async function keepDeskIfOpened(files: Files): Promise<void> {
  if (await caches.has(CACHE)) await keepDesk(files);
}

export async function forgetOldDesk(files: Files): Promise<void> {
  if (!(await caches.has(CACHE))) return;
  const cache = await caches.open(CACHE);
  for (const request of await cache.keys())
    if (!files.has(new URL(request.url).pathname)) await cache.delete(request, ANY);
}
