import missing from "lucide-static/icons/image-off.svg?raw";
import { useEffect, useState } from "preact/hooks";
import { readPhoto } from "../store/blobs";
import { photos } from "../store/photos";
import type { AttachedPhoto } from "../store/types";
import { tp } from "../text/photo";
import { Icon, Sheet } from "../ui";

/** Made anew by the server, for those who may read a record that names it. */
const atServer = (sha256: string) => `/api/v1/blobs/${sha256}`;

/** The phone's own bytes where it has them, else the server's address; null while that is looked up. */
function useSource({ sha256, missing: isMissing }: AttachedPhoto): string | null | "none" {
  const [source, setSource] = useState<string | null | "none">(null);
  const isHere = photos.value.has(sha256);
  useEffect(() => {
    let url: string | null = null;
    let isGone = false;
    const elsewhere = isMissing ? "none" : atServer(sha256);
    const look = async () => {
      const bytes = isHere ? await readPhoto(sha256).catch(() => null) : null;
      if (isGone) return;
      url = bytes && URL.createObjectURL(new Blob([bytes], { type: "image/jpeg" }));
      setSource(url ?? elsewhere);
    };
    void look();
    return () => {
      isGone = true;
      if (url) URL.revokeObjectURL(url);
    };
  }, [sha256, isHere, isMissing]);
  return source;
}

interface Props {
  photo: AttachedPhoto;
  n: number;
  all: number;
}

/** A small picture that opens the large one; words where there is none to be shown. */
export function Picture({ photo, n, all }: Props) {
  const source = useSource(photo);
  const [hasFailed, setFailed] = useState(false);
  const [isOpen, setOpen] = useState(false);
  useEffect(() => setFailed(false), [source]);
  if (source === null) return <span class="photo-frame" />;
  if (source === "none" || hasFailed)
    return (
      <span class="photo-frame">
        <Icon svg={missing} />
        {source === "none" ? null : <small>{tp("no_picture")}</small>}
      </span>
    );
  return (
    <>
      <button
        type="button"
        class="photo-frame"
        aria-label={tp("open", { n, all })}
        onClick={() => setOpen(true)}
      >
        <img src={source} alt={photo.caption ?? tp("alt", { n, all })} onError={() => setFailed(true)} />
      </button>
      {isOpen ? (
        <Sheet title={tp("alt", { n, all })} onClose={() => setOpen(false)}>
          <img class="photo-whole" src={source} alt={photo.caption ?? tp("alt", { n, all })} />
        </Sheet>
      ) : null}
    </>
  );
}
