import { useState } from "preact/hooks";
import { handOver } from "../../device/share";
import { makeCopy } from "../../outbox/copy";
import { ta } from "../../text/aside";
import { Button, Section } from "../../ui";

type Phase = "open" | "making" | Awaited<ReturnType<typeof handOver>> | "failed";

const SAID: Record<Phase, () => string> = {
  open: () => "",
  making: () => ta("copy_making"),
  shared: () => ta("copy_shared"),
  saved: () => ta("copy_saved"),
  left: () => "",
  failed: () => ta("copy_failed"),
};

/** "Spara en kopia": the last resort of a phone that cannot send. */
export function SaveCopy() {
  const [phase, setPhase] = useState<Phase>("open");
  const save = async () => {
    setPhase("making");
    setPhase(await makeCopy().then(handOver, (): Phase => "failed"));
  };
  return (
    <Section title={ta("copy")}>
      <p class="quiet-words">{ta("copy_about")}</p>
      <p role="status">{SAID[phase]()}</p>
      <Button wide busy={phase === "making"} onPress={() => void save()}>
        {ta("copy_act")}
      </Button>
    </Section>
  );
}
