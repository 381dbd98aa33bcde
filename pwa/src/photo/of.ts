/** Which photos an observation has: those written with it, and those added since. Each once. */
import { ownOps, records } from "../store/state";
import type { AttachedPhoto, Iso } from "../store/types";

export interface Added {
  authorId: string;
  statedAt: Iso;
}

/** `added`: by whom and when, where it came after the record. */
export type PhotoOf = AttachedPhoto & { added: Added | null };

export function photosOf(id: string, written: readonly AttachedPhoto[]): PhotoOf[] {
  const found = new Map<string, PhotoOf>();
  for (const photo of written) found.set(photo.sha256, { ...photo, added: null });
  const keep = (photo: AttachedPhoto, added: Added) => {
    if (!found.has(photo.sha256)) found.set(photo.sha256, { ...photo, added });
  };
  for (const value of records.value.photos.values())
    if (value.target === id) keep(value, { authorId: value.author_id, statedAt: value.stated_at });
  for (const op of ownOps.value)
    if (op.type === "photo.attach" && op.data.target === id)
      keep(op.data, { authorId: op.author, statedAt: op.wall });
  return [...found.values()];
}
