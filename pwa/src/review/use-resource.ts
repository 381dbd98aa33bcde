import { useEffect, useState } from "preact/hooks";
import { shown, watch } from "./desk-state";
import type { Resource } from "./load";
import type { Change } from "./types";

/** A question that lives as long as the component, or until `key` is another; asked again when `concerns` a change. */
export function useResource<T>(
  key: string,
  question: (signal: AbortSignal) => Promise<T>,
  concerns: (change: Change) => boolean,
  /** Told before it is asked again because changes may have been missed. */
  missed: () => void = () => undefined,
): Resource<T> {
  const [held, setHeld] = useState(() => ({ key, resource: shown(question) }));
  let current = held;
  if (held.key !== key) {
    current = { key, resource: shown(question) };
    setHeld(current);
  }
  useEffect(() => {
    const stop = watch((change) => {
      if (change === null) missed();
      if (change === null || concerns(change)) current.resource.refresh();
    });
    return () => {
      stop();
      current.resource.close();
    };
  }, [current.resource]);
  return current.resource;
}
