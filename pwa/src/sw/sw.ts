/// <reference lib="webworker" />
/**
 * Keeps the app itself on the phone, so that it starts without network. It never touches /api and never queues a
 * request: records go through the outbox, which knows what was answered.
 */
import { cleanupOutdatedCaches, createHandlerBoundToURL, precacheAndRoute } from "workbox-precaching";

declare const self: ServiceWorkerGlobalScope & { __WB_MANIFEST: { url: string; revision: string | null }[] };

precacheAndRoute(self.__WB_MANIFEST);
cleanupOutdatedCaches();

const shell = createHandlerBoundToURL("/index.html");

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  const isPage = request.mode === "navigate" && url.origin === self.location.origin;
  // The API and other collections of the server are never the app's pages.
  if (!isPage || /^\/(api|ogc|docs)(\/|$)/.test(url.pathname) || /\.\w+$/.test(url.pathname)) return;
  event.respondWith(shell({ request, event, url }));
});

// Only when the host says so: a new version must not take over under an open form.
self.addEventListener("message", (event) => {
  const said: unknown = event.data;
  if (typeof said === "object" && said !== null && "type" in said && said.type === "skip-waiting")
    void self.skipWaiting();
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
