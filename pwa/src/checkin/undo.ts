/**
 * "Vi är ok" in one tap. What is sealed cannot be unsaid, so a tap is held for five seconds in which it can be
 * undone. Meanwhile it is a draft on the phone, and the position is being found. Leaving the app seals it at once.
 */
import { signal } from "@preact/signals";
import { currentPosition } from "../device/position";
import { add, dropDraft, newId, saveDraft } from "../outbox";
import { me } from "../store/state";
import type { Iso, OpData, Position } from "../store/types";
import { now_ms } from "../ui/now";

export const UNDO_MS = 5_000;

type Said = OpData["checkin.create"];

export interface Held {
  id: string;
  shift: string | null;
  data: Said;
  at: Iso;
  phase: "held" | "sealing" | "failed";
}

/** The check-in that can still be undone, or that could not be saved. */
export const held = signal<Held | null>(null);

let timer: ReturnType<typeof setTimeout> | undefined;
let position: Position | null = null;

export function hold(data: Said, shift: string | null): void {
  const author = me.peek()?.id;
  if (held.peek() !== null || author === undefined) return;
  const id = newId();
  const at = new Date().toISOString();
  position = null;
  held.value = { id, shift, data, at, phase: "held" };
  void currentPosition({ timeoutMs: UNDO_MS }).then((found) => {
    position = found;
  });
  // Not written, it is still held here; the seal itself is what must not fail unseen.
  void saveDraft({ id, form: "checkin", author, shift, at, updatedAt: at, fields: fieldsOf(data) }).catch(
    () => {},
  );
  document.addEventListener("visibilitychange", sealWhenHidden);
  timer = setTimeout(() => void sealHeld(), UNDO_MS);
}

const fieldsOf = (data: Said) => ({ kind: data.kind, placeId: data.place_id, note: data.note ?? "" });

function sealWhenHidden(): void {
  if (document.hidden) void sealHeld();
}

function release(): void {
  clearTimeout(timer);
  document.removeEventListener("visibilitychange", sealWhenHidden);
}

export async function undo(): Promise<void> {
  const one = held.peek();
  if (one === null || one.phase === "sealing") return;
  release();
  held.value = null;
  await dropDraft(one.id);
}

export async function sealHeld(): Promise<void> {
  const one = held.peek();
  if (one === null || one.phase === "sealing") return;
  release();
  held.value = { ...one, phase: "sealing" };
  try {
    const { id, shift, data } = one;
    await add({ id, type: "checkin.create", shift, position, data });
    held.value = null;
    now_ms.value = Date.now();
  } catch {
    held.value = { ...one, phase: "failed" };
  }
}
