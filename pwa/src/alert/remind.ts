/** Vibrates, and sounds if asked to, when the promised check-in is near and when it is due: while the app is open. */
import { effect } from "@preact/signals";
import { promised } from "../checkin/state";
import { tone, vibrate } from "../device/attention";
import { settings } from "../store/state";
import { now_ms } from "../ui/now";
import { nudge } from "./rules";

/** Gives a function that ends it. */
export function startReminders(): () => void {
  const done = new Set<string>();
  return effect(() => {
    const one = promised.value;
    const what = nudge(one?.nextDue ?? null, now_ms.value);
    const key = `${one?.id} ${what}`;
    if (what === "none" || done.has(key)) return;
    done.add(key);
    vibrate(what === "due" ? [400, 200, 400, 200, 400] : [200]);
    if (what === "due" && settings.peek().sound) void tone();
  });
}
