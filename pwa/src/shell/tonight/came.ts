/** Which words on what came of a report are news on the start view. Pure. */
import type { FollowupValue } from "../../store/types";

const NEWS_MS = 7 * 24 * 3_600_000;

/** Those of the last week, the newest word first; one's own reports before those of the crew. */
export function news(all: Iterable<FollowupValue>, me: string, now_ms: number): FollowupValue[] {
  const isOwn = (one: FollowupValue) => (one.reporter_id === me ? 0 : 1);
  return [...all]
    .filter((one) => now_ms - Date.parse(one.changed_at) < NEWS_MS)
    .sort((a, b) => isOwn(a) - isOwn(b) || (a.changed_at < b.changed_at ? 1 : -1));
}

export function about(all: Iterable<FollowupValue>, observation: string): FollowupValue[] {
  return [...all]
    .filter((one) => one.observation_id === observation)
    .sort((a, b) => (a.changed_at < b.changed_at ? 1 : -1));
}
