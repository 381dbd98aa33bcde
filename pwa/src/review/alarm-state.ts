/** The desk's alarms: asked for once for all its pages, followed on the live line, told in the title and by a tone. */
import { computed, effect, signal } from "@preact/signals";
import { tone } from "../device/attention";
import { settings } from "../store/state";
import type { AlertValue } from "../store/types";
import { isSeen, ordered } from "./alarms";
import { ask } from "./ask";
import { live, minute_ms, shown, watch } from "./desk-state";
import type { Loaded, Resource } from "./load";

const asked = signal<Resource<AlertValue[]> | null>(null);

export const loadedAlarms = computed<Loaded<AlertValue[]>>(
  () => asked.value?.loaded.value ?? { state: "loading" },
);

/** Open alarms in the order in which they ask for something. */
export const alarms = computed<readonly AlertValue[]>(() => {
  const loaded = loadedAlarms.value;
  return loaded.state === "ready" || loaded.state === "stale" ? ordered(loaded.data, minute_ms.value) : [];
});

/** Since when alarms are not known; `at_ms` null where they never were. Null while what is shown holds. */
export function doubtOf(loaded: Loaded<unknown>): { at_ms: number | null } | null {
  if (loaded.state === "loading" || loaded.state === "ready") return null;
  // That all of the desk is cut off, the header and the page say; that alarms alone fail, nobody else does.
  const isCutOff = loaded.problem === "offline" || loaded.problem === "signin";
  if (isCutOff && live.value.is !== "connected") return null;
  return { at_ms: loaded.state === "stale" ? loaded.at_ms : null };
}

export const unseen = computed(() => alarms.value.filter((one) => !isSeen(one)));

export const askAlarms = () => asked.peek()?.refresh();

/** Gives a function that ends it. */
export function followAlarms(): () => void {
  const resource = shown((stop) => ask.alerts(stop));
  asked.value = resource;
  const ends = [
    watch((change) => {
      if (change === null || change.kinds.includes("alert")) resource.refresh();
    }),
    announce(),
    () => void badge(0),
    resource.close,
  ];
  return () => {
    for (const end of ends) end();
    asked.value = null;
  };
}

/** A tone at each alarm that was not there before; the number on the app's icon where there is one. */
function announce(): () => void {
  const known = new Set<string>();
  return effect(() => {
    const fresh = unseen.value.filter(({ id }) => !known.has(id));
    for (const { id } of fresh) known.add(id);
    if (fresh.length > 0 && settings.peek().sound) void tone(3);
    void badge(unseen.value.length);
  });
}

async function badge(count: number): Promise<void> {
  try {
    await (count > 0 ? navigator.setAppBadge?.(count) : navigator.clearAppBadge?.());
  } catch {
    // No badge on this device: the page says it.
  }
}
