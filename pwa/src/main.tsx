/** Opens the store, starts sending, shows the shell. A phone whose store cannot be opened says so and still shows it. */
import { render } from "preact";
import { holdUpdatesWhile, registerServiceWorker } from "./device/update";
import { drafts, loadDrafts } from "./outbox";
import { startOutbox } from "./outbox/start";
import { App } from "./shell/App";
import { loadClock } from "./store/clock";
import { checkStorage, measureStorage } from "./store/health";
import { health, isReading, me, storageHealth } from "./store/state";
import { loadLock } from "./store/vault";
import {
  followOtherTabs,
  loadCarried,
  loadState,
  loadWithoutDatabase,
  refreshCache,
  refreshOlderOps,
} from "./store/view";
import { startSync } from "./sync";

const BUSY_MS = 10 * 60_000;
const OPEN_AGAIN_MS = 5_000;
const BLANK_MS_MAX = 3_000;
/** More than any evening: what is older is read when the first screen is there. */
const RECENT_MS = 36 * 3_600_000;
const REST_AFTER_MS = 1_000;

/** Loads everything from the store. While it cannot be opened, recording goes on beside it, and it is tried again. */
async function open(): Promise<void> {
  try {
    // Side by side: on a slow phone each wait for the database costs the host a tenth of a second.
    const loaded = loadLock().then(() => loadState(Date.now() - RECENT_MS));
    await Promise.all([checkStorage(), loadClock(), loaded.then(loadDrafts)]);
    await startOutbox();
    if (storageHealth.value.problem === "open-failed") health({ problem: null });
  } catch {
    health({ problem: "open-failed" });
    loadWithoutDatabase();
    setTimeout(() => void open(), OPEN_AGAIN_MS);
    return;
  }
  followOtherTabs(() => void loadDrafts().catch(() => undefined));
  me.subscribe(() => void loadDrafts().catch(() => undefined));
  startSync();
  void loadCarried();
  setTimeout(() => {
    void refreshCache().catch(() => undefined);
    void refreshOlderOps().catch(() => undefined);
  }, REST_AFTER_MS);
}

/** A draft touched in the last minutes is a form in somebody's hand. */
const isWriting = () => drafts.value.some(({ updatedAt }) => Date.now() - Date.parse(updatedAt) < BUSY_MS);

async function start(): Promise<void> {
  const opened = open().then(() => true);
  const late = new Promise<false>((resolve) => setTimeout(() => resolve(false), BLANK_MS_MAX));
  if (!(await Promise.race([opened, late]))) {
    loadWithoutDatabase();
    isReading.value = true;
    void opened.then(() => {
      isReading.value = false;
    });
  }
  const root = document.getElementById("app");
  if (root) render(<App />, root);
  holdUpdatesWhile(isWriting);
  if (import.meta.env.PROD) await registerServiceWorker();
  await measureStorage();
}

void start();
