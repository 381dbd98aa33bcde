/** Web Locks of one simulated phone: one lock, held until its holder lets go, dies or is robbed. */
import type { Tab } from "./tab";

interface Request {
  tab: Tab;
  hold: () => Promise<void>;
  end: (error?: DOMException) => void;
}

export class Locks {
  private holder: Request | null = null;
  private queue: Request[] = [];

  for(tab: Tab) {
    return {
      request: (name: string, { steal, signal }: LockOptions, hold: () => Promise<void>) =>
        new Promise<void>((resolve, reject) => {
          const end = (error?: DOMException) => tab.soon(() => (error ? reject(error) : resolve()));
          const request = { name, tab, hold, end };
          if (steal) {
            this.holder?.end(new DOMException("stolen", "AbortError"));
            this.grant(request);
          } else {
            this.queue.push(request);
            signal?.addEventListener("abort", () => this.forget(request));
            this.next();
          }
        }),
      query: async () => ({
        held: this.holder ? [{ name: "lykta-sync", clientId: this.holder.tab.page }] : [],
        pending: this.queue.map((each) => ({ name: "lykta-sync", clientId: each.tab.page })),
      }),
    };
  }

  /** A tab died. */
  leave(tab: Tab): void {
    this.queue = this.queue.filter((each) => each.tab !== tab);
    if (this.holder?.tab === tab) this.release(this.holder);
  }

  /** It waits no longer. */
  private forget(request: Request): void {
    if (!this.queue.includes(request)) return;
    this.queue = this.queue.filter((each) => each !== request);
    request.end(new DOMException("aborted", "AbortError"));
  }

  private next(): void {
    const first = this.holder === null ? this.queue.shift() : undefined;
    if (first) this.grant(first);
  }

  private grant(request: Request): void {
    this.holder = request;
    request.tab.soon(() => {
      void request.hold().then(() => {
        request.end();
        this.release(request);
      });
    });
  }

  private release(request: Request): void {
    if (this.holder !== request) return;
    this.holder = null;
    this.next();
  }
}
