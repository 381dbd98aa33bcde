import { timeIn } from "../text";
import { eveningOf } from "../text/clock";
import { tr } from "../text/review";
import { minute_ms } from "./desk-state";
import type { Names } from "./names";
import type { GapLine } from "./timeline";

function why({ why: kind, late, to }: GapLine): string {
  if (kind === "offline") return tr("gap_offline", { n: late });
  return tr(to === null ? "gap_silent" : "gap_quiet");
}

/** Silence is drawn as silence, not left out. */
export function GapRow({ line, names }: { line: GapLine; names: Names }) {
  const { from, to } = line;
  // "Until now" is read on the day that it is read: its beginning is told as from there.
  const span =
    to === null
      ? tr("gap_now", { from: timeIn(from, eveningOf(new Date(minute_ms.value).toISOString())) })
      : tr("gap", { from: names.time(from), to: names.time(to) });
  return (
    <li class="gap">
      <span>
        {span}
        {": "}
        {why(line)}
      </span>
    </li>
  );
}
