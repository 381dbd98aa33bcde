/** What the shell sets going once, before the first screen is seen: language, theme, time, the install offer. */
import { effect } from "@preact/signals";
import { settings } from "../store/state";
import { setLanguage } from "../text";
import { startClock } from "../ui/now";
import { listenForInstall } from "./install";
import { followTheme } from "./theme";

export function begin(): void {
  followTheme();
  listenForInstall();
  startClock();
  effect(() => {
    // English that cannot be fetched leaves Swedish on the screen: readable, and tried again at the next start.
    void setLanguage(settings.value.language).catch(() => undefined);
  });
}
