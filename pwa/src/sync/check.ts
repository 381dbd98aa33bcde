/** The request of `reconcile.ts`: every id that this phone holds, sent or not, in parts that the server takes. */
import { ApiError, api } from "../api";
import { reconcileAnswer } from "../api/wire";
import { readJournal } from "../store/journal";
import { readMeta } from "../store/meta";
import { namedIn } from "../store/naming";
import { readAllOps, readHeld } from "../store/ops";
import { failure } from "./outcome";
import { inChunks, isAnswerTo } from "./reconcile";
import type { CheckOutcome } from "./types";

const TIMEOUT_MS = 45_000;
/** Said in Lykta's own words by a server that is older than this request. */
const UNKNOWN_THERE: readonly (number | null)[] = [404, 405];

/** @param evenEmpty ask though nothing is held: what a revoked phone has pulled is deleted only on the server's word. */
export async function sendCheck(evenEmpty = false): Promise<CheckOutcome> {
  try {
    const [install, { ids, answered }] = await Promise.all([readMeta("install"), readHeld()]);
    const held = [...new Set([...ids, ...readJournal().map(({ id }) => id)])];
    if (install === null || (held.length === 0 && !evenEmpty)) return { kind: "nothing" };
    let epoch: string | null = null;
    let isSpent = true;
    const missing: string[] = [];
    const lostPhotos: string[] = [];
    for (const part of held.length === 0 ? [[]] : inChunks(held)) {
      const request = { install: install.id, ids: part };
      const answer = await api.post("/sync/reconcile", request, reconcileAnswer, {
        timeoutMs: TIMEOUT_MS,
        compress: true,
      });
      if (!isAnswerTo(part, answer, epoch)) return { kind: "no-answer", problem: "not-lykta" };
      epoch = answer.epoch;
      missing.push(...answer.missing);
      isSpent &&= answer.revoked && answer.missing.length === 0 && answer.missing_blobs.length === 0;
      lostPhotos.push(...answer.missing_blobs);
    }
    if (epoch === null) return { kind: "nothing" };
    // What had no receipt when it was asked about goes out anyway, or has gone since.
    const lost = missing.filter((id) => answered.has(id));
    const named = namedIn(await readAllOps());
    const photosMissing = named.filter((sha256) => lostPhotos.includes(sha256)).length;
    return {
      ...{ kind: "checked", epoch, lost, lostPhotos, spent: isSpent ? held : null },
      ...{ held: held.length, missing: missing.length, photos: named.length, photosMissing },
    };
  } catch (error) {
    if (error instanceof ApiError && error.problem !== null && UNKNOWN_THERE.includes(error.status))
      return { kind: "refused", status: error.status ?? 0 };
    return failure(error);
  }
}
