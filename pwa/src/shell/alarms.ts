/** While an own alarm waits to be delivered or seen, the server is asked more often than else. */
import { computed, effect } from "@preact/signals";
import { alerts, isOwn } from "../alert/state";
import { syncNow } from "../sync";
import { now_ms } from "../ui/now";

const EVERY_MS = 5_000;
/** Nobody looks at a screen for ever: after that it is asked as often as always. */
const FOLLOW_MS = 30 * 60_000;

const isWaiting = computed(() =>
  alerts.value.some(
    (one) =>
      isOwn(one) &&
      one.cleared === null &&
      one.acknowledged.length === 0 &&
      now_ms.value - Date.parse(one.statedAt) < FOLLOW_MS,
  ),
);

/** Gives a function that ends it. */
export function followAlarms(): () => void {
  return effect(() => {
    if (!isWaiting.value) return;
    const timer = setInterval(() => {
      if (!document.hidden) void syncNow();
    }, EVERY_MS);
    return () => clearInterval(timer);
  });
}
