/** Another password for whoever is signed in. */
import { ApiError, api, nothing } from "../api";

export type Changed =
  | { why: "ok" | "wrong" | "length" | "session" | "offline" | "failed" }
  | { why: "slowed"; retry_s: number };

const SLOWED_S = 30;

function refused(error: unknown): Changed {
  if (!(error instanceof ApiError)) return { why: "failed" };
  if (error.status === 429) return { why: "slowed", retry_s: Math.ceil(error.retryAfter_s ?? SLOWED_S) };
  if (error.status === 401) return { why: "session" };
  const [fault] = error.problem?.errors ?? [];
  if (error.status === 422 && fault) return { why: fault.pointer === "/current" ? "wrong" : "length" };
  return { why: error.kind === "network" || error.kind === "timeout" ? "offline" : "failed" };
}

export async function changePassword(current: string, password: string): Promise<Changed> {
  try {
    await api.put("/session/password", { current, password }, nothing);
    return { why: "ok" };
  } catch (error) {
    return refused(error);
  }
}
