import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { compete } from "./leader";

interface Asked {
  work: () => Promise<void>;
  taken: (reason: unknown) => void;
  steals: boolean;
}

/** One Web Lock among pages: what is asked for is granted when the test says so, as on a slow phone. */
class Locks {
  private held: Asked | null = null;
  private waiting: Asked[] = [];

  request(_name: string, options: LockOptions, work: () => Promise<void>): Promise<void> {
    return new Promise((resolve, taken) => {
      const asked: Asked = { work: () => work().then(resolve), taken, steals: options.steal === true };
      options.signal?.addEventListener("abort", () => {
        if (!this.waiting.includes(asked)) return;
        this.waiting = this.waiting.filter((one) => one !== asked);
        taken(options.signal?.reason);
      });
      if (asked.steals) this.waiting.unshift(asked);
      else this.waiting.push(asked);
    });
  }

  /** The next that waits gets the lock, if it is free or is taken by force. */
  async grant(): Promise<void> {
    const next = this.waiting[0];
    if (!next || (this.held && !next.steals)) return;
    this.waiting.shift();
    this.held?.taken(new DOMException("", "AbortError"));
    this.held = next;
    void next.work().then(() => {
      if (this.held === next) this.held = null;
    });
    await vi.advanceTimersByTimeAsync(0);
  }

  /** The page that leads, and another one that waits. */
  query = () => {
    const [held, pending] = ["one", "other"].map((clientId) => [{ name: "lykta-sync", clientId }]);
    return Promise.resolve({ held, pending });
  };
}

const BEAT_MS = 15_000;
let locks: Locks;
const ends: (() => void)[] = [];

function page(): { leads: boolean } {
  const it = { leads: false };
  ends.push(
    compete({
      onGained: () => {
        it.leads = true;
      },
      onLost: () => {
        it.leads = false;
      },
    }),
  );
  return it;
}

beforeEach(() => {
  vi.useFakeTimers();
  localStorage.clear();
  locks = new Locks();
  vi.stubGlobal("navigator", { locks });
});
afterEach(() => {
  for (const end of ends.splice(0)) end();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

/** A page that was frozen holds the lock, and its lease runs out. */
async function behindOneFrozen(): Promise<{ leads: boolean }> {
  void locks.request("lykta-sync", {}, () => new Promise(() => undefined)).catch(() => undefined);
  await locks.grant();
  localStorage.setItem("lykta.lease", String(Date.now() - 50_000));
  const other = page();
  await vi.advanceTimersByTimeAsync(BEAT_MS);
  return other;
}

it("one page leads, and the next when it is gone", async () => {
  const [first, second] = [page(), page()];
  await locks.grant();
  await locks.grant();
  expect([first.leads, second.leads]).toEqual([true, false]);
  ends.shift()?.();
  await vi.advanceTimersByTimeAsync(0);
  await locks.grant();
  expect(second.leads).toBe(true);
});

it("a page takes over from one whose lease has run out", async () => {
  const other = await behindOneFrozen();
  await locks.grant();
  expect(other.leads).toBe(true);
});

it("a page that has to wait for the lock it takes by force asks once, and leads on", async () => {
  const other = await behindOneFrozen();
  await vi.advanceTimersByTimeAsync(3 * BEAT_MS);
  for (let i = 0; i < 4; i++) await locks.grant();
  expect(other.leads).toBe(true);
});

it("a page from which the lock was taken leads no longer", async () => {
  const first = page();
  await locks.grant();
  void locks.request("lykta-sync", { steal: true }, () => new Promise(() => undefined));
  await locks.grant();
  expect(first.leads).toBe(false);
});

async function hide(): Promise<void> {
  vi.spyOn(document, "visibilityState", "get").mockReturnValue("hidden");
  document.dispatchEvent(new Event("visibilitychange"));
  await vi.advanceTimersByTimeAsync(0);
}

it("a hidden page steps aside for one that waits, and leads again after it", async () => {
  const [first, second] = [page(), page()];
  await locks.grant();
  await hide();
  await locks.grant();
  expect([first.leads, second.leads]).toEqual([false, true]);
  ends.pop()?.();
  await vi.advanceTimersByTimeAsync(0);
  await locks.grant();
  expect(first.leads).toBe(true);
});

it("a hidden page that leads by force steps aside for one that waits, too, and leads again after it", async () => {
  const first = await behindOneFrozen();
  await locks.grant();
  const second = page();
  await hide();
  await locks.grant();
  expect([first.leads, second.leads]).toEqual([false, true]);
  ends.pop()?.();
  await vi.advanceTimersByTimeAsync(0);
  await locks.grant();
  expect(first.leads).toBe(true);
});

it("a page from which the lock was taken that it took by force waits for it again", async () => {
  const first = await behindOneFrozen();
  await locks.grant();
  let release = () => undefined as unknown;
  const taken = () => new Promise<void>((resolve) => (release = resolve));
  void locks.request("lykta-sync", { steal: true }, taken);
  await locks.grant();
  expect(first.leads).toBe(false);
  release();
  await vi.advanceTimersByTimeAsync(0);
  await locks.grant();
  expect(first.leads).toBe(true);
});
