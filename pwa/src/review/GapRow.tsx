import { time } from "../text";
import { tr } from "../text/review";
import type { GapLine } from "./timeline";

function why({ why: kind, late, to }: GapLine): string {
  if (kind === "offline") return tr("gap_offline", { n: late });
  return tr(to === null ? "gap_silent" : "gap_quiet");
}

/** Silence is drawn as silence, not left out. */
export function GapRow({ line }: { line: GapLine }) {
  const from = time(line.from);
  return (
    <li class="gap">
      <span>
        {line.to === null ? tr("gap_now", { from }) : tr("gap", { from, to: time(line.to) })}
        {": "}
        {why(line)}
      </span>
    </li>
  );
}
