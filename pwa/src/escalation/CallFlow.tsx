import { useState } from "preact/hooks";
import { vocabulary } from "../store/state";
import type { AboutTime, Code } from "../store/types";
import { named, t } from "../text";
import { th } from "../text/help";
import { Banner, Button, Chips } from "../ui";
import { now_ms } from "../ui/now";
import { type Call, NO_ANSWER, UNKNOWN } from "./calls";
import { MomentSheet } from "./MomentSheet";
import { LABELS, momentWords } from "./moments";
import { say, type Word } from "./say";

/** Shown before "more": what most calls come to. The rest of the vocabulary is one tap away. */
const USUAL = ["MOTT", "VAG", "PLATS", "RAD", NO_ANSWER];

const LATER = ["answered", "arrived", "left"] as const;

/** The time of calling is what the later words go on from: it stands, and may turn out to be from memory. */
function Called({ at, onChange }: { at: AboutTime; onChange: (at: AboutTime) => void }) {
  const label = LABELS.attempted();
  return (
    <li class="flow-row is-said">
      <span>{label}</span>
      <strong>{momentWords(at, now_ms.value)}</strong>
      <Button
        tone="quiet"
        pressed={at.kind === "about"}
        name={`${label}: ${t("call.about")}`}
        onPress={() => onChange({ ...at, kind: at.kind === "about" ? "point" : "about" })}
      >
        {t("call.about")}
      </Button>
    </li>
  );
}

interface RowProps {
  label: string;
  value: AboutTime | null;
  isSealing: boolean;
  onNow: () => void;
  onOpen: () => void;
}

function MomentRow({ label, value, isSealing, onNow, onOpen }: RowProps) {
  if (value !== null)
    return (
      <li class="flow-row is-said">
        <span>{label}</span>
        <strong>{momentWords(value, now_ms.value)}</strong>
        <Button tone="quiet" name={`${label}: ${th("said_change")}`} onPress={onOpen}>
          {th("said_change")}
        </Button>
      </li>
    );
  return (
    <li class="flow-row">
      <span>{label}</span>
      <Button busy={isSealing} name={`${label}: ${th("now")}`} onPress={onNow}>
        {th("now")}
      </Button>
      <Button tone="quiet" name={`${label}: ${th("ca")}`} onPress={onOpen}>
        {th("ca")}
      </Button>
    </li>
  );
}

function Outcome({ outcome, onChange }: { outcome: string; onChange: (code: string) => void }) {
  const [isAll, setAll] = useState(false);
  const all: readonly Code[] = vocabulary.value?.outcomes ?? [];
  const shown = isAll ? all : all.filter(({ code }) => USUAL.includes(code) || code === outcome);
  return (
    <>
      <Chips
        legend={t("call.outcome")}
        choices={shown.map((one) => ({ value: one.code, label: named(one) }))}
        value={outcome}
        onChange={(code) => onChange(code ?? UNKNOWN)}
      />
      {isAll ? null : (
        <Button tone="quiet" onPress={() => setAll(true)}>
          {th("outcome_more")}
        </Button>
      )}
    </>
  );
}

/** A call that goes on: each moment with one tap or "ca", each kept at once. */
export function CallFlow({ target, call }: { target: string; call: Call }) {
  const [phase, setPhase] = useState<"open" | "sealing" | "failed">("open");
  const [opened, setOpened] = useState<(typeof LATER)[number] | null>(null);
  const save = async (word: Word) => {
    setPhase("sealing");
    try {
      await say(target, call.id, word);
      setOpened(null);
      setPhase("open");
    } catch {
      setPhase("failed");
    }
  };
  const isSealing = phase === "sealing";
  return (
    <>
      {phase === "failed" ? <Banner tone="danger">{t("ui.save.failed")}</Banner> : null}
      <ul class="flow">
        {call.attempted ? (
          <Called at={call.attempted} onChange={(attempted) => void save({ attempted })} />
        ) : null}
        {LATER.map((moment) => (
          <MomentRow
            key={moment}
            label={LABELS[moment]()}
            value={call[moment]}
            isSealing={isSealing}
            onNow={() => void save({ [moment]: { kind: "point", from: new Date().toISOString() } })}
            onOpen={() => setOpened(moment)}
          />
        ))}
      </ul>
      <Outcome outcome={call.outcome} onChange={(outcome) => void save({ outcome })} />
      {opened === null ? null : (
        <MomentSheet
          label={LABELS[opened]()}
          value={call[opened]}
          isSealing={isSealing}
          hasFailed={phase === "failed"}
          onSave={(value) => void save({ [opened]: value })}
          onClose={() => setOpened(null)}
        />
      )}
    </>
  );
}
