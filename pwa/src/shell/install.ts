/** Putting the app on the home screen: what the browser offers, and whether the host has said no. */
import { signal } from "@preact/signals";
import { isIosTab } from "../device/storage";

interface InstallPrompt extends Event {
  prompt: () => Promise<unknown>;
}

const isPrompt = (event: Event): event is InstallPrompt => "prompt" in event;
const DISMISSED = "lykta.install-hint";

/** The browser's own offer, while it stands. */
const offer = signal<InstallPrompt | null>(null);
const isDismissed = signal(readDismissed());

function readDismissed(): boolean {
  try {
    return localStorage.getItem(DISMISSED) !== null;
  } catch {
    return false;
  }
}

export function listenForInstall(): void {
  window.addEventListener("beforeinstallprompt", (event) => {
    event.preventDefault();
    if (isPrompt(event)) offer.value = event;
  });
  window.addEventListener("appinstalled", dismissInstall);
}

export function installHint(): "prompt" | "ios" | null {
  if (isDismissed.value) return null;
  if (offer.value) return "prompt";
  return isIosTab() ? "ios" : null;
}

export async function install(): Promise<void> {
  await offer.peek()?.prompt();
  offer.value = null;
}

export function dismissInstall(): void {
  isDismissed.value = true;
  try {
    localStorage.setItem(DISMISSED, "1");
  } catch {
    // The hint comes back next time: a nuisance, not a loss.
  }
}
