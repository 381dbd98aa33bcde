import { useState } from "preact/hooks";
import { Marks } from "../guard/Marks";
import { type KeptWords, useGuardedText } from "../guard/useGuard";
import { tz } from "../text/retention";
import { Banner, Button, Sheet, TextArea } from "../ui";
import { useIsHere } from "../ui/useIsHere";
import { type Refused, refusedBy } from "./refused";

interface Props {
  what: "hold" | "lift";
  /** Throws where it could not be said. */
  onSay: (reason: string, kept: KeptWords) => Promise<unknown>;
  onClose: (isSaid: boolean) => void;
}

/** Why a shift is held back, or no longer. */
export function ReasonSheet({ what, onSay, onClose }: Props) {
  const text = useGuardedText();
  const [phase, setPhase] = useState<"open" | "saying" | "empty" | Refused>("open");
  const isHere = useIsHere();
  const say = async () => {
    if (text.now() === "") return setPhase("empty");
    if (!(await text.settle())) return;
    setPhase("saying");
    try {
      await onSay(text.now(), text.said());
      if (isHere.current) onClose(true);
    } catch (error) {
      setPhase(refusedBy(error));
    }
  };
  return (
    <Sheet
      title={tz(`${what}_title`)}
      onClose={() => onClose(phase === "changed")}
      footer={
        <>
          {phase === "open" || phase === "saying" ? null : (
            <Banner tone="danger">{tz(phase === "empty" ? "reason_wrong" : phase)}</Banner>
          )}
          <Button tone="main" wide busy={phase === "saying"} onPress={() => void say()}>
            {tz(`${what}_save`)}
          </Button>
        </>
      }
    >
      {what === "hold" ? <p>{tz("hold_about")}</p> : null}
      <TextArea
        label={tz("reason")}
        rows={3}
        value={text.value}
        onInput={text.set}
        maxLength={500}
        hint={tz("reason_hint")}
      />
      <Marks guard={text.guard} field="text" />
      {text.ask}
    </Sheet>
  );
}
