import type { AboutTime } from "../store/types";
import { t, timeNear } from "../text";
import { latestBefore, wallOf } from "../text/clock";
import { Button, TimeField } from "../ui";
import { now_ms } from "../ui/now";

interface Props {
  label: string;
  value: AboutTime | null;
  onChange: (value: AboutTime | null) => void;
}

/** "20:31" · "ca 20:31" */
export function momentWords(moment: AboutTime, at_ms: number): string {
  const words = timeNear(moment.from, at_ms);
  return moment.kind === "about" ? t("observation.when.about", { time: words }) : words;
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
      <TimeField
        label={label}
        value={wallOf(Date.parse(value.from)).time}
        onTime={(time) => {
          if (time !== "")
            onChange({ ...value, from: new Date(latestBefore(time, now_ms.peek())).toISOString() });
        }}
      />
      <Button
        pressed={value.kind === "about"}
        name={`${label}: ${t("call.about")}`}
        onPress={() => onChange({ ...value, kind: value.kind === "about" ? "point" : "about" })}
      >
        {t("call.about")}
      </Button>
      <Button tone="quiet" name={`${label}: ${t("ui.remove")}`} onPress={() => onChange(null)}>
        {t("ui.remove")}
      </Button>
    </div>
  );
}
