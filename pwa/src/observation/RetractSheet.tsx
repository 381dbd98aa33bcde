import { useState } from "preact/hooks";
import { Marks } from "../guard/Marks";
import { useGuardedText } from "../guard/useGuard";
import { add, newId } from "../outbox";
import { current } from "../shift/state";
import { t } from "../text";
import { SaveFoot, Sheet, TextArea } from "../ui";

interface Props {
  target: string;
  onClose: () => void;
}

/** Takes an observation back with a reason; what it said stays readable. */
export function RetractSheet({ target, onClose }: Props) {
  const [id] = useState(newId);
  const reason = useGuardedText();
  const [lack, setLack] = useState<string>();
  const [phase, setPhase] = useState<"open" | "sealing" | "failed">("open");
  const save = async () => {
    if (reason.now() === "") {
      setLack(t("observation.lack.reason"));
      return;
    }
    if (!(await reason.settle())) return;
    setPhase("sealing");
    try {
      const data = { target, reason: reason.now(), ...reason.said() };
      await add({ id, type: "observation.retract", shift: current.peek()?.id ?? null, position: null, data });
      onClose();
    } catch {
      setPhase("failed");
    }
  };
  return (
    <Sheet
      title={t("observation.retract.title")}
      onClose={onClose}
      footer={
        <SaveFoot
          label={t("observation.retract")}
          onSave={() => void save()}
          isSealing={phase === "sealing"}
          hasFailed={phase === "failed"}
          isNotKept={false}
          lack={lack}
        />
      }
    >
      <p>{t("observation.retract.about")}</p>
      <TextArea label={t("observation.reason")} rows={2} value={reason.value} onInput={reason.set} />
      <Marks guard={reason.guard} field="text" />
      {reason.ask}
    </Sheet>
  );
}
