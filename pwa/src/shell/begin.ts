/** What the shell sets going once, before the first screen is seen: language, theme, time, the install offer. */
import { effect } from "@preact/signals";
import { me, settings } from "../store/state";
import { setLanguage } from "../text";
import { go } from "../ui";
import { startClock } from "../ui/now";
import { listenForInstall } from "./install";
import { followTheme } from "./theme";

const NOTICES_AFTER_MS = 3_000;

/** A tap on a notice while the app is open: the service worker says where it leads. */
function followNotices(): void {
  navigator.serviceWorker?.addEventListener("message", ({ data }: MessageEvent<unknown>) => {
    if (typeof data !== "object" || data === null || !("type" in data) || data.type !== "open") return;
    if ("url" in data && typeof data.url === "string" && data.url.startsWith("#/")) go(data.url);
  });
  // Whether the subscription still lives can wait until the first screen is there.
  me.subscribe((user) => {
    if (user)
      setTimeout(() => {
        void import("./notify/subscription").then(({ renew }) => renew()).catch(() => undefined);
      }, NOTICES_AFTER_MS);
  });
}

export function begin(): void {
  followTheme();
  followNotices();
  listenForInstall();
  startClock();
  effect(() => {
    // English that cannot be fetched leaves Swedish on the screen: readable, and tried again at the next start.
    void setLanguage(settings.value.language).catch(() => undefined);
  });
}
