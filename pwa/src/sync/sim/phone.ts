/** A simulated phone: what outlives its pages. */
import type * as App from "./app";
import type { Made } from "./bundle";
import type { Dice } from "./dice";
import { type Databases, Disk } from "./disk";
import { Locks } from "./locks";
import type { Loop } from "./loop";
import { Tab } from "./tab";

export interface Parts {
  app: Made<typeof App>;
  databases: Made<Databases & Record<string, unknown>>;
}

export type Fetch = (tab: Tab, url: string, init: RequestInit) => Promise<Response>;

export class Phone {
  readonly disk: Disk;
  readonly locks = new Locks();
  readonly storage = new Map<string, string>();
  tabs: Tab[] = [];
  /** How far the phone's clock is ahead. */
  offset_ms = 0;
  isOffline = false;
  isSignedOut = false;
  /** Its host was told so: what it hands in counts only when somebody has looked, and then it is emptied. */
  isRevoked = false;
  private readonly heard = new Map<Tab, EventTarget>();

  constructor(
    readonly name: string,
    readonly loop: Loop,
    readonly dice: Dice,
    private readonly parts: Parts,
    readonly fetch: Fetch,
    /** Without, every tab sends. */
    readonly hasLocks: boolean,
  ) {
    this.disk = new Disk(parts.databases, loop, dice);
  }

  open(build: string): Tab {
    const tab = new Tab(this, this.parts.app, build);
    this.tabs.push(tab);
    tab.start();
    return tab;
  }

  setOffline(isOffline: boolean): void {
    this.isOffline = isOffline;
    for (const tab of this.tabs) tab.tell(isOffline ? "offline" : "online");
  }

  /** BroadcastChannel as `tab` sees it. */
  channels(tab: Tab) {
    const { heard, loop } = this;
    return class {
      constructor() {
        heard.set(tab, new EventTarget());
      }
      postMessage(data: unknown) {
        const copy = structuredClone(data);
        for (const [other, target] of heard)
          if (other !== tab)
            loop.after(1, () =>
              other.run(() => target.dispatchEvent(new MessageEvent("message", { data: copy }))),
            );
      }
      addEventListener(name: string, listener: EventListener) {
        heard.get(tab)?.addEventListener(name, listener);
      }
      removeEventListener(name: string, listener: EventListener) {
        heard.get(tab)?.removeEventListener(name, listener);
      }
    };
  }
}
