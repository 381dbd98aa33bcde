import { useState } from "preact/hooks";
import { add, newId } from "../outbox";
import { current, personName } from "../shift/state";
import { letGo, markNamed } from "../store/blobs";
import { photos as held } from "../store/photos";
import type { AttachedPhoto, Attachment } from "../store/types";
import { t, timeNear } from "../text";
import { tp } from "../text/photo";
import { Banner, Button, Section } from "../ui";
import { now_ms } from "../ui/now";
import { keptFor } from "./keep";
import { type PhotoOf, photosOf } from "./of";
import { PhotoState } from "./PhotoState";
import { PickPhoto } from "./PickPhoto";
import { Picture } from "./Picture";
import { RemoveUnsent } from "./RemoveUnsent";
import { Taken } from "./Taken";

/** The form that photos chosen for a saved record are kept for, until they are saved, too. */
const chosenFor = (target: string) => `log ${target}`;

interface ShownProps {
  target: string;
  photo: PhotoOf;
  n: number;
  all: number;
  isOwn: boolean;
}

function Shown({ target, photo, n, all, isOwn }: ShownProps) {
  const { added, sha256 } = photo;
  const isUnsent = held.value.get(sha256)?.state === "waiting";
  return (
    <li>
      <Picture photo={photo} n={n} all={all} />
      <PhotoState photo={photo} />
      {added ? (
        <small class="quiet-words">
          {tp("later", {
            time: timeNear(added.statedAt, now_ms.value),
            name: personName(added.authorId) || t("shift.colleague"),
          })}
        </small>
      ) : null}
      {isOwn && isUnsent ? <RemoveUnsent target={target} sha256={sha256} n={n} /> : null}
    </li>
  );
}

/** Each as an op of its own. What is saved is let go of by the form, also where a later one fails. */
async function saveAll(target: string, chosen: readonly Attachment[]): Promise<void> {
  const shift = current.peek()?.id ?? null;
  for (const photo of chosen) {
    await add({ id: newId(), type: "photo.attach", shift, position: null, data: { target, ...photo } });
    await markNamed([photo.sha256], chosenFor(target));
  }
}

function Chosen({ target, isSensitive }: { target: string; isSensitive: boolean }) {
  const [phase, setPhase] = useState<"open" | "saving" | "failed">("open");
  const draft = chosenFor(target);
  const chosen = keptFor(held.value.values(), draft);
  const drop = (sha256: string) => {
    void letGo(draft, [sha256]).catch(() => undefined);
  };
  const save = () => {
    setPhase("saving");
    saveAll(target, chosen).then(
      () => setPhase("open"),
      () => setPhase("failed"),
    );
  };
  return (
    <>
      <Taken
        {...{ draft, isSensitive }}
        photos={chosen}
        isLater
        isSaving={phase === "saving"}
        onRemove={drop}
        onReplace={(sha256, by) => {
          if (by.sha256 !== sha256) drop(sha256);
        }}
      />
      {chosen.length > 0 ? (
        <>
          {phase === "failed" ? <Banner tone="danger">{tp("save_failed")}</Banner> : null}
          <Button tone="main" wide busy={phase === "saving"} onPress={save}>
            {tp("save", { n: chosen.length })}
          </Button>
        </>
      ) : null}
      <PickPhoto draft={draft} onPhoto={() => undefined} />
    </>
  );
}

interface Props {
  target: string;
  written: readonly AttachedPhoto[];
  isOwn: boolean;
  /** Whoever may correct it may add photos to it, where its category takes any. */
  mayAdd: boolean;
  isSensitive: boolean;
}

/** Photos of one record, each with how far it has come; and more of them, afterwards. */
export function PhotosOf({ target, written, isOwn, mayAdd, isSensitive }: Props) {
  const shown = photosOf(target, written);
  const isMissing = shown.some((photo) => photo.missing && !held.value.has(photo.sha256));
  if (shown.length === 0 && !mayAdd) return null;
  return (
    <Section title={tp("photos")}>
      {shown.length > 0 ? (
        <ul class="photos">
          {shown.map((photo, i) => (
            <Shown key={photo.sha256} {...{ target, photo, isOwn }} n={i + 1} all={shown.length} />
          ))}
        </ul>
      ) : null}
      {isMissing ? <p class="quiet-words">{tp("state_missing_about")}</p> : null}
      {mayAdd ? <Chosen target={target} isSensitive={isSensitive} /> : null}
    </Section>
  );
}
