/** One page life on a simulated phone: the real code, with this tab's own clock, dice, network and storage. */
import { createHash } from "node:crypto";
import type * as App from "./app";
import type { Made } from "./bundle";
import type { Task } from "./loop";
import type { Phone } from "./phone";

/** When the world begins, for those whose clock is right. */
export const BEGIN_MS = Date.parse("2026-11-20T18:00:00.000Z");

export class Tab {
  readonly app: typeof App;
  readonly page: string;
  readonly connections: IDBDatabase[] = [];
  isReady = false;
  private isAlive = true;
  private isFrozen = false;
  private isHidden = false;
  private readonly opened_ms: number;
  private readonly window = new EventTarget();
  private readonly document = new EventTarget();
  private deferred: (() => void)[] = [];

  constructor(
    readonly phone: Phone,
    make: Made<typeof App>,
    build: string,
  ) {
    this.page = phone.dice.uuid();
    this.opened_ms = phone.loop.now_ms;
    this.app = make(this.globals(build));
  }

  start(): void {
    void this.app.open().then(() => {
      this.isReady = true;
    });
  }

  get isUsable(): boolean {
    return this.isAlive && !this.isFrozen && this.isReady;
  }

  get alive(): boolean {
    return this.isAlive;
  }

  get frozen(): boolean {
    return this.isFrozen;
  }

  /** Runs in this tab if it still lives; when it thaws if it is frozen. */
  run(work: () => void): void {
    if (!this.isAlive) return;
    if (this.isFrozen) this.deferred.push(work);
    else work();
  }

  soon(work: () => void): void {
    this.phone.loop.after(0, () => this.run(work));
  }

  /** Memory is gone at once; what was committed stays. */
  kill(): void {
    this.isAlive = false;
    this.phone.disk.letGo(this.connections);
    this.phone.locks.leave(this);
    this.phone.tabs = this.phone.tabs.filter((each) => each !== this);
  }

  freeze(): void {
    this.isFrozen = true;
  }

  thaw(): void {
    this.isFrozen = false;
    const work = this.deferred;
    this.deferred = [];
    for (const each of work) this.run(each);
  }

  show(isShown: boolean): void {
    this.isHidden = !isShown;
    this.run(() => this.document.dispatchEvent(new Event("visibilitychange")));
  }

  /** The browser noticed that the network came or went. */
  tell(name: "online" | "offline"): void {
    this.run(() => this.window.dispatchEvent(new Event(name)));
  }

  private globals(build: string): Record<string, unknown> {
    const { phone } = this;
    const { loop, disk } = phone;
    const wall_ms = () => BEGIN_MS + Math.floor(loop.now_ms) + phone.offset_ms;
    const channels = phone.channels(this);
    const window = {
      ...timers(this),
      performance: { now: () => loop.now_ms - this.opened_ms },
      Date: dateOf(wall_ms),
      Math: Object.create(Math, { random: { value: phone.dice.next } }),
      crypto: cryptoOf(this),
      localStorage: storageOf(this),
      navigator: this.navigator(),
      document: Object.assign(this.document, {}),
      fetch: (url: string, init: RequestInit) => phone.fetch(this, url, init),
      addEventListener: this.window.addEventListener.bind(this.window),
      removeEventListener: this.window.removeEventListener.bind(this.window),
      BroadcastChannel: channels,
      ...disk.api,
      indexedDB: this.databases(),
    };
    Object.defineProperty(window.document, "visibilityState", {
      get: () => (this.isHidden ? "hidden" : "visible"),
    });
    return { ...window, globalThis: window, self: window, __BUILD__: build };
  }

  private navigator() {
    const { phone } = this;
    return {
      locks: phone.hasLocks ? phone.locks.for(this) : undefined,
      get onLine() {
        return !phone.isOffline;
      },
    };
  }

  private databases() {
    return {
      open: (name: string, version?: number) => {
        // A dead tab asks nobody: its request never comes back.
        if (!this.isAlive) return new EventTarget();
        const request = this.phone.disk.factory.open(name, version);
        request.addEventListener("success", () => {
          this.connections.push(request.result);
          if (!this.isAlive) request.result.close();
        });
        return request;
      },
    };
  }
}

function timers(tab: Tab) {
  const { loop } = tab.phone;
  const cancel = (task: Task | undefined) => {
    if (task) task.isOff = true;
  };
  const every = (work: () => void, delay_ms: number): { isOff: boolean } => {
    const timer = { isOff: false };
    const again = () =>
      loop.after(delay_ms, () => {
        if (timer.isOff || !tab.alive) return;
        tab.run(() => {
          if (!timer.isOff) work();
        });
        again();
      });
    again();
    return timer;
  };
  return {
    setTimeout: (work: () => void, delay_ms: number) => {
      const task = loop.after(Math.max(1, delay_ms ?? 0), () =>
        tab.run(() => {
          if (!task.isOff) work();
        }),
      );
      return task;
    },
    clearTimeout: cancel,
    setInterval: every,
    clearInterval: cancel,
  };
}

function dateOf(wall_ms: () => number) {
  return class extends Date {
    constructor(...given: [] | [number | string]) {
      super(...((given.length === 0 ? [wall_ms()] : given) as [number]));
    }
    static override now = wall_ms;
  };
}

/** A photo's hash takes an old phone a moment, in which anything may happen. */
const QUICK_BYTES = 1_000;
const HASH_MS_MAX = 60;

function cryptoOf(tab: Tab) {
  const { dice, loop } = tab.phone;
  return {
    randomUUID: () => dice.uuid(),
    getRandomValues: <T extends Uint8Array | Uint16Array>(into: T): T => {
      dice.bytes(new Uint8Array(into.buffer, into.byteOffset, into.byteLength));
      return into;
    },
    subtle: {
      digest: (_name: string, bytes: Uint8Array | ArrayBuffer) =>
        new Promise<ArrayBuffer>((resolve) => {
          const found = createHash("sha256").update(new Uint8Array(bytes)).digest();
          const done = () => resolve(new Uint8Array(found).buffer);
          if (bytes.byteLength < QUICK_BYTES) done();
          else loop.after(dice.next() * HASH_MS_MAX, () => tab.run(done));
        }),
    },
  };
}

/** A dead tab writes nothing. */
function storageOf(tab: Tab) {
  const { storage } = tab.phone;
  return {
    getItem: (key: string) => storage.get(key) ?? null,
    setItem: (key: string, value: string) => tab.alive && storage.set(key, value),
    removeItem: (key: string) => tab.alive && storage.delete(key),
  };
}
