/** Background Sync, where the browser has it (Chromium): a wake-up call after the network comes back. */

const TAG = "lykta-outbox";

function canSync(held: ServiceWorkerRegistration): held is ServiceWorkerRegistration & {
  sync: { register: (tag: string) => Promise<void> };
} {
  return "sync" in held;
}

/** An accelerator only: nothing waits for it, and most browsers lack it. */
export async function askBackgroundSync(): Promise<void> {
  try {
    if (!navigator.serviceWorker?.controller) return;
    const held = await navigator.serviceWorker.ready;
    if (canSync(held)) await held.sync.register(TAG);
  } catch {
    // Refused in private windows and by battery savers.
  }
}
