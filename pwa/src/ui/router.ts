/**
 * Where the reader is: the part of the address after `#`. The hash alone, because the app must open
 * offline at one address, and because a one-time code in it never reaches a server's log.
 */
import { computed, signal } from "@preact/signals";

const hash = signal(typeof location === "undefined" ? "" : location.hash);

if (typeof window !== "undefined")
  window.addEventListener("hashchange", () => {
    hash.value = location.hash;
    // A link within the app is a screen of its own: the browser would keep the place on the old one.
    window.scrollTo?.(0, 0);
  });

export interface Route {
  /** "#/logg/019a" → ["logg", "019a"] */
  path: readonly string[];
  query: URLSearchParams;
}

export function parseHash(text: string): Route {
  const [path = "", query = ""] = text.replace(/^#\/?/, "").split("?");
  return { path: path.split("/").filter(Boolean).map(decode), query: new URLSearchParams(query) };
}

function decode(word: string): string {
  try {
    return decodeURIComponent(word);
  } catch {
    return word;
  }
}

export const route = computed(() => parseHash(hash.value));

/** For what takes its time: whoever has gone elsewhere meanwhile is not fetched back. */
export function goFromHere(): typeof go {
  const here = location.hash;
  return (to, how) => {
    if (location.hash === here) go(to, how);
  };
}

/** replace: the screen left is not one to come back to (a form that is done). */
export function go(to: string, { replace = false } = {}): void {
  if (replace) history.replaceState(null, "", to);
  else if (location.hash !== to) history.pushState(null, "", to);
  hash.value = to;
  window.scrollTo?.(0, 0);
}
