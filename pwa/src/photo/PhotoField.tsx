import { useEffect, useRef } from "preact/hooks";
import { letGo } from "../store/blobs";
import { photos as held } from "../store/photos";
import type { Attachment } from "../store/types";
import { tp } from "../text/photo";
import { Banner, Section } from "../ui";
import { keptFor } from "./keep";
import { PickPhoto } from "./PickPhoto";
import { Taken } from "./Taken";

interface Props {
  /** The id of the form. */
  draft: string;
  photos: readonly Attachment[];
  /** False where the category takes no photos. */
  isAllowed: boolean;
  isSensitive: boolean;
  onOpen: () => void;
  onChange: (photos: Attachment[]) => void;
}

/** Photos of a form that is not saved yet: each lies in the phone as soon as it is taken, and can be taken away. */
export function PhotoField({ draft, photos, isAllowed, isSensitive, onOpen, onChange }: Props) {
  const latest = useRef(photos);
  latest.current = photos;
  const add = (...more: Attachment[]) => {
    const known = new Set(latest.current.map(({ sha256 }) => sha256));
    const fresh = more.filter(({ sha256 }) => !known.has(sha256));
    if (fresh.length === 0) return;
    latest.current = [...latest.current, ...fresh];
    onChange([...latest.current]);
  };
  const remove = (sha256: string) => {
    latest.current = latest.current.filter((one) => one.sha256 !== sha256);
    onChange([...latest.current]);
    void letGo(draft, [sha256]).catch(() => undefined);
  };
  const replace = (sha256: string, by: Attachment) => {
    if (by.sha256 === sha256) return;
    latest.current = latest.current.map((one) => (one.sha256 === sha256 ? by : one));
    onChange([...latest.current]);
    void letGo(draft, [sha256]).catch(() => undefined);
  };
  // The camera may have killed the page between the photo and the word of it in the draft. Photos have a database of
  // their own, which may be read only after the form is there.
  useEffect(() => {
    let isSought = false;
    return held.subscribe((all) => {
      if (isSought || all.size === 0) return;
      isSought = true;
      add(...keptFor(all.values(), draft));
    });
  }, [draft]);
  if (!isAllowed)
    return photos.length === 0 ? (
      <p class="quiet-words">{tp("off")}</p>
    ) : (
      <Banner tone="note">{tp("off_left")}</Banner>
    );
  return (
    <Section title={tp("photos")}>
      <Taken {...{ draft, photos, isSensitive }} onRemove={remove} onReplace={replace} />
      <PickPhoto draft={draft} onOpen={onOpen} onPhoto={add} />
    </Section>
  );
}
