import mic from "lucide-static/icons/mic.svg?raw";
import stopIcon from "lucide-static/icons/square.svg?raw";
import { useEffect, useRef, useState } from "preact/hooks";
import { canDictate, dictate } from "../device/dictation";
import { td } from "../text/dictate";
import { Button } from "../ui";

interface Props {
  /** What was said, to be put where the host is writing. */
  onText: (text: string) => void;
}

/** Under a text: spoken words go in, where the phone itself can hear them; else a word on the keyboard's own. */
export function Dictate({ onText }: Props) {
  const [can, setCan] = useState<boolean | null>(null);
  const [phase, setPhase] = useState<"rest" | "listening" | "failed">("rest");
  const stop = useRef<(() => void) | null>(null);
  // What is heard later goes into the text as it is then.
  const latest = useRef(onText);
  latest.current = onText;
  useEffect(() => {
    void canDictate().then(setCan);
    return () => stop.current?.();
  }, []);
  if (can === null) return null;
  if (!can) return <p class="hint">{td("keyboard")}</p>;
  const begin = () => {
    setPhase("listening");
    stop.current = dictate({
      onText: (text) => latest.current(text),
      onEnd: (hasFailed) => {
        stop.current = null;
        setPhase(hasFailed ? "failed" : "rest");
      },
    });
  };
  const isOn = phase === "listening";
  return (
    <div class="stack">
      <Button icon={isOn ? stopIcon : mic} pressed={isOn} onPress={() => (isOn ? stop.current?.() : begin())}>
        {isOn ? td("stop") : td("start")}
      </Button>
      <p role="status" class="hint">
        {isOn ? td("listening") : phase === "failed" ? td("failed") : ""}
      </p>
    </div>
  );
}

/** With a space on either side where there is none, as much of it as there is room for. */
export function spliced(words: string, said: string, at: { from: number; to: number }, max: number): string {
  const before = words.slice(0, at.from);
  const after = words.slice(at.to);
  const open = before === "" || /\s$/.test(before) ? "" : " ";
  const close = after === "" || /^[\s.,!?]/.test(after) ? "" : " ";
  const room = Math.max(0, max - before.length - after.length);
  return `${before}${`${open}${said}${close}`.slice(0, room)}${after}`;
}
