import { useState } from "preact/hooks";
import { go, goFromHere } from "../ui";
import type { KeptForm } from "./useDraft";

/** Leaving a form: asked when there are words in it, otherwise as if it had never been opened. */
export function useLeave<F>(form: Pick<KeptForm<F>, "isTouched" | "discard">, to: string) {
  const [isAsking, setAsking] = useState(false);
  const leave = () => go(to, { replace: true });
  const discard = () => {
    const lead = goFromHere();
    void form.discard().finally(() => lead(to, { replace: true }));
  };
  return {
    isAsking,
    ask: () => (form.isTouched ? setAsking(true) : discard()),
    sheet: { onStay: () => setAsking(false), onKeep: leave, onDiscard: discard },
  };
}
