import clock from "lucide-static/icons/clock.svg?raw";
import { useState } from "preact/hooks";
import type { Happened } from "../store/types";
import { t, timeNear } from "../text";
import { latestBefore, wallOf } from "../text/clock";
import { Chips, Icon, TimeField } from "../ui";
import { now_ms } from "../ui/now";
import type { Fields } from "./fields";

interface Props {
  fields: Fields;
  begunAt: string;
  onChange: (patch: Partial<Fields>) => void;
}

/** "21:40" · "ca 21:40" · "22:10–23:00" */
export function happenedWords({ kind, from, to }: Happened, at_ms: number): string {
  const begin = timeNear(from, at_ms);
  const span = to === null ? begin : `${begin}–${timeNear(to, Math.max(at_ms, Date.parse(from)))}`;
  return kind === "about" ? t("observation.when.about", { time: span }) : span;
}

/** A wall time on the latest evening that it can mean. */
function instant(time: string): string | null {
  return time === "" ? null : new Date(latestBefore(time, now_ms.peek())).toISOString();
}

/** When it happened: as begun unless the host says otherwise; a point, a span, or from memory. */
export function When({ fields, begunAt, onChange }: Props) {
  const [isOpen, setOpen] = useState(false);
  const { kind, from, to } = fields;
  const words = happenedWords({ kind, from, to: kind === "point" ? null : to }, now_ms.value);
  return (
    <div class="stack">
      <button type="button" class="choice-line" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        <Icon svg={clock} />
        <span class="choice-words">
          <small>{t("observation.when")}</small>
          <span>
            {from === begunAt && kind === "point" ? t("observation.when.begun", { time: words }) : words}
          </span>
        </span>
        <span class="choice-act">{isOpen ? t("ui.done") : t("ui.change")}</span>
      </button>
      {isOpen ? (
        <div class="stack inset">
          <Chips
            legend={t("observation.when.kind")}
            choices={[
              { value: "point", label: t("observation.when.point") },
              { value: "about", label: t("observation.when.approx") },
              { value: "interval", label: t("observation.when.interval") },
            ]}
            value={kind}
            onChange={(next) => onChange({ kind: next ?? "point", to: next === "point" ? null : to })}
          />
          <div class="row equal">
            <TimeField
              label={kind === "point" ? t("observation.when.at") : t("observation.when.from")}
              value={wallOf(Date.parse(from)).time}
              onTime={(value) => onChange({ from: instant(value) ?? from })}
            />
            {kind === "point" ? null : (
              <TimeField
                label={t("observation.when.to")}
                hint={kind === "about" ? t("observation.when.to.optional") : undefined}
                value={to === null ? "" : wallOf(Date.parse(to)).time}
                onTime={(value) => onChange({ to: instant(value) })}
              />
            )}
          </div>
        </div>
      ) : null}
    </div>
  );
}
