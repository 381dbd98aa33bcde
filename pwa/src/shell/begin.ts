/** What the shell sets going once, before the first screen is seen: language, theme, time, the install offer. */
import { effect } from "@preact/signals";
import { me, settings } from "../store/state";
import { lockState } from "../store/vault";
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

let isWatched = false;

/** The server tells people in the language that they read here. */
function followLanguage(): void {
  effect(() => {
    const { language } = settings.value;
    if (me.value === null || !language) return;
    const timer = setTimeout(() => {
      void import("./notify/speak").then(({ speak }) => speak()).catch(() => undefined);
    }, NOTICES_AFTER_MS);
    return () => clearTimeout(timer);
  });
}

export function begin(): void {
  followTheme();
  followNotices();
  followLanguage();
  listenForInstall();
  startClock();
  lockState.subscribe((lock) => {
    if (lock !== "off" && !isWatched) {
      isWatched = true;
      void import("./lock/watch").then(({ watchLock }) => watchLock());
    }
  });
  effect(() => {
    // English that cannot be fetched leaves Swedish on the screen: readable, and tried again at the next start.
    void setLanguage(settings.value.language).catch(() => undefined);
  });
}
