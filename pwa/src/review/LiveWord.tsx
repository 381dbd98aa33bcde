import { time } from "../text";
import { tr } from "../text/review";
import { Button } from "../ui";
import { now_ms } from "../ui/now";
import { live, retryLive } from "./desk-state";

const JUST_NOW_MS = 90_000;

/** Whether what is on the screen is what is known now, in words. */
export function LiveWord() {
  const state = live.value;
  const iso = (at_ms: number) => new Date(at_ms).toISOString();
  if (state.is === "lost")
    return (
      <div class="live lost" role="status">
        <span>{tr("live_lost", { time: time(iso(state.since_ms)) })}</span>
        <Button tone="quiet" onPress={retryLive}>
          {tr("live_retry")}
        </Button>
      </div>
    );
  const words =
    state.is === "connecting"
      ? tr("live_connecting")
      : tr("live_connected", {
          heard: now_ms.value - state.heard_ms < JUST_NOW_MS ? tr("just_now") : time(iso(state.heard_ms)),
        });
  return (
    <div class="live" role="status">
      <span>{words}</span>
    </div>
  );
}
