/**
 * A new version of the app: fetched and kept beside the old one by the browser, put to use only when the host
 * says so and nothing is being written. Reloading by itself would throw away a form.
 */
import { type Signal, signal } from "@preact/signals";
import { whileSeen } from "./seen";

/** True when a new version lies ready. */
export const updateReady: Signal<boolean> = signal(false);

const RELOAD_AFTER_MS = 10_000;
const CHECK_EVERY_MS = 60 * 60_000;
const INSTALL_AGAIN_MS = 10_000;
let registration: ServiceWorkerRegistration | null = null;
let isHeld: () => boolean = () => false;
/** Another page has put a new version to use under this one, whose parts may be gone by now. */
let isOutdated = false;

/** While `check` is true, no update is put to use: a form is open. */
export function holdUpdatesWhile(check: () => boolean): void {
  isHeld = check;
}

export async function registerServiceWorker(url = "/sw.js"): Promise<void> {
  if (!("serviceWorker" in navigator)) return;
  await install(url, INSTALL_AGAIN_MS);
  whileSeen(checkNowAndThen);
  // The first to take control brings no other version than the one that runs.
  let hadOne = navigator.serviceWorker.controller !== null;
  navigator.serviceWorker.addEventListener("controllerchange", () => {
    isOutdated = hadOne;
    updateReady.value ||= hadOne;
    hadOne = true;
  });
}

/**
 * The first install fetches the whole app: one that coverage was lost under leaves nothing behind, and the browser
 * does not try again by itself before the next start, which may be offline.
 */
async function install(url: string, wait_ms: number): Promise<void> {
  const again = () =>
    void setTimeout(() => void install(url, Math.min(2 * wait_ms, CHECK_EVERY_MS)), wait_ms);
  try {
    // "none": the browser's own cache must never keep an old service worker alive.
    registration = await navigator.serviceWorker.register(url, { updateViaCache: "none" });
  } catch {
    again();
    return;
  }
  watch(registration, again);
}

let checked_ms = performance.now();

function checkNowAndThen(): void {
  if (performance.now() - checked_ms < CHECK_EVERY_MS) return;
  checked_ms = performance.now();
  void checkForUpdate();
}

export async function checkForUpdate(): Promise<void> {
  await registration?.update().catch(() => undefined);
}

function watch(held: ServiceWorkerRegistration, again: () => void): void {
  const offer = () => {
    // Without a controller this is the first install: nothing older is running.
    if (held.waiting && navigator.serviceWorker.controller) updateReady.value = true;
  };
  const follow = (worker: ServiceWorker | null) =>
    worker?.addEventListener("statechange", () => {
      offer();
      if (worker.state === "redundant" && !held.active) again();
    });
  offer();
  const first = held.installing;
  follow(first);
  held.addEventListener("updatefound", () => {
    if (held.installing !== first) follow(held.installing);
  });
}

/** Reloads into the new version. False, and nothing done, while a form is open or there is none. */
export function applyUpdate(reload: () => void = () => location.reload()): boolean {
  const waiting = registration?.waiting;
  if (!(waiting || isOutdated) || isHeld()) return false;
  if (!waiting) {
    reload();
    return true;
  }
  let done = false;
  const once = () => {
    if (done) return;
    done = true;
    reload();
  };
  // Home-screen apps on iOS often never fire `controllerchange`. Sooner than this, the old version would come again.
  navigator.serviceWorker.addEventListener("controllerchange", once);
  waiting.addEventListener("statechange", () => {
    if (waiting.state === "activated") once();
  });
  waiting.postMessage({ type: "skip-waiting" });
  setTimeout(once, RELOAD_AFTER_MS);
  return true;
}
