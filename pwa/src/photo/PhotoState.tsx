import check from "lucide-static/icons/check.svg?raw";
import phone from "lucide-static/icons/smartphone.svg?raw";
import warning from "lucide-static/icons/triangle-alert.svg?raw";
import { type PhotoRow, photos } from "../store/photos";
import type { AttachedPhoto } from "../store/types";
import { tp } from "../text/photo";
import { Icon } from "../ui";

interface Word {
  icon: string;
  tone: "note" | "calm" | "danger";
  words: string;
}

const percentOf = ({ offset, size }: PhotoRow) =>
  Math.min(99, Math.floor((100 * offset) / Math.max(1, size)));

function ofPhone(row: PhotoRow): Word {
  if (row.state === "kept") return { icon: phone, tone: "note", words: tp("state_kept") };
  if (row.state === "sent") return { icon: check, tone: "calm", words: tp("state_sent") };
  if (row.why === "damaged") return { icon: warning, tone: "danger", words: tp("state_damaged") };
  if (row.why !== null) return { icon: warning, tone: "danger", words: tp("state_refused") };
  const words = row.offset > 0 ? tp("state_sending", { percent: percentOf(row) }) : tp("state_waiting");
  return { icon: phone, tone: "note", words };
}

/**
 * How far a photo has come: what this phone knows of its own, else what the server said when the record was pulled.
 * Null: it is there.
 */
function wordOf(row: PhotoRow | undefined, isMissing: boolean): Word | null {
  if (row) return ofPhone(row);
  return isMissing ? { icon: warning, tone: "note", words: tp("state_missing") } : null;
}

export function PhotoState({ photo }: { photo: AttachedPhoto }) {
  const row = photos.value.get(photo.sha256);
  const word = wordOf(row, photo.missing === true);
  if (!word) return null;
  const isOnItsWay = row?.state === "waiting" && row.offset > 0 && row.why === null;
  return (
    <span class={`state ${word.tone}`}>
      <Icon svg={word.icon} />
      {word.words}
      {isOnItsWay ? (
        <progress class="photo-progress" aria-hidden="true" max={row.size} value={row.offset} />
      ) : null}
    </span>
  );
}
