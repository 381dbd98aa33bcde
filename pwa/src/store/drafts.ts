/** Forms begun and not saved. Those that are saved and can still be had back lie among them: `held.ts`. */
import { attempt } from "../parse";
import { whole, withCore } from "./db";
import { withRoom } from "./room";
import { draftRow } from "./rows";
import type { Draft } from "./types";
import { isSealed, openText, sealText } from "./vault";

export const draftName = ({ id }: Pick<Draft, "id">) => `draft ${id}`;

/** With a lock, the form's fields lie encrypted: as text, which no form's own JSON is. */
export async function keptDraft(draft: Draft): Promise<Draft> {
  const text = JSON.stringify(draft.fields ?? null);
  const sealed = await sealText(text, draftName(draft));
  return sealed === text ? draft : { ...draft, fields: sealed };
}

/** Null while the phone is locked, and for one that cannot be opened. */
export async function openedDraft(draft: Draft): Promise<Draft | null> {
  if (!isSealed(draft.fields)) return draft;
  const text = await openText(draft.fields, draftName(draft));
  return isSealed(text) ? null : { ...draft, fields: JSON.parse(text) };
}

/** @param over also over a record that lies there held: its save was told to have failed, and the form goes on. */
export async function putDraft(open: Draft, over = false): Promise<void> {
  const draft = await keptDraft(open);
  return withRoom(() =>
    withCore(async (db) => {
      // Strict: a draft is what is left of a report when the battery dies.
      const tx = db.transaction("drafts", "readwrite", { durability: "strict" });
      await whole(tx, async () => {
        if (over || !isHeld(await tx.store.get(draft.id))) await tx.store.put(draft);
      });
    }),
  );
}

/** A form's own draft; what was saved of it and is held stays. */
export function deleteDraft(id: string): Promise<void> {
  return withCore(async (db) => {
    const tx = db.transaction("drafts", "readwrite");
    await whole(tx, async () => {
      if (!isHeld(await tx.store.get(id))) await tx.store.delete(id);
    });
  });
}

const isHeld = (value: unknown) => (attempt(draftRow, value)?.held ?? null) !== null;

/** Oldest first. */
export async function readDrafts(author: string): Promise<Draft[]> {
  const stored = await withCore((db) => db.getAll("drafts"));
  const own = stored
    .flatMap((value) => begun(attempt(draftRow, value)))
    .filter((draft) => draft.author === author)
    .sort((a, b) => a.at.localeCompare(b.at));
  const drafts = await Promise.all(own.map(openedDraft));
  return drafts.filter((draft) => draft !== null);
}

function begun(row: ReturnType<typeof draftRow> | null): Draft[] {
  if (row === null || row.held !== null) return [];
  const { held: _, ...draft } = row;
  return [draft];
}

/** Of whoever. */
export async function readDraftIds(): Promise<ReadonlySet<string>> {
  return new Set(await withCore((db) => db.getAllKeys("drafts")));
}
