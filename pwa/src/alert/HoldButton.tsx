import siren from "lucide-static/icons/siren.svg?raw";
import { useEffect, useId, useRef, useState } from "preact/hooks";
import { tl } from "../text/alarm";
import { Icon } from "../ui";
import { HOLD_MS, heldPart } from "./rules";

interface Props {
  children: string;
  /** The moment the finger comes down: the position can be looked for meanwhile. */
  onBegin: () => void;
  onHeld: () => void;
  busy: boolean;
}

const TICK_MS = 50;
const isStill = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

/** Held for two seconds by finger, mouse, space or enter. Letting go earlier does nothing, and says so. */
export function HoldButton({ children, onBegin, onHeld, busy }: Props) {
  const [part, setPart] = useState<number | null>(null);
  const [wasShort, setShort] = useState(false);
  const timer = useRef<ReturnType<typeof setInterval> | undefined>(undefined);
  const hint = useId();
  const stop = () => {
    clearInterval(timer.current);
    timer.current = undefined;
    setPart(null);
  };
  useEffect(() => () => clearInterval(timer.current), []);

  const begin = () => {
    if (busy || timer.current !== undefined) return;
    const since_ms = performance.now();
    const still = isStill();
    setShort(false);
    setPart(0);
    onBegin();
    timer.current = setInterval(() => {
      const now_ms = performance.now();
      setPart(heldPart(since_ms, now_ms, still));
      if (now_ms - since_ms < HOLD_MS) return;
      stop();
      onHeld();
    }, TICK_MS);
  };
  const release = () => {
    if (timer.current === undefined) return;
    stop();
    setShort(true);
  };
  const isKey = (event: KeyboardEvent) => event.key === " " || event.key === "Enter";
  return (
    <div class="hold">
      <button
        type="button"
        class={
          part === null ? "button danger large wide hold-button" : "button danger large wide hold-button held"
        }
        aria-describedby={hint}
        aria-busy={busy ? "true" : undefined}
        onPointerDown={(event) => {
          if (event.button !== 0) return;
          // A thumb that trembles off the edge still holds.
          event.currentTarget.setPointerCapture?.(event.pointerId);
          begin();
        }}
        onPointerUp={release}
        onPointerCancel={release}
        onContextMenu={(event) => event.preventDefault()}
        onKeyDown={(event) => {
          if (!isKey(event)) return;
          event.preventDefault();
          if (!event.repeat) begin();
        }}
        onKeyUp={(event) => {
          if (isKey(event)) release();
        }}
        onBlur={release}
      >
        <span class="hold-fill" aria-hidden="true" style={{ inlineSize: `${(part ?? 0) * 100}%` }} />
        <Icon svg={siren} />
        <span>{part === null ? children : tl("hold_on")}</span>
      </button>
      <p id={hint} class="quiet-words" role="status">
        {wasShort ? tl("hold_short") : tl("hold_hint")}
      </p>
    </div>
  );
}
