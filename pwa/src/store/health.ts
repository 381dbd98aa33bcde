/** Whether this phone can be trusted to keep what is written, said in `storageHealth`. */
import { askPersist, estimate, isPrivateGuess } from "../device/storage";
import { readMeta } from "./meta";
import { ensureInstall } from "./ops";
import { storageHealth } from "./state";
import type { StorageHealth } from "./types";

const MARKER = "lykta.install";

/**
 * Compares the database with a marker kept outside it: browsers have been seen to replace a damaged database
 * by an empty one without a word.
 */
export async function checkStorage(): Promise<void> {
  const install = await readMeta("install");
  const marked = readMarker();
  const problem: StorageHealth["problem"] = !install && marked !== null ? "lost" : null;
  const { id } = await ensureInstall();
  if (problem === null) mark(id);
  storageHealth.value = { ...storageHealth.value, problem: problem ?? storageHealth.value.problem };
}

/** A person has read that data was lost: the new database becomes the one to compare with. */
export async function acknowledgeLoss(): Promise<void> {
  mark((await ensureInstall()).id);
  storageHealth.value = { ...storageHealth.value, problem: null };
}

export async function measureStorage(): Promise<void> {
  const [persisted, { quotaBytes, usedBytes }, isPrivate] = await Promise.all([
    askPersist(),
    estimate(),
    isPrivateGuess(),
  ]);
  const { problem } = storageHealth.value;
  storageHealth.value = {
    persisted,
    quotaBytes,
    usedBytes,
    problem: problem ?? (isPrivate ? "private" : null),
  };
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
