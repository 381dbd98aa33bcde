/** From the camera to the phone's store, as soon as the picture is there: the page may be killed at any moment. */
import { keepPhoto } from "../store/blobs";
import type { PhotoRow } from "../store/photos";
import type { Attachment } from "../store/types";
import { MIME, prepared, Unusable } from "./prepare";

/** Raises Unusable. */
export async function keepFile(file: Blob, draft: string): Promise<Attachment> {
  const bytes = await prepared(file).catch((error: unknown) => {
    throw error instanceof Unusable ? error : new Unusable("unreadable");
  });
  return keepBytes(bytes, draft);
}

/** Raises Unusable. */
export async function keepBytes(bytes: ArrayBuffer, draft: string): Promise<Attachment> {
  try {
    return attachment(await keepPhoto(bytes, MIME, draft));
  } catch {
    // Whatever the store's reason: the photo is not there, and the host must hear it.
    throw new Unusable("full");
  }
}

export function attachment({ sha256, size, mime }: Pick<PhotoRow, "sha256" | "size" | "mime">): Attachment {
  return { sha256, size, mime, caption: null };
}

/** Kept for this form, in the order in which they were taken; also by a page that died before it said so. */
export function keptFor(rows: Iterable<PhotoRow>, draft: string): Attachment[] {
  const mine = [...rows].filter(({ drafts }) => drafts.includes(draft));
  return mine.sort((a, b) => a.taken_ms - b.taken_ms).map(attachment);
}
