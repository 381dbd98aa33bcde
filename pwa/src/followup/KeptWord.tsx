import { tw } from "../text/follow";
import { Banner, Button } from "../ui";
import type { Mine } from "./use-mine";

/** That what is typed is not saved, and whether this browser has it until it is. */
export function KeptWord<T extends string>({ mine }: { mine: Mine<T> }) {
  if (mine.isNotKept) return <Banner tone="danger">{tw("not_kept")}</Banner>;
  const isBegun = Object.keys(mine.changed()).length > 0;
  return (
    <div class="row">
      <p class="quiet-words" role="status">
        {isBegun ? tw("draft_kept") : ""}
      </p>
      {isBegun ? (
        <Button tone="quiet" onPress={mine.discard}>
          {tw("discard")}
        </Button>
      ) : null}
    </div>
  );
}
