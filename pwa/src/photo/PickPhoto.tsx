import camera from "lucide-static/icons/camera.svg?raw";
import image from "lucide-static/icons/image.svg?raw";
import { useRef, useState } from "preact/hooks";
import type { Attachment } from "../store/types";
import { tp } from "../text/photo";
import { Button } from "../ui";
import { keepFile } from "./keep";
import { type Trouble, Unusable } from "./prepare";

interface Props {
  /** The form that they are kept for. */
  draft: string;
  /** Called before the camera takes over the phone. */
  onOpen?: () => void;
  onPhoto: (photo: Attachment) => void;
}

const WORDS: Record<Trouble, () => string> = {
  "too-large": () => tp("trouble_too_large"),
  unreadable: () => tp("trouble_unreadable"),
  "not-image": () => tp("trouble_not_image"),
  full: () => tp("trouble_full"),
};

/** "Ta foto" and "Välj bild", and what went wrong, in words. */
export function PickPhoto({ draft, onOpen, onPhoto }: Props) {
  const taken = useRef<HTMLInputElement>(null);
  const chosen = useRef<HTMLInputElement>(null);
  const [working, setWorking] = useState(0);
  const [trouble, setTrouble] = useState<Trouble | null>(null);

  const keep = async (input: HTMLInputElement) => {
    const files = [...(input.files ?? [])];
    // The same picture may be chosen again after it was removed.
    input.value = "";
    setTrouble(null);
    setWorking((n) => n + files.length);
    for (const file of files) {
      try {
        onPhoto(await keepFile(file, draft));
      } catch (error) {
        setTrouble(error instanceof Unusable ? error.trouble : "unreadable");
      }
      setWorking((n) => n - 1);
    }
  };
  const open = (input: HTMLInputElement | null) => {
    onOpen?.();
    input?.click();
  };
  const onChange = (event: Event) => {
    if (event.currentTarget instanceof HTMLInputElement) void keep(event.currentTarget);
  };
  return (
    <>
      <input ref={taken} type="file" accept="image/*" capture="environment" hidden onChange={onChange} />
      <input ref={chosen} type="file" accept="image/*" multiple hidden onChange={onChange} />
      <div class="row equal">
        <Button icon={camera} busy={working > 0} onPress={() => open(taken.current)}>
          {tp("take")}
        </Button>
        <Button icon={image} busy={working > 0} onPress={() => open(chosen.current)}>
          {tp("choose")}
        </Button>
      </div>
      <p class="quiet-words" role="status">
        {working > 0 ? tp("working") : ""}
      </p>
      {trouble ? (
        <p class="field-error" role="alert">
          {WORDS[trouble]()}
        </p>
      ) : null}
    </>
  );
}
