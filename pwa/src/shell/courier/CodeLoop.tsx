import { useEffect, useRef, useState } from "preact/hooks";
import { keepAwake } from "../../device/awake";
import { tc } from "../../text/courier";
import { Button } from "../../ui";
import { drawCode } from "./draw";
import { nextOrder } from "./order";

const EVERY_MS = 200;
const SLOW_MS = 450;

const wantsLessMotion = () => globalThis.matchMedia?.("(prefers-reduced-motion: reduce)").matches === true;

/** The codes one after the other, round and round. Each round in another order, so that no camera keeps missing one. */
export function CodeLoop({ frames }: { frames: readonly string[] }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [turn, setTurn] = useState({ order: nextOrder(frames.length), at: 0 });
  const [isPaused, setPaused] = useState(false);
  const [isSlow, setSlow] = useState(wantsLessMotion);
  const shown = turn.order[turn.at] ?? 0;
  useEffect(keepAwake, []);
  useEffect(() => {
    if (isPaused || frames.length < 2) return;
    const timer = setInterval(
      () =>
        setTurn(({ order, at }) =>
          at + 1 < order.length ? { order, at: at + 1 } : { order: nextOrder(frames.length), at: 0 },
        ),
      isSlow ? SLOW_MS : EVERY_MS,
    );
    return () => clearInterval(timer);
  }, [frames, isPaused, isSlow]);
  useEffect(() => {
    if (canvas.current) drawCode(canvas.current, frames[shown] ?? "");
  }, [frames, shown]);
  return (
    <>
      <canvas ref={canvas} class="code" role="img" aria-label={tc("code")} data-frame={shown} />
      <p class="code-place">{tc("frame", { n: shown + 1, all: frames.length })}</p>
      {frames.length > 1 ? (
        <div class="row equal">
          <Button onPress={() => setPaused(!isPaused)}>{isPaused ? tc("goOn") : tc("pause")}</Button>
          <Button pressed={isSlow} onPress={() => setSlow(!isSlow)}>
            {tc("slower")}
          </Button>
        </div>
      ) : null}
    </>
  );
}
