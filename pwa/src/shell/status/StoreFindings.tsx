import { useEffect } from "preact/hooks";
import { measureStorage } from "../../store/health";
import { storageHealth } from "../../store/state";
import { tryWriting } from "../../store/trial";
import type { StorageHealth } from "../../store/types";
import { bytes } from "../../text";
import { ta } from "../../text/aside";
import { Banner } from "../../ui";

/** Less than this, and a shift's photos may not fit. */
const LOW_BYTES = 200_000_000;

/** What the check of this phone found, each with what still works and what to do. Pure but for the words. */
export function findings(health: StorageHealth): string[] {
  const { isIosTab, isPrivate, persisted, quotaBytes, usedBytes, canWrite, canJournal } = health;
  const left = quotaBytes === null ? null : Math.max(0, quotaBytes - (usedBytes ?? 0));
  return [
    ...(canWrite === false ? [ta("store_noWrite")] : []),
    ...(isPrivate ? [ta("store_private")] : []),
    ...(isIosTab ? [ta("store_iosTab")] : []),
    // In a tab or a private window the promise is the lesser trouble: one thing to do at a time.
    ...(persisted === false && !isIosTab && !isPrivate ? [ta("store_notKept")] : []),
    ...(left !== null && left < LOW_BYTES && !isPrivate ? [ta("store_low", { left: bytes(left) })] : []),
    ...(canJournal === false ? [ta("store_noSpare")] : []),
  ];
}

export function StoreFindings() {
  return findings(storageHealth.value).map((words) => (
    <Banner key={words} tone="note">
      {words}
    </Banner>
  ));
}

/** At the start of a shift, while there is still time to do something about it. */
export function StartFindings() {
  useEffect(() => void measureStorage().then(tryWriting), []);
  const { canWrite } = storageHealth.value;
  const isFine = canWrite === true && findings(storageHealth.value).length === 0;
  return (
    <div role="status" class="stack">
      {isFine ? <p class="quiet-words">{ta("store_ready")}</p> : <StoreFindings />}
    </div>
  );
}
