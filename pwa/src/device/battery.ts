/** How much of the battery is left, where the browser says: Chrome on Android does, iOS does not. */

/** What is sent must not wait for it. */
const WAIT_MS = 200;

const late = () => new Promise<null>((resolve) => setTimeout(resolve, WAIT_MS, null));

async function asked(): Promise<number | null> {
  if (!("getBattery" in navigator) || typeof navigator.getBattery !== "function") return null;
  const battery: unknown = await navigator.getBattery();
  if (typeof battery !== "object" || battery === null || !("level" in battery)) return null;
  const { level } = battery;
  return typeof level === "number" && level >= 0 && level <= 1 ? Math.round(level * 100) : null;
}

/** Percent, or null where nobody knows. */
export function batteryLeft(): Promise<number | null> {
  return Promise.race([asked().catch(() => null), late()]);
}
