/** Whether this phone can be trusted to keep what is written, said in `storageHealth`. */
import { askPersist, estimate, isIosTab, isPrivateGuess } from "../device/storage";
import { canJournal } from "./journal";
import { readMeta } from "./meta";
import { ensureInstall } from "./ops";
import { health, storageHealth } from "./state";

const MARKER = "lykta.install";

/**
 * Compares the database with a marker kept outside it and with what this page knew: browsers have been seen to
 * replace a damaged database by an empty one without a word. True when what was held is gone.
 */
export async function checkStorage(): Promise<boolean> {
  const { id } = await ensureInstall();
  const known = storageHealth.value.install ?? readMarker();
  const isLost = known !== null && known !== id && (await readMeta("minted")) !== id;
  // Until somebody has read it, the next start says it too.
  mark(isLost ? known : id);
  health(isLost ? { install: id, problem: "lost" } : { install: id });
  return isLost;
}

/** The server knows this phone by its cookie, and what it last held: its store was emptied, marker and all. */
export function noteLoss(before: { install: string; pending: number | null; seen_at: string }): void {
  mark(before.install);
  const back = storageHealth.value.lost?.back ?? 0;
  health({ problem: "lost", lost: { heard: { pending: before.pending, at: before.seen_at }, back } });
}

/** A person has read that data was lost: the new database becomes the one to compare with. */
export async function acknowledgeLoss(): Promise<void> {
  mark((await ensureInstall()).id);
  health({ problem: null, lost: null });
}

/** True where this database began with this install: none of another one can be in it. */
export async function isFreshStore(install: string): Promise<boolean> {
  return (await readMeta("minted")) !== install;
}

export async function measureStorage(): Promise<void> {
  const [persisted, { quotaBytes, usedBytes }, isPrivate] = await Promise.all([
    askPersist(),
    estimate(),
    isPrivateGuess(),
  ]);
  const { problem } = storageHealth.value;
  health({
    persisted,
    quotaBytes,
    usedBytes,
    isPrivate,
    isIosTab: isIosTab(),
    canJournal: canJournal(),
    problem: problem ?? (isPrivate ? "private" : null),
  });
}

function readMarker(): string | null {
  try {
    return localStorage.getItem(MARKER);
  } catch {
    return null;
  }
}

function mark(install: string): void {
  try {
    localStorage.setItem(MARKER, install);
  } catch {
    // Without localStorage there is nothing to compare with, and nothing else is lost.
  }
}
