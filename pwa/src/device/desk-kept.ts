/** The desk's files stay in a browser in which it was opened. */
import { whileSeen } from "./seen";

/** Network may be lost while they are fetched. */
const ASK_AGAIN_MS = 5 * 60_000;

/** Asks the service worker to fetch what it lacks. Gives a function that ends it. */
export function keepDeskFiles(): () => void {
  const workers = navigator.serviceWorker;
  if (!workers) return () => undefined;
  const ask = () => void workers.ready.then(({ active }) => active?.postMessage({ type: "keep-desk" }));
  ask();
  return whileSeen(ask, ASK_AGAIN_MS);
}
