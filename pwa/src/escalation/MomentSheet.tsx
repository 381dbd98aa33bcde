import { useState } from "preact/hooks";
import type { AboutTime } from "../store/types";
import { t } from "../text";
import { Button, SaveFoot, Sheet } from "../ui";
import { TimeAbout } from "./TimeAbout";

interface Props {
  label: string;
  /** Null: not said yet; now, from memory, is proposed. */
  value: AboutTime | null;
  isSealing: boolean;
  hasFailed: boolean;
  onSave: (value: AboutTime | null) => void;
  onClose: () => void;
}

/** One moment of a call with its time: "ca", exact, or not after all. */
export function MomentSheet({ label, value, isSealing, hasFailed, onSave, onClose }: Props) {
  const [said, setSaid] = useState<AboutTime>(value ?? { kind: "about", from: new Date().toISOString() });
  return (
    <Sheet
      title={label}
      onClose={onClose}
      footer={
        <SaveFoot
          label={t("ui.save")}
          onSave={() => onSave(said)}
          isSealing={isSealing}
          hasFailed={hasFailed}
          isNotKept={false}
        >
          {value === null ? null : <Button onPress={() => onSave(null)}>{t("ui.remove")}</Button>}
        </SaveFoot>
      }
    >
      <div class="moment is-said">
        <TimeAbout label={t("observation.when.at")} value={said} onChange={setSaid} />
      </div>
    </Sheet>
  );
}
