import type { AboutTime } from "../store/types";
import { t } from "../text";
import { Button } from "../ui";
import { TimeAbout } from "./TimeAbout";

interface Props {
  label: string;
  value: AboutTime | null;
  onChange: (value: AboutTime | null) => void;
}

/** One moment of a call: now, a time, or a time from memory. Not said is also an answer. */
export function MomentField({ label, value, onChange }: Props) {
  const now = () => onChange({ kind: "point", from: new Date().toISOString() });
  if (value === null)
    return (
      <div class="moment">
        <span class="moment-label">{label}</span>
        <Button name={`${label}: ${t("call.now")}`} onPress={now}>
          {t("call.now")}
        </Button>
      </div>
    );
  return (
    <div class="moment is-said">
      <TimeAbout label={label} value={value} onChange={onChange} />
      <Button tone="quiet" name={`${label}: ${t("ui.remove")}`} onPress={() => onChange(null)}>
        {t("ui.remove")}
      </Button>
    </div>
  );
}
