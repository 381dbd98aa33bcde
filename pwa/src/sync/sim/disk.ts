/** The databases of one simulated phone. They outlive its tabs; what a tab had not committed when it died is undone. */
import type { HeldRow } from "../../store/held";
import type { PhotoRow } from "../../store/photos";
import type { OpRow } from "../../store/rows";
import type { Made } from "./bundle";
import type { Dice } from "./dice";
import type { Loop } from "./loop";

interface Listening {
  listeners: { callback: unknown }[];
}
interface Transaction extends Listening {
  _requests: { request: Listening }[];
  mode: string;
  _started: boolean;
  _state: string;
  db: unknown;
  _abort(name: string): void;
}
interface RawDatabase {
  processTransactions: unknown;
  transactions: Transaction[];
  rawObjectStores: Map<string, { records: { values(): Iterable<{ key: unknown; value: unknown }> } }>;
}
/** fake-indexeddb, with the inside that a check must look into without asking. */
export interface Databases {
  IDBFactory: new () => IDBFactory & { _databases: Map<string, RawDatabase> };
}

export class Disk {
  readonly api: Databases & Record<string, unknown>;
  readonly factory: InstanceType<Databases["IDBFactory"]>;
  /** Counts the moments at which something may have been committed. */
  commits = 0;
  private due_ms = 0;
  private writing = false;

  constructor(
    make: Made<Databases & Record<string, unknown>>,
    private readonly loop: Loop,
    private readonly dice: Dice,
  ) {
    const later = (run: () => void) => this.later(run);
    this.api = make({ globalThis: { setImmediate: later } });
    this.factory = new this.api.IDBFactory();
  }

  /** In order, as a database works; each request takes a moment of its own. */
  private later(run: () => void): void {
    this.due_ms = Math.max(this.due_ms, this.loop.now_ms + this.dice.next() * 2);
    this.loop.at(this.due_ms, () => {
      run();
      const isWriting = this.active().some(({ mode }) => mode !== "readonly");
      if (this.writing && !isWriting) this.commits += 1;
      this.writing = isWriting;
    });
  }

  private active(): Transaction[] {
    return [...this.factory._databases.values()]
      .flatMap(({ transactions }) => transactions)
      .filter(({ _state }) => _state !== "finished");
  }

  /** True while a look inside would see what is not committed. */
  get isWriting(): boolean {
    return this.writing;
  }

  /** A write fails, as on a full disk. */
  failWrite(): boolean {
    const victim = this.dice.pick(this.active().filter(({ mode }) => mode === "readwrite"));
    victim?._abort("QuotaExceededError");
    return victim !== undefined;
  }

  /** What a tab leaves behind when it dies: its transactions are undone, its connections closed. */
  letGo(connections: readonly IDBDatabase[]): void {
    for (const transaction of this.active()) {
      if (!connections.some((each) => each === transaction.db)) continue;
      this.silence(transaction);
      transaction._abort("AbortError");
    }
    for (const connection of connections) connection.close();
  }

  /** The dead are told nothing; only the next transaction in line must hear that this one is over. */
  private silence(transaction: Transaction): void {
    const next = [...this.factory._databases.values()].map(({ processTransactions }) => processTransactions);
    transaction.listeners = transaction.listeners.filter(({ callback }) => next.includes(callback));
    for (const { request } of transaction._requests) request.listeners = [];
  }

  ops(): OpRow[] {
    return this.values("lykta-core", "ops") as OpRow[];
  }

  /** Saved, and not yet numbered. */
  held(): HeldRow[] {
    return (this.values("lykta-core", "drafts") as HeldRow[]).filter(({ held }) => held);
  }

  hasDraft(id: string): boolean {
    return this.entries("lykta-core", "drafts").has(id);
  }

  install(): { id: string; next_seq: number } | null {
    return (this.entries("lykta-core", "meta").get("install") ?? null) as ReturnType<Disk["install"]>;
  }

  cursor(): string | null {
    const row = this.entries("lykta-cache", "meta").get("cursor") as { cursor: string } | undefined;
    return row?.cursor ?? null;
  }

  recordIds(): string[] {
    return (this.values("lykta-cache", "records") as { id: string }[]).map(({ id }) => id);
  }

  photos(): Map<string, PhotoRow> {
    return this.entries("lykta-blobs", "photos") as Map<string, PhotoRow>;
  }

  photoBytes(sha256: string): Uint8Array {
    const parts = this.entries("lykta-blobs", "chunks");
    const found: Uint8Array[] = [];
    for (let n = 0; ; n++) {
      const part = parts.get(`${sha256},${n}`);
      if (!(part instanceof ArrayBuffer)) return Buffer.concat(found);
      found.push(new Uint8Array(part));
    }
  }

  private values(database: string, store: string): unknown[] {
    return [...this.entries(database, store).values()];
  }

  private entries(database: string, store: string): Map<unknown, unknown> {
    const raw = this.factory._databases.get(database)?.rawObjectStores.get(store);
    const found = new Map<unknown, unknown>();
    for (const { key, value } of raw?.records.values() ?? [])
      found.set(Array.isArray(key) ? key.join() : key, value);
    return found;
  }
}
