/** Sends what this phone holds and fetches what it may read. Only main and shell may import it. */
export { deliverCarried } from "./carrying";
export { checkNow, retryNow, startSync, stopSync, syncNow } from "./run";
export { sendHello } from "./send";
export { type Problem, type SyncState, syncState } from "./state";
