import { t } from "../text";
import { Button } from "./Button";
import { Sheet } from "./Sheet";

interface Props {
  onStay: () => void;
  onKeep: () => void;
  onDiscard: () => void;
}

/** Asked before a form with words in it is left: keep it as begun, throw it away, or go on. */
export function LeaveSheet({ onStay, onKeep, onDiscard }: Props) {
  return (
    <Sheet title={t("ui.leave.title")} onClose={onStay}>
      <p>{t("ui.leave.about")}</p>
      <div class="stack">
        <Button tone="main" wide onPress={onKeep}>
          {t("ui.leave.keep")}
        </Button>
        <Button wide onPress={onStay}>
          {t("ui.leave.stay")}
        </Button>
        <Button tone="danger" wide onPress={onDiscard}>
          {t("ui.leave.discard")}
        </Button>
      </div>
    </Sheet>
  );
}
