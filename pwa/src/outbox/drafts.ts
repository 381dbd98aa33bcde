/** Forms begun: saved at every change, so that a dead battery costs nothing but the last keystroke. */
import { computed, type Signal, signal } from "@preact/signals";
import { broadcast } from "../store/channel";
import { deleteDraft, putDraft, readDrafts } from "../store/drafts";
import { me } from "../store/state";
import type { Draft } from "../store/types";
import { toldNotSaved } from "./told";

export type { Draft } from "../store/types";

/** Of `me`, oldest first. */
export const drafts: Signal<readonly Draft[]> = signal([]);

/** Whose forms those are; null before any were read. */
export const draftsOf: Signal<string | null> = signal(null);

/** Before, nobody knows whether a form of `me` from an earlier page lies here. */
export const areDraftsRead = computed(() => me.value !== null && draftsOf.value === me.value.id);

export async function saveDraft(draft: Draft): Promise<void> {
  await putDraft(draft, toldNotSaved.has(draft.id));
  await draftsChanged();
}

/** Counts the readings: one that was overtaken by a newer shows nothing, which may be another person's forms. */
let readings = 0;

/** Loads the drafts of `me` into the signal, too. */
export async function loadDrafts(): Promise<Draft[]> {
  const reading = ++readings;
  const author = me.value?.id;
  const held = author === undefined ? [] : await readDrafts(author);
  if (reading === readings) {
    drafts.value = held;
    draftsOf.value = author ?? null;
  }
  return held;
}

export async function dropDraft(id: string): Promise<void> {
  await deleteDraft(id);
  await draftsChanged();
}

export async function draftsChanged(): Promise<void> {
  broadcast({ kind: "drafts" });
  await loadDrafts();
}
