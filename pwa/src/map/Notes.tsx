import type { Position } from "../store/types";
import { tm } from "../text/map";
import type { ItemSet } from "./items";
import { ownWords } from "./words";

interface Props {
  own: Position | null;
  failed: boolean;
  records: Pick<ItemSet, "restricted" | "unplaced">;
}

/** What the map cannot say by itself: how sure the own position is, and what is left out. */
export function Notes({ own, failed, records }: Props) {
  return (
    <div class="map-notes quiet-words" aria-live="polite">
      {own ? <p>{ownWords(own)}</p> : null}
      {failed ? <p>{tm("own_unknown")}</p> : null}
      {records.restricted > 0 ? <p>{tm("restricted", { n: records.restricted })}</p> : null}
      {records.unplaced > 0 ? <p>{tm("unplaced", { n: records.unplaced })}</p> : null}
    </div>
  );
}
