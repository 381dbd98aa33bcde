/** Who uses this phone. Signing out or changing user never touches what is unsent. */
import { ApiError, api, nothing } from "../api";
import { sessionAnswer } from "../api/wire";
import { sealHeld } from "../checkin/undo";
import { loadDrafts } from "../outbox";
import { isFreshStore, measureStorage, noteLoss } from "../store/health";
import { writeMeta } from "../store/meta";
import { ensureInstall } from "../store/ops";
import { me } from "../store/state";
import { saveMe } from "../store/view";
import { sendHello, syncNow } from "../sync";

export type Refusal =
  | { why: "wrong" }
  | { why: "slowed"; retry_s: number }
  | { why: "offline" }
  | { why: "not-lykta" }
  | { why: "server" }
  /** This browser cannot keep anything: signing in would promise what cannot be held. */
  | { why: "storage" };

export type SignInOutcome = { why: "ok" } | Refusal;

const SLOWED_S = 30;

export function refusal(error: unknown): Refusal {
  if (!(error instanceof ApiError)) return { why: "storage" };
  if (error.status === 429) return { why: "slowed", retry_s: Math.ceil(error.retryAfter_s ?? SLOWED_S) };
  if (error.status === 401 || error.status === 422 || error.status === 400) return { why: "wrong" };
  if (error.kind === "network" || error.kind === "timeout") return { why: "offline" };
  return { why: error.kind === "not-lykta" ? "not-lykta" : "server" };
}

/** What the supervisor sees this phone called, until somebody gives it a better name. */
export function phoneLabel(agent: string): string {
  // In order: an Android phone calls itself Linux too, and every browser calls itself Safari.
  const system = ["iPhone", "iPad", "Android", "Windows", "Macintosh", "Linux"].find((one) =>
    agent.includes(one),
  );
  const browser = ["Firefox", "SamsungBrowser", "Edg", "Chrome", "Safari"].find((one) => agent.includes(one));
  return [system, browser].filter(Boolean).join(" · ");
}

/** Every phone of a host is a device that may push; the install names it. */
export async function signIn(username: string, password: string): Promise<SignInOutcome> {
  leaving.abort();
  try {
    const { id } = await ensureInstall();
    const label = phoneLabel(navigator.userAgent);
    const fresh = await isFreshStore(id);
    const { user, device } = await api.post(
      "/sessions",
      { username: username.trim(), password, install: id, label, fresh },
      sessionAnswer,
    );
    if (device?.emptied) noteLoss(device.emptied);
    await saveMe(user);
    await writeMeta("wiped", null);
    await loadDrafts();
  } catch (error) {
    return refusal(error);
  }
  void measureStorage();
  void syncNow();
  // Only now is this phone known, and told what proves that a saved copy is its own.
  void sendHello();
  return { why: "ok" };
}

/** The server is being told that somebody left: late, that would end the session of whoever has signed in since. */
let leaving = new AbortController();

/** The phone forgets the person at once. Where the server cannot be told, its session ends by itself. */
export async function signOut(): Promise<void> {
  // What was tapped a moment ago is said by whoever tapped it.
  await sealHeld();
  leaving.abort();
  leaving = new AbortController();
  void tellLeft(me.peek()?.id);
  await saveMe(null);
  await loadDrafts();
}

async function tellLeft(person: string | undefined): Promise<void> {
  const { signal } = leaving;
  await import("./notify/subscription").then(({ leave }) => leave(person)).catch(() => undefined);
  if (!signal.aborted) await api.delete("/session", nothing, { signal }).catch(() => undefined);
}

export type InvitationOutcome = { why: "ok" } | { why: "used" } | { why: "short" } | Refusal;

export const PASSWORD_MIN = 10;

/** A one-time code becomes a password. */
export async function acceptInvitation(code: string, password: string): Promise<InvitationOutcome> {
  if (password.length < PASSWORD_MIN) return { why: "short" };
  try {
    await api.post("/invitations", { code, password }, nothing);
    return { why: "ok" };
  } catch (error) {
    if (error instanceof ApiError && error.status === 422) return { why: "short" };
    if (
      error instanceof ApiError &&
      error.status !== null &&
      [400, 401, 403, 404, 409, 410].includes(error.status)
    )
      return { why: "used" };
    return refusal(error);
  }
}
