/** Brings what is carried for colleagues to the server, as soon as it answers at all. */
import { effect } from "@preact/signals";
import { carriedOps } from "../store/state";
import { syncState } from "./state";

/** Gives a function that ends it. Most phones never carry anything: the work itself is loaded when one does. */
export function watchCarried(): () => void {
  return effect(() => {
    const isHeard = syncState.value.lastOkAt !== null;
    if (carriedOps.value > 0 && isHeard) void deliverCarried();
  });
}

/** Tries now; what cannot be delivered stays and is tried at the server's next answer. */
export async function deliverCarried(): Promise<void> {
  try {
    await (await import("./deliver")).deliver();
  } catch {
    // The part could not be fetched, or the store not be read: it is tried again.
  }
}
