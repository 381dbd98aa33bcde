/** What was read becomes something carried; told to be so only when it has been stored and read back. */
import { fromBytes } from "../../outbox/sealed";
import { keepCarried } from "../../store/carried";

export type Kept = { is: "done"; ops: number } | { is: "failed"; why: "not-copy" | "not-kept" };

export async function keep(
  id: string,
  bytes: Uint8Array<ArrayBuffer>,
  now: Date = new Date(),
): Promise<Kept> {
  const found = fromBytes(bytes);
  if (found === null) return { is: "failed", why: "not-copy" };
  try {
    await keepCarried({ id, ...found, at: now.toISOString(), state: "waiting", why: null, told: null });
    return { is: "done", ops: found.ops };
  } catch {
    return { is: "failed", why: "not-kept" };
  }
}
