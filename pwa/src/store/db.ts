/**
 * Opens the databases and keeps them open. `lykta-core` holds what must never be lost (ops, drafts, meta),
 * `lykta-blobs` photos' bytes, apart from it so that text never waits for them, and `lykta-cache` what can be pulled
 * again. Nothing here deletes a database, whatever its version.
 */
import { signal } from "@preact/signals";
import { type DBSchema, type IDBPDatabase, openDB } from "idb";

/** Rows are `unknown` here on purpose: browsers have handed back null and other rows' content. See `rows.ts`. */
export interface CoreSchema extends DBSchema {
  meta: { key: string; value: unknown };
  ops: {
    key: string;
    value: unknown;
    indexes: {
      state_author: [string, string];
      install_seq: [string, number];
      install_shift: [string, string];
    };
  };
  drafts: { key: string; value: unknown };
  carried: { key: string; value: unknown };
}

export interface CacheSchema extends DBSchema {
  meta: { key: string; value: unknown };
  records: { key: [string, string]; value: unknown };
  basemaps: { key: string; value: unknown };
  chunks: { key: [string, number]; value: unknown };
}

export interface BlobSchema extends DBSchema {
  photos: { key: string; value: unknown };
  chunks: { key: [string, number]; value: unknown };
}

type AnySchema = CoreSchema | CacheSchema | BlobSchema;
export type Core = IDBPDatabase<CoreSchema>;
export type Cache = IDBPDatabase<CacheSchema>;
export type Blobs = IDBPDatabase<BlobSchema>;

const OPEN_TIMEOUT_MS = 4_000;
const WORK_TIMEOUT_MS = 20_000;
const REOPENS_MAX = 3;
/** After the database did not open at all, asking again at once would only make the host wait. */
const REST_MS = 5_000;

/** True while another tab keeps an older copy of the database open: it must be closed by the person. */
export const storageBlocked = signal(false);

interface StoreDef {
  keyPath?: string;
  indexes?: Record<string, { path: string[]; unique: boolean }>;
}

const CORE: Record<string, StoreDef> = {
  meta: {},
  ops: {
    keyPath: "id",
    indexes: {
      state_author: { path: ["state", "author"], unique: false },
      install_seq: { path: ["install", "seq"], unique: true },
      install_shift: { path: ["install", "shift"], unique: false },
    },
  },
  drafts: { keyPath: "id" },
  carried: { keyPath: "id" },
};

const CACHE: Record<string, StoreDef> = { meta: {}, records: {}, basemaps: {}, chunks: {} };

const BLOBS: Record<string, StoreDef> = { photos: { keyPath: "sha256" }, chunks: {} };

/** Adds what is missing and never removes: an older and a newer build can share one database. */
function lay(db: IDBDatabase, tx: IDBTransaction, defs: Record<string, StoreDef>): void {
  for (const [name, def] of Object.entries(defs)) {
    const store = db.objectStoreNames.contains(name)
      ? tx.objectStore(name)
      : db.createObjectStore(name, def.keyPath ? { keyPath: def.keyPath } : {});
    for (const [index, { path, unique }] of Object.entries(def.indexes ?? {}))
      if (!store.indexNames.contains(index)) store.createIndex(index, path, { unique });
  }
}

function lacks(db: IDBDatabase, defs: Record<string, StoreDef>): boolean {
  const names = Object.keys(defs);
  if (names.some((name) => !db.objectStoreNames.contains(name))) return true;
  const tx = db.transaction(names, "readonly");
  return names.some((name) =>
    Object.keys(defs[name]?.indexes ?? {}).some((index) => !tx.objectStore(name).indexNames.contains(index)),
  );
}

const terminated = new Set<() => void>();

/** Hears when the browser has closed a database by itself. */
export function onTerminated(listener: () => void): () => void {
  terminated.add(listener);
  return () => terminated.delete(listener);
}

class Connection<S extends AnySchema> {
  private current: Promise<IDBPDatabase<S>> | null = null;

  constructor(
    private readonly name: string,
    private readonly defs: Record<string, StoreDef>,
  ) {}

  private failed: { error: unknown; until_ms: number } | null = null;

  get(): Promise<IDBPDatabase<S>> {
    if (!this.failed) return this.opening();
    const { error, until_ms } = this.failed;
    if (performance.now() < until_ms) return Promise.reject(error);
    const again = this.opening();
    if (!isTimeout(error)) return again;
    // It was silent before: it is asked again, but nobody waits for it a second time.
    again.catch(() => undefined);
    return Promise.reject(error);
  }

  private opening(): Promise<IDBPDatabase<S>> {
    this.current ??= this.openPatiently().then(
      (db) => {
        this.failed = null;
        return db;
      },
      (error: unknown) => {
        this.current = null;
        this.failed = { error, until_ms: performance.now() + REST_MS };
        throw error;
      },
    );
    return this.current;
  }

  /** Forgets a connection that broke; the next `get` opens a new one. */
  async drop(): Promise<void> {
    const old = this.current;
    this.current = null;
    (await old?.catch(() => null))?.close();
  }

  private async openPatiently(): Promise<IDBPDatabase<S>> {
    for (let tries = 1; ; tries++) {
      try {
        // Without a version: a database that a newer build has raised opens as it is.
        const db = await this.open(undefined);
        if (!lacks(unwrapped(db), this.defs)) return db;
        const next = db.version + 1;
        db.close();
        return await this.open(next);
      } catch (error) {
        // An open that hangs is asked once more; waiting four times over would cost a quarter of a minute.
        if (tries > (isTimeout(error) ? 1 : REOPENS_MAX)) throw error;
      }
    }
  }

  private open(version: number | undefined): Promise<IDBPDatabase<S>> {
    let late = false;
    const opening = openDB<S>(this.name, version, {
      upgrade: (db, _old, _new, tx) => lay(unwrapped(db), unwrappedTx(tx), this.defs),
      blocked: () => {
        storageBlocked.value = true;
      },
      // Another tab wants to add a store: step aside at once, open again when next needed.
      blocking: () => void this.drop(),
      // The browser closed it by itself: it was lost, or emptied under the running app.
      terminated: () => {
        this.current = null;
        for (const listener of terminated) listener();
      },
    });
    void opening.then(
      (db) => {
        storageBlocked.value = false;
        if (late) db.close();
      },
      () => undefined,
    );
    // Some builds of Safari never answer the first open of a page.
    return new Promise((resolve, reject) => {
      const watchdog = setTimeout(() => {
        late = true;
        reject(new DOMException(`${this.name} did not open in time`, "TimeoutError"));
      }, OPEN_TIMEOUT_MS);
      opening.then(resolve, reject).finally(() => clearTimeout(watchdog));
    });
  }
}

// `idb` types its wrapped objects apart from the DOM's; they are the same objects at run time.
const unwrapped = (db: unknown) => db as IDBDatabase;
const unwrappedTx = (tx: unknown) => tx as IDBTransaction;

const core = new Connection<CoreSchema>("lykta-core", CORE);
const cache = new Connection<CacheSchema>("lykta-cache", CACHE);
const blobs = new Connection<BlobSchema>("lykta-blobs", BLOBS);

const isTimeout = (error: unknown) => error instanceof DOMException && error.name === "TimeoutError";

/** A database that went silent counts as failed: no answer must leave a host looking at a spinner. */
export function inTime<T>(work: Promise<T>, limit_ms: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const late = () => reject(new DOMException("the database did not answer in time", "TimeoutError"));
    const watchdog = setTimeout(late, limit_ms);
    work.then(resolve, reject).finally(() => clearTimeout(watchdog));
  });
}

/** A transaction whose requests are awaited: what fails is told by them, and not a second time to nobody. */
export function heard<T extends { done: Promise<void> }>(tx: T): T {
  tx.done.catch(() => undefined);
  return tx;
}

/** All of `work` or nothing: without the abort, what was written before an error would be committed. */
export async function whole<T>(
  tx: { abort(): void; done: Promise<void> },
  work: () => Promise<T>,
): Promise<T> {
  heard(tx);
  try {
    const result = await work();
    await tx.done;
    return result;
  } catch (error) {
    try {
      tx.abort();
    } catch {
      // Over already.
    }
    throw error;
  }
}

const LOST = new Set(["InvalidStateError", "UnknownError", "TransactionInactiveError"]);

async function patiently<S extends AnySchema, T>(
  connection: Connection<S>,
  work: (db: IDBPDatabase<S>) => Promise<T>,
): Promise<T> {
  for (let tries = 1; ; tries++) {
    const db = await connection.get();
    try {
      return await inTime(work(db), WORK_TIMEOUT_MS);
    } catch (error) {
      if (tries > REOPENS_MAX || !(error instanceof DOMException) || !LOST.has(error.name)) throw error;
      await connection.drop();
    }
  }
}

/** Runs `work`, again on a new connection (at most three times) when the old one was lost: `work` must be idempotent. */
export const withCore = <T>(work: (db: Core) => Promise<T>): Promise<T> => patiently(core, work);
export const withCache = <T>(work: (db: Cache) => Promise<T>): Promise<T> => patiently(cache, work);
export const withBlobs = <T>(work: (db: Blobs) => Promise<T>): Promise<T> => patiently(blobs, work);

/** Lets go of the databases; the next use opens them again. */
export async function closeAll(): Promise<void> {
  await Promise.all([core.drop(), cache.drop(), blobs.drop()]);
}
