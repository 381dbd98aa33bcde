/**
 * "Faran över" is held for five seconds in which it can be undone; leaving the app seals it. Should the page be lost
 * meanwhile, the alarm stays: that is the safe way to fail.
 */
import { signal } from "@preact/signals";
import { add, newId } from "../outbox";
import type { AlertView } from "./view";

export const UNDO_MS = 5_000;

export interface Ending {
  id: string;
  target: string;
  shift: string | null;
  phase: "held" | "sealing" | "failed";
}

export const ending = signal<Ending | null>(null);
let timer: ReturnType<typeof setTimeout> | undefined;

export function end({ id: target, shiftId: shift }: AlertView): void {
  if (ending.peek() !== null && ending.peek()?.phase !== "failed") return;
  ending.value = { id: newId(), target, shift, phase: "held" };
  document.addEventListener("visibilitychange", sealWhenHidden);
  timer = setTimeout(() => void seal(), UNDO_MS);
}

export function undo(): void {
  if (ending.peek()?.phase === "sealing") return;
  release();
  ending.value = null;
}

export async function seal(): Promise<void> {
  const one = ending.peek();
  if (one === null || one.phase === "sealing") return;
  release();
  ending.value = { ...one, phase: "sealing" };
  try {
    const { id, target, shift } = one;
    await add({ id, type: "alert.clear", shift, position: null, data: { target, note: null } });
    ending.value = null;
  } catch {
    ending.value = { ...one, phase: "failed" };
  }
}

function sealWhenHidden(): void {
  if (document.hidden) void seal();
}

function release(): void {
  clearTimeout(timer);
  document.removeEventListener("visibilitychange", sealWhenHidden);
}
