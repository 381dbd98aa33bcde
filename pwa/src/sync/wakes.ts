/** What makes it worth trying again before the wait is over. */
import type { Event } from "./types";

/** Gives a function that ends the watching. */
export function watchWakes(dispatch: (event: Event) => void): () => void {
  const wake = () => dispatch({ type: "wake" });
  const visible = () => dispatch({ type: "visible", visible: document.visibilityState === "visible" });
  // The service worker's `sync` and later its push messages only say "look now".
  const message = (event: MessageEvent) => {
    const said: unknown = event.data;
    if (typeof said === "object" && said !== null && "type" in said && said.type === "wake") wake();
  };
  addEventListener("online", wake);
  addEventListener("offline", wake);
  addEventListener("pageshow", visible);
  document.addEventListener("visibilitychange", visible);
  navigator.serviceWorker?.addEventListener("message", message);
  return () => {
    removeEventListener("online", wake);
    removeEventListener("offline", wake);
    removeEventListener("pageshow", visible);
    document.removeEventListener("visibilitychange", visible);
    navigator.serviceWorker?.removeEventListener("message", message);
  };
}
