/** What is done with photos' bytes: sending a chunk, marking how far they came, letting go of those nobody names. */
import { ApiError } from "../api";
import { blobHead, blobPatch } from "../api/upload";
import {
  deletePhotos,
  markNamed,
  markOffset,
  markPhotoStuck,
  markSent,
  markWanted,
  readPhoto,
} from "../store/blobs";
import { readDraftIds } from "../store/drafts";
import { namedIn } from "../store/naming";
import { readAllOps } from "../store/ops";
import type { PhotoRow } from "../store/photos";
import { isShut } from "../store/rows";
import { isLocked } from "../store/vault";
import { rules } from "./lane";
import { lane } from "./lane-slot";
import { type Clocks, stuckUntil } from "./offers";
import { failure } from "./outcome";
import type { ChunkOutcome, Effect, Photo } from "./types";

lane.rules = rules;

const HOUR_MS = 3_600_000;
/** Between the photo and the draft that names it a phone may die; a form is gone on with the next day at the latest. */
const FORM_MS = 24 * HOUR_MS;
/** Chosen for a record in the log, and never saved. */
const CHOSEN_MS = 14 * 24 * HOUR_MS;

/** Saved photos that are not sent, in the order in which they were taken. */
export function photosToSend(rows: readonly PhotoRow[], clocks: Clocks): Photo[] {
  // A locked phone cannot read them: they wait for the PIN, which the screen says.
  if (isLocked()) return [];
  return rows
    .filter(({ state }) => state === "waiting")
    .sort((a, b) => a.taken_ms - b.taken_ms)
    .map((row) => ({
      sha256: row.sha256,
      size: row.size,
      stuckUntil_ms: row.why === null ? null : stuckUntil(row, clocks),
    }));
}

/** `offset` null: only asks. Raises nothing. */
export async function uploadChunk(
  { sha256, offset, bytes }: Extract<Effect, { type: "chunk" }>,
  signal: AbortSignal,
): Promise<ChunkOutcome> {
  try {
    if (offset === null) return { kind: "at", ...(await blobHead(sha256, signal)) };
    const whole = await readPhoto(sha256);
    // Locked in the meantime: nothing is wrong with it.
    if (whole === null && isLocked()) return { kind: "no-answer", problem: "offline" };
    if (whole === null) return { kind: "damaged" };
    const chunk = whole.slice(offset, offset + bytes);
    return { kind: "at", ...(await blobPatch(sha256, { offset, chunk, size: whole.byteLength }, signal)) };
  } catch (error) {
    // 404: a server that takes no photos yet; 415: not an image by its bytes.
    const isRefused = error instanceof ApiError && (error.status === 404 || error.status === 415);
    return isRefused && error.problem !== null
      ? { kind: "refused", status: error.status ?? 0 }
      : failure(error);
  }
}

type Marks = Extract<Effect, { type: "photo-at" | "photo-sent" | "photo-stuck" | "wanted" }>;

export async function writePhoto(effect: Marks): Promise<void> {
  switch (effect.type) {
    case "photo-at":
      return markOffset(effect.sha256, effect.offset);
    case "photo-sent":
      return markSent(effect.sha256);
    case "photo-stuck":
      return markPhotoStuck(effect.sha256, effect.why, Date.now(), __BUILD__);
    case "wanted":
      return markWanted(effect.hashes);
  }
}

/**
 * Sets right what a phone that died left between its two databases, and lets go of what nobody needs: a sent photo
 * stays as long as an op that names it (I11), since a server put back to an older copy asks for it through that op.
 */
export async function tidy(rows: readonly PhotoRow[], now_ms: number = Date.now()): Promise<void> {
  if (rows.length === 0) return;
  const [ops, drafts] = await Promise.all([readAllOps(), readDraftIds()]);
  // Which photos a sealed record names cannot be told: then none may go.
  if (ops.some(isShut)) return;
  const named = new Set(namedIn(ops));
  const saved = new Set(ops.map(({ id }) => id));
  for (const { sha256, drafts: forms } of rows)
    for (const form of forms) if (saved.has(form) && named.has(sha256)) await markNamed([sha256], form);
  const isNeeded = ({ sha256, drafts: forms, taken_ms }: PhotoRow) => {
    const age_ms = Math.abs(now_ms - taken_ms);
    const isInForm =
      forms.some((form) => drafts.has(form)) || age_ms < (isChosen(forms) ? CHOSEN_MS : FORM_MS);
    return named.has(sha256) || isInForm;
  };
  const lost = rows.filter(({ state, sha256 }) => state === "kept" && named.has(sha256));
  await markWanted(lost.map(({ sha256 }) => sha256));
  await deletePhotos(rows.filter((row) => !isNeeded(row)).map(({ sha256 }) => sha256));
}

const isChosen = (forms: readonly string[]) => forms.some((form) => form.startsWith("log "));
