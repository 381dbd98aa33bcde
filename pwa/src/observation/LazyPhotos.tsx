import { useEffect, useState } from "preact/hooks";
import type { Attachment } from "../store/types";
import { type Fields, mayHavePhotos, SENSITIVE } from "./fields";
import { category } from "./state";

const load = () => import("../photo/PhotoField");
type Part = Awaited<ReturnType<typeof load>>;

interface Props {
  draft: string;
  fields: Fields;
  onOpen: () => void;
  onChange: (photos: Attachment[]) => void;
}

/** The part of the form about photos, which no start waits for; a form without it can be saved all the same. */
export function LazyPhotos({ draft, fields, onOpen, onChange }: Props) {
  const [part, setPart] = useState<Part | null>(null);
  useEffect(() => void load().then(setPart, () => undefined), []);
  const known = category(fields.category);
  if (!part) return null;
  return (
    <part.PhotoField
      draft={draft}
      photos={fields.photos}
      isAllowed={mayHavePhotos(known)}
      isSensitive={(known?.protection ?? 0) >= SENSITIVE}
      onOpen={onOpen}
      onChange={onChange}
    />
  );
}

/** The op that names them is saved: they are to be sent. Where this fails, the next start finds them by the op. */
export async function photosSaved(draft: string, photos: readonly Attachment[]): Promise<void> {
  if (photos.length === 0) return;
  const { markNamed } = await import("../store/blobs");
  const hashes = photos.map(({ sha256 }) => sha256);
  await markNamed(hashes, draft);
}

/** The form is thrown away, and with it what only it showed. */
export async function photosLeft(draft: string, photos: readonly Attachment[]): Promise<void> {
  if (photos.length === 0) return;
  const { letGo } = await import("../store/blobs");
  const hashes = photos.map(({ sha256 }) => sha256);
  await letGo(draft, hashes);
}
