/** Fetches what changed, page by page; each page and its cursor are stored together (I10). */
import { ApiError, api } from "../api";
import { type PullAnswer, pullAnswer } from "../api/wire";
import { isObject } from "../parse";
import { applyPage, dropRecords, drops, readCursor } from "../store/cache";
import { markReleased } from "../store/marks";
import { me } from "../store/state";
import { cacheChanged, opsChanged } from "../store/view";
import { failure } from "./outcome";
import type { PullOutcome } from "./types";

const PAGE = 500;
const PAGES_MAX = 400;
const TIMEOUT_MS = 30_000;

export async function pull(): Promise<PullOutcome> {
  const reader = me.value?.id;
  if (reader === undefined) return { kind: "skipped" };
  const seen = new Set<string>();
  let changed = false;
  let failed: PullOutcome | null = null;
  try {
    for (let page = 0, resets = 0; page < PAGES_MAX; page++) {
      const asked = drops;
      const from = await readCursor();
      const answer = await nextPage(from);
      // Somebody else signed in meanwhile: this page is not theirs to see.
      if (me.value?.id !== reader) break;
      if (answer === "reset") {
        if (++resets > 1) break;
        await dropRecords();
        changed = true;
        continue;
      }
      if (!(await applyPage(from, answer.changes, answer.cursor, asked))) continue;
      changed ||= answer.changes.length > 0;
      for (const id of answer.changes.flatMap(opIds)) seen.add(id);
      if (!answer.more || answer.cursor === from) break;
    }
  } catch (error) {
    failed = failure(error);
  }
  // What came before a failure is kept and shown.
  if (changed) await cacheChanged().catch(() => undefined);
  await opsReleased([...seen]);
  return failed ?? { kind: "done", isNews: changed };
}

async function nextPage(cursor: string | null): Promise<PullAnswer | "reset"> {
  try {
    return await api.get("/sync/pull", pullAnswer, { query: { cursor, limit: PAGE }, timeoutMs: TIMEOUT_MS });
  } catch (error) {
    if (error instanceof ApiError && error.status === 410) return "reset";
    throw error;
  }
}

/** The ops that a pulled value shows to be applied: its own, and those of its parts. */
function opIds({ id, value }: { id: string; value: unknown }): string[] {
  if (!isObject(value)) return [id];
  const parts = [
    value.attempts,
    value.revisions,
    value.closed,
    value.retracted,
    value.acknowledged,
    value.cleared,
  ].flat();
  return [id, ...parts.flatMap((part) => (isObject(part) && typeof part.id === "string" ? [part.id] : []))];
}

async function opsReleased(ids: readonly string[]): Promise<void> {
  try {
    const released = await markReleased(ids);
    if (released.length > 0) await opsChanged(released);
  } catch {
    // Only a word on the screen: the next pull says it again.
  }
}
