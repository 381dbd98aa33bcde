/** What one tab of a simulated phone runs: the app without its screens. Bundled anew by `bundle.ts`, once per tab. */
import { loadDrafts } from "../../outbox";
import { startOutbox } from "../../outbox/start";
import { loadClock } from "../../store/clock";
import { checkStorage } from "../../store/health";
import { loadLock } from "../../store/vault";
import { followOtherTabs, loadState, loadWithoutDatabase } from "../../store/view";
import { startSync } from "..";

export { add, newId, undoHeld } from "../../outbox";
export { keepPhoto, letGo, markNamed } from "../../store/blobs";
export { deleteDraft, putDraft } from "../../store/drafts";
export { readJournal } from "../../store/journal";
export { heldRows, me } from "../../store/state";
export { saveMe } from "../../store/view";
export { syncNow, syncState } from "..";

const OPEN_AGAIN_MS = 10_000;

/** In the order of `main.tsx`. */
export async function open(): Promise<void> {
  try {
    await Promise.all([
      checkStorage(),
      loadClock(),
      loadLock()
        .then(() => loadState())
        .then(loadDrafts),
    ]);
    await startOutbox();
  } catch {
    loadWithoutDatabase();
    setTimeout(() => void open(), OPEN_AGAIN_MS);
    return;
  }
  followOtherTabs(() => void loadDrafts().catch(() => undefined));
  startSync();
}
