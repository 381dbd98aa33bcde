import { applyUpdate, updateReady } from "../device/update";
import { drafts } from "../outbox";
import { t } from "../text";
import { Banner, Button } from "../ui";

/** A new version is offered only when nothing is being written. */
export function UpdateHint() {
  if (!updateReady.value || drafts.value.length > 0) return null;
  return (
    <Banner tone="calm" action={<Button onPress={() => void applyUpdate()}>{t("update.act")}</Button>}>
      {t("update.ready")}
    </Banner>
  );
}
