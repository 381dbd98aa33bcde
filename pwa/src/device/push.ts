/** What the browser knows of push messages. It asks nothing by itself: a question needs a tap. */
import { isIosTab } from "./storage";

/** home-screen: an iPhone or iPad takes none in a tab. */
export type PushAbility = "able" | "denied" | "home-screen" | "unable";

export function pushAbility(): PushAbility {
  const has = "serviceWorker" in navigator && "PushManager" in globalThis && "Notification" in globalThis;
  if (!has) return isIosTab() ? "home-screen" : "unable";
  return Notification.permission === "denied" ? "denied" : "able";
}

/** Only on a tap: a browser that was asked without one may never ask again. */
export async function askPermission(): Promise<boolean> {
  return (await Notification.requestPermission()) === "granted";
}

export const isPermitted = (): boolean =>
  "Notification" in globalThis && Notification.permission === "granted";

const TRY_MS = 10_000;

/** Null where there is no service worker yet (the first seconds of the first start, or none at all). */
async function manager(): Promise<PushManager | null> {
  if (!("serviceWorker" in navigator)) return null;
  const late = new Promise<null>((resolve) => setTimeout(() => resolve(null), TRY_MS));
  const ready = navigator.serviceWorker.ready.then(({ pushManager }) => pushManager ?? null);
  return Promise.race([ready, late]);
}

export interface Subscribed {
  endpoint: string;
  keys: { p256dh: string; auth: string };
  /** The key of our server that it was made for, in base64url. */
  key: string;
}

export async function currentSubscription(): Promise<Subscribed | null> {
  const found = await (await manager())?.getSubscription();
  return found ? told(found) : null;
}

/** Another in the place of the one there is. Rejects where the browser's push service does not answer. */
export async function subscribe(key: string): Promise<Subscribed> {
  await unsubscribe();
  const push = await manager();
  if (!push) throw new DOMException("no service worker", "InvalidStateError");
  const made = await push.subscribe({ userVisibleOnly: true, applicationServerKey: bytesOf(key) });
  return { ...told(made), key };
}

export async function unsubscribe(): Promise<void> {
  await (await (await manager())?.getSubscription())?.unsubscribe();
}

function told(found: PushSubscription): Subscribed {
  const { keys } = found.toJSON();
  const made = found.options.applicationServerKey;
  return {
    endpoint: found.endpoint,
    keys: { p256dh: keys?.p256dh ?? "", auth: keys?.auth ?? "" },
    // A browser that does not say is taken for one of an older key, and subscribes anew.
    key: made ? base64url(new Uint8Array(made)) : "unknown",
  };
}

export function base64url(bytes: Uint8Array): string {
  const binary = Array.from(bytes, (one) => String.fromCharCode(one)).join("");
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (one) => one.charCodeAt(0));
}
