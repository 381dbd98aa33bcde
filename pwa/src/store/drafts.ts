/** Forms begun and not saved. */
import { attempt } from "../parse";
import { whole, withCore } from "./db";
import { withRoom } from "./room";
import { draftRow } from "./rows";
import type { Draft } from "./types";

export function putDraft(draft: Draft): Promise<void> {
  return withRoom(() =>
    withCore(async (db) => {
      // Strict: a draft is what is left of a report when the battery dies.
      const tx = db.transaction("drafts", "readwrite", { durability: "strict" });
      await whole(tx, () => tx.store.put(draft));
    }),
  );
}

export function deleteDraft(id: string): Promise<void> {
  return withCore((db) => db.delete("drafts", id));
}

/** Oldest first. */
export async function readDrafts(author: string): Promise<Draft[]> {
  const stored = await withCore((db) => db.getAll("drafts"));
  return stored
    .flatMap((value) => attempt(draftRow, value) ?? [])
    .filter((draft) => draft.author === author)
    .sort((a, b) => a.at.localeCompare(b.at));
}

/** Of whoever. */
export async function readDraftIds(): Promise<ReadonlySet<string>> {
  return new Set(await withCore((db) => db.getAllKeys("drafts")));
}
