import { useState } from "preact/hooks";
import type { Attachment } from "../store/types";
import { tp } from "../text/photo";
import { Button } from "../ui";
import { PhotoState } from "./PhotoState";
import { Picture } from "./Picture";

interface Props {
  /** The form that they are kept for. */
  draft: string;
  photos: readonly Attachment[];
  isSensitive: boolean;
  /** They belong to a record that is saved: that they are not is said at each. */
  isLater?: boolean;
  /** They are being saved: what is edited now would come beside what was saved. */
  isSaving?: boolean;
  onRemove: (sha256: string) => void;
  /** The other one is kept already. */
  onReplace: (sha256: string, by: Attachment) => void;
}

const loadEditor = () => import("./PhotoEditor");
type Editor = Awaited<ReturnType<typeof loadEditor>>["default"];

/** Photos that are not saved yet, under a word on what may be in them: each can be hidden in, cut, and taken away. */
export function Taken({ draft, photos, isSensitive, isLater, isSaving, onRemove, onReplace }: Props) {
  const [editing, setEditing] = useState<{ photo: Attachment; Editor: Editor } | null>(null);
  const openEditor = async (photo: Attachment) => {
    const part = await loadEditor().catch(() => null);
    if (part) setEditing({ photo, Editor: part.default });
  };
  return (
    <>
      <p class="quiet-words">{isSensitive ? tp("remind_sensitive") : tp("remind")}</p>
      {photos.length > 0 ? (
        <ul class="photos">
          {photos.map((photo, i) => (
            <li key={photo.sha256}>
              <Picture photo={photo} n={i + 1} all={photos.length} />
              {isLater ? <PhotoState photo={photo} /> : null}
              <Button
                tone="quiet"
                name={tp("edit_name", { n: i + 1 })}
                busy={isSaving === true}
                onPress={() => void openEditor(photo)}
              >
                {tp("edit_short")}
              </Button>
              <Button
                tone="quiet"
                name={tp("remove_name", { n: i + 1 })}
                onPress={() => onRemove(photo.sha256)}
              >
                {tp("remove")}
              </Button>
            </li>
          ))}
        </ul>
      ) : null}
      {editing ? (
        <editing.Editor
          photo={editing.photo}
          draft={draft}
          onClose={() => setEditing(null)}
          onReplace={(by) => onReplace(editing.photo.sha256, by)}
        />
      ) : null}
    </>
  );
}
