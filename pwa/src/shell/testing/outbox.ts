/** Stands in for the outbox in screen tests: what is added shows at once, and saving can be made to fail. */
import { type Signal, signal } from "@preact/signals";
import { vi } from "vitest";
import { newRow, ownOp } from "../../store/rows";
import { me, ownOps } from "../../store/state";
import type { Draft, OpData, OpType, Position } from "../../store/types";

export class SaveError extends Error {}

interface NewOp<T extends OpType> {
  id: string;
  type: T;
  shift: string | null;
  position: Position | null;
  data: OpData[T];
}

let made = 0;
export const drafts: Signal<readonly Draft[]> = signal([]);
export const newId = vi.fn(() => `id-${++made}`);
export const saveDraft = vi.fn(async (draft: Draft) => {
  drafts.value = [...drafts.value.filter(({ id }) => id !== draft.id), draft];
});
export const dropDraft = vi.fn(async (id: string) => {
  drafts.value = drafts.value.filter((draft) => draft.id !== id);
});
export const loadDrafts = vi.fn(async () => [...drafts.value]);

export const HOLD_MS = 10_000;
export const undoHeld = vi.fn(async (_id: string) => true);

export const add = vi.fn(async <T extends OpType>(op: NewOp<T>) => {
  const body = JSON.stringify({
    at: { wall: new Date().toISOString() },
    position: op.position,
    data: op.data,
  });
  const { id, type, shift } = op;
  const sealed = { id, type, shift, v: 1, author: me.value?.id ?? "", hash: "sha256:0", body };
  const own = ownOp(newRow(sealed, { install: "i", seq: ownOps.value.length + 1 }));
  if (!own) throw new SaveError("cannot be shown");
  ownOps.value = [...ownOps.value, own];
  await dropDraft(id);
  return own;
});

/** The phone's storage is full, or broken. */
export function failToSave(): void {
  add.mockImplementationOnce(async () => {
    throw new SaveError("full");
  });
}

export function emptyOutbox(): void {
  made = 0;
  drafts.value = [];
  for (const spy of [add, newId, saveDraft, dropDraft]) spy.mockClear();
}
