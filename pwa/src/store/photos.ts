/** What this phone knows of each photo that it holds: the rows beside the bytes, as signals for the screens. */
import { computed, type Signal, signal } from "@preact/signals";
import { attempt, list, maybe, number, object, oneOf, or, text } from "../parse";
import { broadcast } from "./channel";
import { whole, withBlobs } from "./db";

export const photoRow = object({
  /** Of the stored bytes, lower-case hex: the name that ops and the server use. */
  sha256: text,
  size: number,
  mime: text,
  /** `kept`: in a form that is not saved. `waiting`: named by an op, not yet whole at the server. */
  state: oneOf("kept", "waiting", "sent"),
  /** Forms that show it and are not saved yet. */
  drafts: or(list(text), []),
  /** So much of it the server said that it has. */
  offset: or(number, 0),
  /** Why it was given up for a day; null while it is tried. */
  why: or(maybe(text), null),
  stuck_ms: or(maybe(number), null),
  stuck_build: or(maybe(text), null),
  taken_ms: or(number, 0),
});
export type PhotoRow = ReturnType<typeof photoRow>;

/** Every photo on this phone, by its hash. Whose they are is told by the ops that name them. */
export const photos: Signal<ReadonlyMap<string, PhotoRow>> = signal(new Map());

/** Saved photos that the server does not have whole. */
export const unsentPhotos = computed(
  () => [...photos.value.values()].filter(({ state }) => state === "waiting").length,
);

type Listener = (rows: readonly PhotoRow[]) => void;
const listeners = new Set<Listener>();

/** Hears of every change, in this tab or another. */
export function onPhotosChanged(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export async function readPhotos(): Promise<PhotoRow[]> {
  const stored = await withBlobs((db) => db.getAll("photos"));
  return stored.flatMap((value) => attempt(photoRow, value) ?? []);
}

/** Of a phone that was revoked: all of them, unless one is not at the server or stands in a form. */
export async function dropSentPhotos(): Promise<void> {
  await withBlobs(async (db) => {
    const tx = db.transaction(["photos", "chunks"], "readwrite", { durability: "strict" });
    await whole(tx, async () => {
      const rows = (await tx.objectStore("photos").getAll()).map((value) => attempt(photoRow, value));
      if (rows.some((row) => row?.state !== "sent")) return;
      await tx.objectStore("photos").clear();
      await tx.objectStore("chunks").clear();
    });
  });
  await photosChanged();
}

let looks = 0;

export async function refreshPhotos(): Promise<void> {
  looks += 1;
  const mine = looks;
  const rows = await readPhotos();
  // A later look is under way: what this one saw may be older.
  if (mine !== looks) return;
  photos.value = new Map(rows.map((row) => [row.sha256, row]));
  for (const listener of listeners) listener(rows);
}

export async function photosChanged(): Promise<void> {
  broadcast({ kind: "photos" });
  await refreshPhotos();
}
