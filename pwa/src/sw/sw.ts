/// <reference lib="webworker" />
/**
 * Keeps the app itself on the phone, so that it starts without network. It never touches /api and never queues a
 * request: records go through the outbox, which knows what was answered.
 */
import { cleanupOutdatedCaches, createHandlerBoundToURL, precacheAndRoute } from "workbox-precaching";
import { deskFile, forgetOldDesk, keepDesk, keepDeskIfOpened } from "./desk";
import { shownOf, urlOf } from "./notice";

interface Entry {
  url: string;
  revision: string | null;
  /** Of the desk alone: vite.config.ts. */
  desk?: true;
}

declare const self: ServiceWorkerGlobalScope & { __WB_MANIFEST: Entry[] };

const PUSH = "/api/v1/push";

const built: readonly Entry[] = self.__WB_MANIFEST;
const deskFiles = new Set(
  built.filter(({ desk }) => desk).map(({ url }) => new URL(url, self.location.href).pathname),
);
precacheAndRoute(built.filter(({ desk }) => !desk));
cleanupOutdatedCaches();
self.addEventListener("install", (event) => event.waitUntil(keepDeskIfOpened(deskFiles)));
self.addEventListener("activate", (event) => event.waitUntil(forgetOldDesk(deskFiles)));

const shell = createHandlerBoundToURL("/index.html");

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin === self.location.origin && deskFiles.has(url.pathname)) {
    event.respondWith(deskFile(url.pathname));
    return;
  }
  const isPage = request.mode === "navigate" && url.origin === self.location.origin;
  // The API and other collections of the server are never the app's pages.
  if (!isPage || /^\/(api|ogc|docs)(\/|$)/.test(url.pathname) || /\.\w+$/.test(url.pathname)) return;
  event.respondWith(shell({ request, event, url }));
});

self.addEventListener("message", (event) => {
  const said: unknown = event.data;
  const type = typeof said === "object" && said !== null && "type" in said ? said.type : null;
  // Only when the host says so: a new version must not take over under an open form.
  if (type === "skip-waiting") void self.skipWaiting();
  // What cannot be had now is asked for again by the desk that is open, and when it is opened next.
  if (type === "keep-desk") event.waitUntil(keepDesk(deskFiles).catch(() => undefined));
});

self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

interface SyncEvent extends ExtendableEvent {
  tag: string;
}

/** Background Sync, where there is any, only wakes the pages: they hold the outbox. */
const isSync = (event: Event): event is SyncEvent => event.type === "sync" && "waitUntil" in event;
self.addEventListener("sync", (event: Event) => {
  if (isSync(event)) event.waitUntil(wakePages());
});

async function wakePages(): Promise<void> {
  for (const page of await self.clients.matchAll({ type: "window" })) page.postMessage({ type: "wake" });
}

/** Always shown, also while the app is open: three that show nothing, and iOS ends the subscription without a word. */
self.addEventListener("push", (event) => {
  const { title, options } = shownOf(event.data?.text() ?? null);
  event.waitUntil(Promise.all([self.registration.showNotification(title, options), wakePages()]));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(openAt(urlOf(event.notification.data)));
});

/** A page that is open is brought to the front and goes there itself: a form in it is kept as at any other step. */
async function openAt(url: string): Promise<void> {
  const [page] = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  if (!page) {
    await self.clients.openWindow(`/${url}`);
    return;
  }
  page.postMessage({ type: "open", url });
  await page.focus();
}

/** The browser's own word that its subscription is another now; many never say it, so the app looks at each start, too. */
interface SubscriptionChange extends ExtendableEvent {
  oldSubscription: PushSubscription | null;
  newSubscription: PushSubscription | null;
}
const isChange = (event: Event): event is SubscriptionChange =>
  event.type === "pushsubscriptionchange" && "waitUntil" in event;
self.addEventListener("pushsubscriptionchange", (event: Event) => {
  if (isChange(event)) event.waitUntil(subscribeAgain(event));
});

async function subscribeAgain({ oldSubscription, newSubscription }: SubscriptionChange): Promise<void> {
  const answer = await fetch(`${PUSH}/key`, { credentials: "same-origin", cache: "no-store" });
  const { key }: { key: string | null } = await answer.json();
  if (!answer.ok || key === null) return;
  const options = { userVisibleOnly: true, applicationServerKey: key };
  const made = newSubscription ?? (await self.registration.pushManager.subscribe(options));
  await fetch(`${PUSH}/subscription`, {
    method: "PUT",
    credentials: "same-origin",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ ...made.toJSON(), key }),
  });
  if (oldSubscription && oldSubscription.endpoint !== made.endpoint) await oldSubscription.unsubscribe();
}
