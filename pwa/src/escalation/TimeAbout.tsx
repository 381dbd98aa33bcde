import type { AboutTime } from "../store/types";
import { t } from "../text";
import { latestBefore, wallOf } from "../text/clock";
import { Button, TimeField } from "../ui";
import { now_ms } from "../ui/now";

interface Props {
  label: string;
  value: AboutTime;
  onChange: (value: AboutTime) => void;
}

/** A time, and whether it is from memory: two parts of a row. */
export function TimeAbout({ label, value, onChange }: Props) {
  return (
    <>
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
    </>
  );
}
