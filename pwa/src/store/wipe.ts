/**
 * Empties a phone that was revoked: the one place that deletes what a host made. Only what the server has said that
 * it has, and only when nothing else lies here (I19).
 */
import { clearCache } from "./cache";
import { whole, withCore } from "./db";
import { readJournal } from "./journal";
import { readMeta, writeMeta } from "./meta";
import { freshInstall, inState } from "./ops";
import { dropSentPhotos, readPhotos } from "./photos";
import { forgetSpares } from "./spare";
import { cacheChanged, saveMe } from "./view";

/** Does nothing while there is a draft, an op without a receipt, one that is not among `ids`, or an unsent photo. */
export async function wipe(ids: readonly string[]): Promise<void> {
  const photos = await readPhotos();
  if (readJournal().length > 0 || photos.some(({ state }) => state !== "sent")) return;
  if (await emptied(new Set(ids))) await finishWipe();
}

/** After an emptying that was cut short, too. */
export async function finishWipe(): Promise<void> {
  const wiped = await readMeta("wiped");
  if (wiped === null || wiped.done) return;
  await clearCache();
  await dropSentPhotos();
  await saveMe(null);
  await cacheChanged();
  forgetSpares();
  await writeMeta("wiped", { ...wiped, done: true });
}

/** Looked at and emptied in one transaction: what is being saved comes before it and stops it, or after it and stays. */
function emptied(confirmed: ReadonlySet<string>): Promise<boolean> {
  return withCore(async (db) => {
    const tx = db.transaction(["ops", "drafts", "meta"], "readwrite", { durability: "strict" });
    return whole(tx, async () => {
      const ops = tx.objectStore("ops");
      const held = await ops.getAllKeys();
      const byState = ops.index("state_author");
      const unsent = (await byState.count(inState("pending"))) + (await byState.count(inState("stuck")));
      const begun = await tx.objectStore("drafts").count();
      if (unsent > 0 || begun > 0 || held.some((id) => !confirmed.has(id))) return false;
      const meta = tx.objectStore("meta");
      const [settings, lock] = [await meta.get("settings"), await meta.get("lock")];
      await ops.clear();
      await meta.clear();
      if (settings !== undefined) await meta.put(settings, "settings");
      if (lock !== undefined) await meta.put(lock, "lock");
      // A new install at once, minted on purpose: any other in its place would be told to be lost.
      const install = freshInstall();
      await meta.put(install, "install");
      await meta.put(install.id, "minted");
      await meta.put({ at: new Date().toISOString(), done: false }, "wiped");
      return true;
    });
  });
}
