import check from "lucide-static/icons/circle-check.svg?raw";
import clock from "lucide-static/icons/clock.svg?raw";
import warning from "lucide-static/icons/triangle-alert.svg?raw";
import type { ComponentChildren } from "preact";
import { tr } from "../text/review";
import { Icon } from "../ui";
import { minute_ms } from "./desk-state";
import type { ShiftRow } from "./types";
import { completenessMark, completenessWords, photoWords } from "./words";

const ICONS = { calm: check, note: clock, danger: warning };

/** Whether everything has come: a shape, a word, and the sentence with the numbers; `more` ends the sentence. */
export function CompletenessLine({ shift, more }: { shift: ShiftRow; more?: ComponentChildren }) {
  const mark = completenessMark(shift);
  const { quarantined } = shift.counts;
  const photos = photoWords(shift);
  return (
    <p class={`completeness ${mark.tone}`}>
      <Icon svg={ICONS[mark.tone]} />
      <span>
        <strong>{mark.words}</strong>
        {" · "}
        {completenessWords(shift.completeness, shift.status, minute_ms.value)}
        {photos === "" ? null : `, ${photos}`}
        {quarantined > 0 ? ` · ${tr("quarantined", { n: quarantined })}` : null}
        {more ? <>, {more}</> : null}
      </span>
    </p>
  );
}
