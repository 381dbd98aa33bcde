/** Keeps the screen lit while something must be seen on it. Where the phone cannot, it dims as it always does. */

/** Gives a function that lets it go. Taken anew when the page comes back: a phone lets go whenever it is hidden. */
export function keepAwake(): () => void {
  let held: WakeLockSentinel | null = null;
  let ended = false;
  const take = async () => {
    try {
      if (document.visibilityState !== "visible" || ended) return;
      held = await navigator.wakeLock.request("screen");
      if (ended) void held.release();
    } catch {
      // Not there, or refused by a battery saver.
    }
  };
  const again = () => void take();
  document.addEventListener("visibilitychange", again);
  void take();
  return () => {
    ended = true;
    document.removeEventListener("visibilitychange", again);
    void held?.release().catch(() => undefined);
  };
}
