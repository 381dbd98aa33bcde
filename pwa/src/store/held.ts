/**
 * Records that are saved and can still be had back. The sealed bytes lie in the row of their form, which stays as it was
 * under them; a number of the install is given only when they become an op, so that what was undone leaves no hole.
 */
import { attempt } from "../parse";
import { withCore } from "./db";
import { keptDraft, openedDraft } from "./drafts";
import { storeSteps, writing } from "./ops";
import { draftRow, type HeldMark, kept, type OpRow, opened, opRow } from "./rows";
import type { Draft } from "./types";

export type HeldRow = Draft & { held: HeldMark };

function heldRow(value: unknown): HeldRow | null {
  const row = attempt(draftRow, value);
  return row?.held ? { ...row, held: row.held } : null;
}

/** With a lock, the form's fields and the op lie encrypted, each as it does where it lies alone. */
export async function keptHeld(row: HeldRow): Promise<HeldRow> {
  const [form, op] = await Promise.all([keptDraft(row), kept(row.held.op)]);
  return { ...form, held: { ...row.held, op } };
}

/** While the phone is locked, both stay as they lie. */
export async function openedHeld(row: HeldRow): Promise<HeldRow> {
  const [form, op] = await Promise.all([openedDraft(row), opened(row.held.op)]);
  return { ...(form ?? row), held: { ...row.held, op } };
}

/** Holds it, unless an op or a held record of this id lies here already: then that one is left, and returned. */
export async function putHeld(open: HeldRow, lastId: string): Promise<HeldRow | OpRow> {
  const row = await keptHeld(open);
  const lies = await writing(async (tx) => {
    const drafts = tx.objectStore("drafts");
    const there = attempt(opRow, await tx.objectStore("ops").get(row.id));
    const first = there ?? heldRow(await drafts.get(row.id));
    if (first) return first;
    await drafts.put(row);
    await tx.objectStore("meta").put(lastId, "last_id");
    return row;
  });
  return "state" in lies ? opened(lies) : openedHeld(lies);
}

/** Of whoever, in the order in which they were saved. */
export async function readHeldRows(): Promise<HeldRow[]> {
  const stored = await withCore((db) => db.getAll("drafts"));
  const rows = await Promise.all(stored.flatMap((value) => heldRow(value) ?? []).map(openedHeld));
  return rows.sort((a, b) => a.held.until_ms - b.held.until_ms || (a.id < b.id ? -1 : 1));
}

export async function readHeldRow(id: string): Promise<HeldRow | null> {
  const row = heldRow(await withCore((db) => db.get("drafts", id)));
  return row && openedHeld(row);
}

/** The form is a draft again. False when it has become an op meanwhile. */
export function takeBack(id: string): Promise<boolean> {
  return writing(async (tx) => {
    const drafts = tx.objectStore("drafts");
    const row = attempt(draftRow, await drafts.get(id));
    if (row?.held) await drafts.put({ ...row, held: null });
    return row !== null;
  });
}

/** Gives it its number and makes it an op, in one transaction with the end of its form; null if it was had back. */
export async function letOut(id: string, lastId: string): Promise<OpRow | null> {
  const op = await writing(async (tx) => {
    const row = heldRow(await tx.objectStore("drafts").get(id));
    if (row) return storeSteps(tx, { op: row.held.op, lastId });
    return attempt(opRow, await tx.objectStore("ops").get(id));
  });
  return op && opened(op);
}
