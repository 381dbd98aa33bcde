import { Picture } from "../photo/Picture";
import type { AttachedPhoto, ObservationValue, PhotoValue } from "../store/types";
import { tr } from "../text/review";
import type { Names } from "./names";

interface Props {
  value: ObservationValue;
  added: readonly PhotoValue[];
  names: Names;
}

interface Shown {
  photo: AttachedPhoto;
  /** By whom and when, where it came after the record. */
  added: PhotoValue | null;
}

/** Those written with it, then those added since; the same picture once. */
function photosOf(value: ObservationValue, added: readonly PhotoValue[]): Shown[] {
  const found = new Map<string, Shown>();
  for (const photo of value.attachments) found.set(photo.sha256, { photo, added: null });
  for (const photo of added) if (!found.has(photo.sha256)) found.set(photo.sha256, { photo, added: photo });
  return [...found.values()];
}

/** The photos of a record, or in words that one has not come. */
export function EntryPhotos({ value, added, names }: Props) {
  const shown = photosOf(value, added);
  if (shown.length === 0) return null;
  return (
    <ul class="photos entry-photos">
      {shown.map(({ photo, added: since }, i) => (
        <li key={photo.sha256}>
          <Picture photo={photo} n={i + 1} all={shown.length} />
          {photo.missing ? <strong>{tr("photo_missing")}</strong> : null}
          {since ? (
            <small class="quiet-words">
              {tr("photo_added", { time: names.time(since.stated_at), name: names.person(since.author_id) })}
            </small>
          ) : null}
        </li>
      ))}
    </ul>
  );
}
