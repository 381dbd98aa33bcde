import { useEffect, useState } from "preact/hooks";
import { currentPosition } from "../device/position";
import type { Position } from "../store/types";

export interface Whereabouts {
  phase: "asking" | "none" | "found";
  /** With its age counted up to now. */
  at: (now_ms: number) => Position | null;
  position: Position | null;
}

/** Asks the phone once, when the host opens a form. Nothing is watched. */
export function usePosition(): Whereabouts {
  const [found, setFound] = useState<{ position: Position | null; at_ms: number } | null>(null);
  useEffect(() => {
    let isGone = false;
    void currentPosition().then((position) => {
      if (!isGone) setFound({ position, at_ms: Date.now() });
    });
    return () => {
      isGone = true;
    };
  }, []);
  const position = found?.position ?? null;
  return {
    phase: found === null ? "asking" : position === null ? "none" : "found",
    position,
    at: (now_ms) =>
      found?.position
        ? { ...found.position, age_ms: found.position.age_ms + Math.max(0, now_ms - found.at_ms) }
        : null,
  };
}
