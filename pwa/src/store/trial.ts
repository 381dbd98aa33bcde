/** Whether this phone can write, found out by writing. */
import { whole, withCache } from "./db";
import { health, storageHealth } from "./state";

const TRIAL_BYTES = 1024 * 1024;

/**
 * By a real write: what browsers estimate is a guess, and stays the same when a quota is set. The megabyte is of
 * dice, so that no disk can press it together, and is gone again at once.
 */
export async function tryWriting(): Promise<void> {
  const canWrite = await withCache(async (db) => {
    const tx = db.transaction("meta", "readwrite", { durability: "strict" });
    await whole(tx, () => tx.store.put(dice(TRIAL_BYTES), "trial"));
    await db.delete("meta", "trial");
    return true;
  }).catch(() => false);
  const { problem } = storageHealth.value;
  health({ canWrite, problem: problem === "full" && canWrite ? null : problem });
}

function dice(size: number): ArrayBuffer {
  const bytes = new Uint8Array(size);
  // The most that is given at a time.
  for (let at = 0; at < size; at += 65_536) crypto.getRandomValues(bytes.subarray(at, at + 65_536));
  return bytes.buffer;
}
