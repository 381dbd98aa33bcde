import { signal } from "@preact/signals";
import { whileSeen } from "../device/seen";

/** The time that screens count from. It moves while the app is seen; tests set it. */
export const now_ms = signal(Date.now());

/** Called once, by the shell. */
export function startClock(): void {
  whileSeen(() => {
    now_ms.value = Date.now();
  });
}
