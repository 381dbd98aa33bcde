import { useState } from "preact/hooks";
import { add, newId } from "../outbox";
import { t, timeNear } from "../text";
import { Banner, Button, Card, go, Section, Sheet } from "../ui";
import { now_ms } from "../ui/now";
import { endShift, startShift } from "../ui/routes";
import { shortNames } from "./partners";
import { areaName, personName, toJoin } from "./state";
import type { ShiftView } from "./view";

function crewWords(shift: ShiftView): string {
  const names = shift.crew.map((id) => personName(id) || t("shift.colleague"));
  return shortNames(names).join(" + ");
}

/** "Alva + Cim · Centrum" */
export function CrewLine({ shift }: { shift: ShiftView }) {
  return <>{[crewWords(shift), areaName(shift.areaId)].filter(Boolean).join(" · ")}</>;
}

/** Seals an op that needs no form; a failure is said where the tap was. */
function useStep(shift: string, type: "shift.join" | "shift.leave") {
  const [id] = useState(newId);
  const [phase, setPhase] = useState<"open" | "sealing" | "failed">("open");
  const step = async () => {
    setPhase("sealing");
    try {
      await add({ id, type, shift, position: null, data: {} });
      setPhase("open");
    } catch {
      setPhase("failed");
    }
  };
  return { phase, step };
}

function JoinCard({ shift }: { shift: ShiftView }) {
  const { phase, step } = useStep(shift.id, "shift.join");
  return (
    <Card>
      <p>
        <CrewLine shift={shift} />
      </p>
      <p class="quiet-words">{t("shift.since", { time: timeNear(shift.startedAt, now_ms.value) })}</p>
      {phase === "failed" ? <Banner tone="danger">{t("ui.save.failed")}</Banner> : null}
      <Button wide busy={phase === "sealing"} onPress={() => void step()}>
        {t("shift.join")}
      </Button>
    </Card>
  );
}

/** Nobody is out: start, or step into a shift that is going on. */
export function NoShift() {
  return (
    <>
      <p>{t("shift.none")}</p>
      <Button tone="main" large wide onPress={() => go(startShift(newId()))}>
        {t("shift.start")}
      </Button>
      {toJoin.value.length > 0 ? (
        <Section title={t("shift.toJoin")}>
          {toJoin.value.map((shift) => (
            <JoinCard key={shift.id} shift={shift} />
          ))}
        </Section>
      ) : null}
    </>
  );
}

function LeaveShiftSheet({ shift, onClose }: { shift: ShiftView; onClose: () => void }) {
  const { phase, step } = useStep(shift.id, "shift.leave");
  return (
    <Sheet title={t("shift.leave")} onClose={onClose}>
      <p>{t("shift.leave.about")}</p>
      {phase === "failed" ? <Banner tone="danger">{t("ui.save.failed")}</Banner> : null}
      <div class="row equal">
        <Button onPress={onClose}>{t("ui.cancel")}</Button>
        <Button tone="main" busy={phase === "sealing"} onPress={() => void step()}>
          {t("shift.leave")}
        </Button>
      </div>
    </Sheet>
  );
}

/** The foot of the start view: ending is for all of the crew, leaving is for oneself. */
export function ShiftEndActs({ shift }: { shift: ShiftView }) {
  const [isLeaving, setLeaving] = useState(false);
  return (
    <div class="row equal">
      {shift.crew.length > 1 ? <Button onPress={() => setLeaving(true)}>{t("shift.leave")}</Button> : null}
      <Button large onPress={() => go(`${endShift(newId())}?pass=${shift.id}`)}>
        {t("shift.end")}
      </Button>
      {isLeaving ? <LeaveShiftSheet shift={shift} onClose={() => setLeaving(false)} /> : null}
    </div>
  );
}
