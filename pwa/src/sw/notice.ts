/** What a push message says, read without trust: whatever came, something must be shown, or the phone ends the push. */

interface Options extends NotificationOptions {
  /** Sound again, though one of the same alert lies there. */
  renotify: boolean;
}

export interface Shown {
  title: string;
  options: Options;
}

const ICON = "/icons/lykta-192.png";
const HOME = "#/";

/** In both languages: whose phone this is, a message that cannot be read does not say. */
const UNREADABLE = {
  title: "Lykta",
  body: "Något har hänt. Öppna Lykta. · Something has happened. Open Lykta.",
};

/** A place in the app and nowhere else. */
export const isAppPath = (url: unknown): url is string => typeof url === "string" && url.startsWith("#/");

const worded = (value: unknown): string | null =>
  typeof value === "string" && value.trim() !== "" ? value : null;

function members(said: string | null): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(said ?? "");
    return typeof value === "object" && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

export function shownOf(said: string | null): Shown {
  const { id, title, body, url, urgent } = members(said);
  const isWhole = worded(title) !== null;
  return {
    title: worded(title) ?? UNREADABLE.title,
    options: {
      body: isWhole ? (worded(body) ?? "") : UNREADABLE.body,
      // The next of the same alert takes its place, and is heard all the same.
      tag: worded(id) ?? "lykta",
      renotify: true,
      requireInteraction: urgent === true,
      icon: ICON,
      badge: ICON,
      data: { url: isAppPath(url) ? url : HOME },
    },
  };
}

/** Where a tap on a notice leads. */
export function urlOf(data: unknown): string {
  const url = typeof data === "object" && data !== null && "url" in data ? data.url : null;
  return isAppPath(url) ? url : HOME;
}
