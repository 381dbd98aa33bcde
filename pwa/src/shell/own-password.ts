/** Another password for whoever is signed in. */
import { ApiError, api, nothing } from "../api";
import { type Refusal, refusal } from "./session";

export type Changed = { why: "ok" } | { why: "length" | "session" } | Refusal;

/** `wrong`: the one that they said they have. */
function refused(error: unknown): Changed {
  if (!(error instanceof ApiError)) return { why: "server" };
  if (error.status === 401) return { why: "session" };
  if (error.status !== 400 && error.status !== 422) return refusal(error);
  const fault = error.problem?.errors[0]?.pointer;
  if (fault === undefined) return { why: "server" };
  return { why: fault === "/current" ? "wrong" : "length" };
}

export async function changePassword(current: string, password: string): Promise<Changed> {
  try {
    await api.put("/session/password", { current, password }, nothing);
    return { why: "ok" };
  } catch (error) {
    return refused(error);
  }
}
