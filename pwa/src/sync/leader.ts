/**
 * One uploader at a time among the tabs of a phone: a Web Lock, and a lease for the case that the holder is
 * frozen. Only to save traffic: two uploaders at once do no harm (I18).
 */
import { whileSeen } from "../device/seen";

const LOCK = "lykta-sync";
const LEASE = "lykta.lease";
const LEASE_MS = 60_000;

export interface Leadership {
  onGained: () => void;
  onLost: () => void;
}

/** Competes for leadership until the page goes away. Gives a function that ends it. */
export function compete({ onGained, onLost }: Leadership): () => void {
  if (!navigator.locks) {
    onGained();
    return onLost;
  }
  let release: (() => void) | null = null;
  let ended = false;
  /** Left while the lock is being taken by force. */
  let line = new AbortController();
  const queue = async (options: LockOptions) => {
    let mine: (() => void) | null = null;
    const hold = () =>
      new Promise<void>((resolve) => {
        if (ended) {
          resolve();
          return;
        }
        mine = release = resolve;
        renew();
        onGained();
      });
    try {
      await navigator.locks.request(LOCK, options, hold);
    } catch {
      // The lock was taken from this page, which looked frozen: it queues up again.
    }
    // Not where it was taken by a later request of this same page, which leads on.
    if (mine !== null && mine === release) {
      release = null;
      onLost();
    }
    if (!ended && !options.signal?.aborted) wait();
  };
  const wait = () => {
    line = new AbortController();
    void queue({ signal: line.signal });
  };
  const steal = () => {
    // Left in line, it would come before the page for which this one steps aside.
    line.abort();
    void queue({ steal: true });
  };
  // A hidden page lets its lease run out: one that is seen may take over from it.
  const endBeat = whileSeen(() => {
    if (release) renew();
    else if (!line.signal.aborted && isStale()) steal();
  });
  // A hidden page steps aside if another one waits.
  const stepAside = () => {
    if (document.visibilityState === "hidden" && release)
      void isWanted().then((wanted) => wanted && release?.());
  };
  document.addEventListener("visibilitychange", stepAside);
  wait();
  return () => {
    ended = true;
    endBeat();
    document.removeEventListener("visibilitychange", stepAside);
    release?.();
  };
}

async function isWanted(): Promise<boolean> {
  try {
    const { held = [], pending = [] } = await navigator.locks.query();
    const mine = held.find(({ name }) => name === LOCK)?.clientId;
    return pending.some(({ name, clientId }) => name === LOCK && clientId !== mine);
  } catch {
    return false;
  }
}

function renew(): void {
  try {
    localStorage.setItem(LEASE, String(Date.now()));
  } catch {
    // Without a lease the lock alone decides.
  }
}

function isStale(): boolean {
  try {
    const age_ms = Math.abs(Date.now() - Number(localStorage.getItem(LEASE) ?? Date.now()));
    return age_ms > LEASE_MS;
  } catch {
    return false;
  }
}
