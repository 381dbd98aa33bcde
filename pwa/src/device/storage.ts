/** What the browser promises about keeping data on this phone. Every answer is a guess to be shown as one. */

/** Null where the browser has no such question (the data may then be thrown away under pressure). */
export async function askPersist(): Promise<boolean | null> {
  try {
    if (!navigator.storage?.persist) return null;
    return (await navigator.storage.persisted()) || (await navigator.storage.persist());
  } catch {
    return null;
  }
}

export async function estimate(): Promise<{ quotaBytes: number | null; usedBytes: number | null }> {
  try {
    const { quota, usage } = await navigator.storage.estimate();
    return { quotaBytes: quota ?? null, usedBytes: usage ?? null };
  } catch {
    return { quotaBytes: null, usedBytes: null };
  }
}

/**
 * True when this looks like a private window, whose data goes at close. Private Safari has no OPFS; private
 * Chromium caps the quota at a fraction of memory; private Firefox refuses `persist` outright but so do others.
 */
export async function isPrivateGuess(): Promise<boolean> {
  try {
    if (isWebkit() && navigator.storage?.getDirectory) {
      await navigator.storage.getDirectory();
      return false;
    }
  } catch {
    return true;
  }
  const { quotaBytes } = await estimate();
  return quotaBytes !== null && quotaBytes < PRIVATE_QUOTA_BYTES && !isWebkit();
}

/** True in Safari on an iPhone or iPad outside the home screen: there, data is deleted after seven days unused. */
export function isIosTab(): boolean {
  const ios = /iPhone|iPad|iPod/.test(navigator.userAgent) || (isMac() && navigator.maxTouchPoints > 1);
  const standalone =
    ("standalone" in navigator && navigator.standalone === true) ||
    globalThis.matchMedia?.("(display-mode: standalone)").matches === true;
  return ios && !standalone;
}

const PRIVATE_QUOTA_BYTES = 130 * 1024 * 1024;
const isMac = () => /Macintosh/.test(navigator.userAgent);
const isWebkit = () => /AppleWebKit/.test(navigator.userAgent) && !/Chrom|Android/.test(navigator.userAgent);
