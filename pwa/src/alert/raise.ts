/**
 * Raising an alarm: the position is looked for while the button is held, waited for a moment longer, and the alarm is
 * saved with it or without. Leaving the app saves it at once.
 */
import { signal } from "@preact/signals";
import { vibrate } from "../device/attention";
import { add } from "../outbox";
import { current } from "../shift/state";
import { spareShift } from "../store/spare";
import { me } from "../store/state";
import type { AlertKind, Position } from "../store/types";

export const POSITION_MS_MAX = 2_500;

export interface Raising {
  id: string;
  kind: AlertKind;
  phase: "seeking" | "saving" | "failed";
}

/** The alarm that is being saved, or that could not be. */
export const raising = signal<Raising | null>(null);

/** True once it lies in the phone. `found`: resolves to null where there is no position to be had. */
export async function raise(id: string, kind: AlertKind, found: Promise<Position | null>): Promise<boolean> {
  if (raising.peek() !== null && raising.peek()?.phase !== "failed") return false;
  raising.value = { id, kind, phase: "seeking" };
  vibrate([200]);
  const settled = new AbortController();
  const position = await Promise.race([found, inTime(POSITION_MS_MAX), hidden(settled.signal)]);
  settled.abort();
  raising.value = { id, kind, phase: "saving" };
  try {
    await add({
      id,
      type: "alert.raise",
      shift: current.peek()?.id ?? lastKnownShift(),
      position,
      data: { kind, note: null },
    });
    raising.value = null;
    return true;
  } catch {
    raising.value = { id, kind, phase: "failed" };
    return false;
  }
}

/** On a locked phone no record can be read; the shift is the one that the host was in before. */
function lastKnownShift(): string | null {
  const author = me.peek()?.id;
  return author === undefined ? null : spareShift(author);
}

const inTime = (ms: number) => new Promise<null>((resolve) => setTimeout(() => resolve(null), ms));

function hidden(signal: AbortSignal): Promise<null> {
  return new Promise((resolve) => {
    const look = () => {
      if (document.hidden) resolve(null);
    };
    document.addEventListener("visibilitychange", look, { signal });
    look();
  });
}
