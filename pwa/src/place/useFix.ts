import { useEffect, useState } from "preact/hooks";
import { currentPosition } from "../device/position";
import type { Position } from "../store/types";

/** A position that is read aloud must not be a minute old: somebody may be walking. */
const AGAIN_MS = 15_000;
const AGAIN_AFTER_NONE_MS = 3_000;
const TICK_MS = 1_000;

export interface Fix {
  phase: "asking" | "none" | "found";
  /** As told by the phone, and when. */
  told: { position: Position; at_ms: number } | null;
  /** Its age counted up to now, second by second. */
  position: Position | null;
  /** How long the phone has been asked without an answer. */
  waited_s: number;
}

/** Asks at once, and again while the screen is seen. The newest answer stays until there is a newer. */
export function useFix(): Fix {
  const [begun_ms] = useState(() => Date.now());
  const [now_ms, setNow] = useState(begun_ms);
  const [told, setTold] = useState<Fix["told"]>(null);
  const [isAnswered, setAnswered] = useState(false);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isGone = false;
    const ask = async () => {
      const position = document.hidden ? null : await currentPosition();
      if (isGone) return;
      setAnswered(true);
      if (position) setTold({ position, at_ms: Date.now() });
      timer = setTimeout(() => void ask(), position ? AGAIN_MS : AGAIN_AFTER_NONE_MS);
    };
    void ask();
    const tick = setInterval(() => setNow(Date.now()), TICK_MS);
    return () => {
      isGone = true;
      clearTimeout(timer);
      clearInterval(tick);
    };
  }, []);
  const since_ms = told === null ? 0 : Math.max(0, now_ms - told.at_ms);
  return {
    phase: told !== null ? "found" : isAnswered ? "none" : "asking",
    told,
    position: told && { ...told.position, age_ms: told.position.age_ms + since_ms },
    waited_s: Math.max(0, Math.round((now_ms - begun_ms) / 1000)),
  };
}
