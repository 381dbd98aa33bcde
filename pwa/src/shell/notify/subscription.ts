/**
 * Whether this browser is told while the app is closed, and by whose wish. A subscription can die without a word (the
 * push service drops it, the browser is cleared, iOS ends it), so it is shown to the server at each start.
 */
import { signal } from "@preact/signals";
import { ApiError, api, nothing } from "../../api";
import {
  askPermission,
  currentSubscription,
  isPermitted,
  pushAbility,
  type Subscribed,
  subscribe,
  unsubscribe,
} from "../../device/push";
import { maybe, object, oneOf, text } from "../../parse";
import { readMeta, writeMeta } from "../../store/meta";
import { me } from "../../store/state";

/** lost: switched on, but the server could not be told; it is tried again at the next start. */
export type NoticeState = "on" | "lost" | "off" | "denied" | "home-screen" | "unable";
export type Trouble = "offline" | "push-service" | "switched-off" | "server";

export const noticeState = signal<NoticeState | null>(null);

const keyAnswer = object({ key: maybe(text) });
const subscriptionAnswer = object({ id: text, state: oneOf("live", "dead") });
const LEAVE_MS = 4_000;

/** What the settings show before anything is asked. */
export async function readNotices(): Promise<void> {
  const able = pushAbility();
  if (able !== "able") noticeState.value = able;
  else noticeState.value = (await isWanted()) && isPermitted() ? (noticeState.peek() ?? "on") : "off";
}

/** On a tap. Null where it worked, or where the phone said no: that is told by the state. */
export async function turnOn(): Promise<Trouble | null> {
  const user = me.peek();
  if (!user) return null;
  if (!(await askPermission())) {
    noticeState.value = pushAbility() === "denied" ? "denied" : "off";
    return null;
  }
  try {
    await tell(await currentSubscription());
    await writeMeta("notices", { person: user.id });
    noticeState.value = "on";
    return null;
  } catch (error) {
    return troubleOf(error);
  }
}

/** This browser forgets first: then nothing is shown, whether or not the server hears of it now. */
export async function turnOff(): Promise<void> {
  const gone = await currentSubscription().catch(() => null);
  await writeMeta("notices", null);
  noticeState.value = "off";
  await unsubscribe();
  if (gone) await forget(gone);
}

/** At each start and sign-in, for whoever switched them on here and is signed in now. */
export async function renew(): Promise<void> {
  if (!(await isWanted()) || !isPermitted()) return;
  try {
    await tell(await currentSubscription());
    noticeState.value = "on";
  } catch {
    noticeState.value = "lost";
  }
}

/** At signing out: what is for this person is not shown on a phone that they have left. It comes back with them. */
export async function leave(person = me.peek()?.id): Promise<void> {
  if (!(await isWanted(person))) return;
  const mine = await currentSubscription();
  if (mine) await forget(mine);
}

/** Says what there is; where it is dead, or of a key that has gone, makes another and says that. */
async function tell(there: Subscribed | null): Promise<void> {
  if (there && (await put(there)) === "live") return;
  const { key } = await api.get("/push/key", keyAnswer);
  if (key === null) throw new SwitchedOff();
  if ((await put(await subscribe(key))) !== "live") throw new ApiError("not-lykta");
}

async function put(one: Subscribed): Promise<"live" | "dead"> {
  return (await api.put("/push/subscription", one, subscriptionAnswer)).state;
}

async function forget({ endpoint }: Subscribed): Promise<void> {
  const query = { id: await idOf(endpoint) };
  await api.delete("/push/subscription", nothing, { query, timeoutMs: LEAVE_MS }).catch(() => undefined);
}

/** As the server names it: the address itself is a secret, and would end in logs. */
async function idOf(endpoint: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(endpoint));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function isWanted(person = me.peek()?.id): Promise<boolean> {
  const wanted = await readMeta("notices");
  return wanted !== null && wanted.person === person;
}

class SwitchedOff extends Error {}

function troubleOf(error: unknown): Trouble {
  if (error instanceof SwitchedOff) return "switched-off";
  if (!(error instanceof ApiError)) return "push-service";
  if (error.kind === "network" || error.kind === "timeout") return "offline";
  return error.status === 404 ? "switched-off" : "server";
}
