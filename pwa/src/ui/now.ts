import { signal } from "@preact/signals";

const TICK_MS = 10_000;

/** The time that screens count from. It moves while the app is seen; tests set it. */
export const now_ms = signal(Date.now());

/** Called once, by the shell. */
export function startClock(): void {
  const tick = () => {
    if (!document.hidden) now_ms.value = Date.now();
  };
  setInterval(tick, TICK_MS);
  document.addEventListener("visibilitychange", tick);
}
