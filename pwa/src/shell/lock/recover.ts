/** Forgotten PIN: signing in proves who asks, and the server opens the key that this phone sealed to it. */
import { ApiError, api } from "../../api";
import { recover } from "../../outbox/lock";
import { object, text } from "../../parse";
import { currentLock } from "../../store/vault";
import { type Refusal, signIn } from "../session";

export type Recovered = "ok" | Refusal | "refused" | "revoked" | "mismatch" | "failed";

const answer = object({ key: text });

export async function recoverBySignIn(username: string, password: string, pin: string): Promise<Recovered> {
  const lock = currentLock();
  if (lock === null) return "failed";
  const signed = await signIn(username, password);
  if (signed.why !== "ok") return signed;
  try {
    const { key } = await api.post("/sync/unlock", { jwe: lock.recovery }, answer);
    return (await recover(key, pin)) ? "ok" : "mismatch";
  } catch (error) {
    if (!(error instanceof ApiError)) return "failed";
    if (error.code === "copy-origin") return "revoked";
    return error.status === 403 || error.status === 422 ? "refused" : "failed";
  }
}
