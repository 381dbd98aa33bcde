import { useState } from "preact/hooks";
import { Marks } from "../guard/Marks";
import { useGuardedText } from "../guard/useGuard";
import { add, newId } from "../outbox";
import { current } from "../shift/state";
import { vocabulary } from "../store/state";
import { named, t } from "../text";
import { Chips, SaveFoot, Sheet, TextArea } from "../ui";

/** Ends a call for help with what came of it. */
export function CloseSheet({ target, onClose }: { target: string; onClose: () => void }) {
  const [id] = useState(newId);
  const [outcome, setOutcome] = useState<string | null>(null);
  const note = useGuardedText();
  const [phase, setPhase] = useState<"open" | "lacking" | "sealing" | "failed">("open");
  const save = async () => {
    if (outcome === null) {
      setPhase("lacking");
      return;
    }
    setPhase("sealing");
    try {
      const data = { target, outcome, note: note.now() || null, ...note.said() };
      await add({ id, type: "escalation.close", shift: current.peek()?.id ?? null, position: null, data });
      onClose();
    } catch {
      setPhase("failed");
    }
  };
  return (
    <Sheet
      title={t("call.close.title")}
      onClose={onClose}
      footer={
        <SaveFoot
          label={t("call.close")}
          onSave={() => void save()}
          isSealing={phase === "sealing"}
          hasFailed={phase === "failed"}
          isNotKept={false}
          lack={phase === "lacking" && outcome === null ? t("call.lack.outcome") : undefined}
        />
      }
    >
      <Chips
        legend={t("call.outcome")}
        choices={vocabulary.value?.outcomes.map((one) => ({ value: one.code, label: named(one) })) ?? []}
        value={outcome}
        onChange={setOutcome}
      />
      <TextArea label={t("call.note")} rows={2} value={note.value} onInput={note.set} />
      <Marks guard={note.guard} field="text" />
    </Sheet>
  );
}
