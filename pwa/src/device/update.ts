/**
 * A new version of the app: fetched and kept beside the old one by the browser, put to use only when the host
 * says so and nothing is being written. Reloading by itself would throw away a form.
 */
import { type Signal, signal } from "@preact/signals";

/** True when a new version lies ready. */
export const updateReady: Signal<boolean> = signal(false);

const RELOAD_AFTER_MS = 2_000;
const CHECK_EVERY_MS = 60 * 60_000;
let registration: ServiceWorkerRegistration | null = null;
let isHeld: () => boolean = () => false;

/** While `check` is true, no update is put to use: a form is open. */
export function holdUpdatesWhile(check: () => boolean): void {
  isHeld = check;
}

export async function registerServiceWorker(url = "/sw.js"): Promise<void> {
  if (!("serviceWorker" in navigator)) return;
  try {
    // "none": the browser's own cache must never keep an old service worker alive.
    registration = await navigator.serviceWorker.register(url, { updateViaCache: "none" });
  } catch {
    return;
  }
  watch(registration);
  setInterval(() => void checkForUpdate(), CHECK_EVERY_MS);
}

export async function checkForUpdate(): Promise<void> {
  await registration?.update().catch(() => undefined);
}

function watch(held: ServiceWorkerRegistration): void {
  const offer = () => {
    // Without a controller this is the first install: nothing older is running.
    if (held.waiting && navigator.serviceWorker.controller) updateReady.value = true;
  };
  offer();
  held.addEventListener("updatefound", () => {
    held.installing?.addEventListener("statechange", offer);
  });
}

/** Reloads into the new version. False, and nothing done, while a form is open or nothing is waiting. */
export function applyUpdate(reload: () => void = () => location.reload()): boolean {
  const waiting = registration?.waiting;
  if (!waiting || isHeld()) return false;
  let done = false;
  const once = () => {
    if (done) return;
    done = true;
    reload();
  };
  navigator.serviceWorker.addEventListener("controllerchange", once);
  waiting.postMessage({ type: "skip-waiting" });
  // Home-screen apps on iOS often never fire `controllerchange`.
  setTimeout(once, RELOAD_AFTER_MS);
  return true;
}
