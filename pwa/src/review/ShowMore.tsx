import { tr } from "../text/review";
import { Button, Loading } from "../ui";

/** How much of a longer list is shown, and the rest of it. */
export function ShowMore({ shown, busy, onMore }: { shown: string; busy: boolean; onMore: () => void }) {
  return (
    <div class="row">
      <p class="quiet-words" role="status">
        {shown}
      </p>
      <Button busy={busy} onPress={onMore}>
        {busy ? <Loading /> : tr("show_more")}
      </Button>
    </div>
  );
}
