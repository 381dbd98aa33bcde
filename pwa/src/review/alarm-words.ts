/** What the desk says of an alarm. */
import { degrees } from "../alert/rules";
import type { AlertValue } from "../store/types";
import { timeNear } from "../text";
import { tl } from "../text/alarm";
import { minute_ms } from "./desk-state";
import type { Names } from "./names";

/** That alarms may be others than those that are shown, and since when. */
export function doubtWords({ at_ms }: { at_ms: number | null }): string {
  if (at_ms === null) return tl("desk_unknown");
  return tl("desk_stale", { time: near(new Date(at_ms).toISOString()) });
}

const near = (iso: string) => timeNear(iso, minute_ms.value);

export function whatWords(alert: AlertValue, who: string, told: (iso: string) => string = near): string {
  if (alert.kind === "overdue") return tl("late", { name: who, time: told(alert.due_at ?? alert.stated_at) });
  return tl("by", { name: who, time: told(alert.estimated_at ?? alert.stated_at) });
}

export function kindWords(kind: string): string {
  if (kind === "overdue" || kind === "threat" || kind === "test") return tl(kind);
  return tl("help");
}

export function whereWords({ position, kind }: Pick<AlertValue, "position" | "kind">): string {
  if (kind === "overdue") return "";
  if (position === null) return tl("nowhere");
  const accuracy = position.accuracy_m === null ? "" : `±${Math.round(position.accuracy_m)} m`;
  return tl("where", { degrees: degrees(position), words: accuracy || "WGS 84" });
}

/** How it ended, and by whose word; empty while it goes on. */
export function overWords({ cleared }: AlertValue, words: Names): string {
  if (cleared === null) return "";
  const time = words.time(cleared.stated_at);
  if (cleared.cause === "checkin") return tl("is_over_checkin", { time });
  if (cleared.author_id === null) return tl("is_over_gone", { time });
  return tl("is_over_by", { time, name: words.person(cleared.author_id) });
}
