/** Locks the app after so long without a touch; a phone that slept meanwhile locks when it is looked at again. */
import { effect } from "@preact/signals";
import { raising } from "../../alert/raise";
import { lockNow } from "../../outbox/lock";
import { currentLock, lockState } from "../../store/vault";

const LOOK_MS = 10_000;
const TOUCHES = ["pointerdown", "keydown", "input"] as const;

/** Gives a function that ends it. */
export function watchLock(now_ms: () => number = Date.now): () => void {
  let touched_ms = now_ms();
  const touch = () => {
    touched_ms = now_ms();
  };
  const look = () => {
    const minutes = currentLock()?.minutes ?? 0;
    if (minutes === 0 || lockState.peek() !== "open" || raising.peek() !== null) return;
    // A clock that was set back must not keep it open.
    if (Math.abs(now_ms() - touched_ms) >= minutes * 60_000) void lockNow();
  };
  // Before the touch that wakes the screen counts as one.
  document.addEventListener("visibilitychange", look);
  for (const name of TOUCHES) document.addEventListener(name, touch, { capture: true, passive: true });
  const timer = setInterval(look, LOOK_MS);
  const end = effect(() => {
    if (lockState.value === "open") touch();
  });
  return () => {
    end();
    clearInterval(timer);
    document.removeEventListener("visibilitychange", look);
    for (const name of TOUCHES) document.removeEventListener(name, touch, { capture: true });
  };
}
