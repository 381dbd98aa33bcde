import { useCallback, useState } from "preact/hooks";
import { Marks } from "../guard/Marks";
import { add } from "../outbox";
import { useDraft } from "../shift/useDraft";
import { useLeave } from "../shift/useLeave";
import { vocabulary } from "../store/state";
import { named, t, time } from "../text";
import { Chips, FormPage, go, LeaveSheet, SaveFoot, TextArea, TextField } from "../ui";
import { CALL, call } from "../ui/routes";
import { callsOf } from "./calls";
import {
  type AttemptFields,
  attemptData,
  attemptLacks,
  continued,
  emptyAttempt,
  MOMENTS,
  parseAttempt,
} from "./fields";
import { MomentField } from "./MomentField";
import { LABELS } from "./moments";
import { escalations, serviceName } from "./state";

interface Props {
  id: string;
  target: string;
  /** The attempt that this one goes on from. */
  after: string | null;
}

const LACK = {
  attempted: () => t("call.lack.attempted"),
  outcome: () => t("call.lack.outcome"),
};

function opening(target: string, after: string | null): AttemptFields {
  const view = escalations.peek().find((one) => one.id === target);
  const before = callsOf(view?.attempts ?? []).find((one) => one.lastId === after);
  return before ? continued(target, before) : emptyAttempt(target);
}

/** One attempt to reach help: what the host says happened, each time exact or "ca". */
export function AttemptScreen({ id, target, after }: Props) {
  const empty = () => opening(target, after);
  const form = useDraft<AttemptFields>({
    id,
    form: "attempt",
    empty,
    parse: () => parseAttempt(empty()),
    guarded: ["reference", "note"],
    asks: false,
  });
  const { fields } = form;
  const [isTried, setTried] = useState(false);
  const back = fields.target ? call(fields.target) : CALL;
  const leave = useLeave(form, back);
  const onClose = useCallback(leave.ask, [form.isTouched]);
  const lack = attemptLacks(fields);
  const save = async () => {
    setTried(true);
    const data = attemptData(fields);
    if (data === null) return;
    const isSaved = await form.seal((_, kept) =>
      add({
        id,
        type: "escalation.attempt",
        shift: form.shiftId,
        position: null,
        data: { ...data, ...kept },
      }),
    );
    if (isSaved) go(back, { replace: true });
  };
  const view = escalations.value.find((one) => one.id === fields.target);
  return (
    <FormPage
      title={view ? t("call.attempt.title", { service: serviceName(view.service) }) : t("call.attempt")}
      about={form.isResumed ? t("call.attempt.begun", { time: time(form.begunAt) }) : t("call.attempt.about")}
      onClose={onClose}
      footer={
        <SaveFoot
          label={t("ui.save")}
          onSave={() => void save()}
          isSealing={form.isSealing}
          hasFailed={form.hasFailed}
          isNotKept={form.isNotKept}
          lack={isTried && lack !== null ? LACK[lack]() : undefined}
        />
      }
    >
      <div class="moments">
        {MOMENTS.map((moment) => (
          <MomentField
            key={moment}
            label={LABELS[moment]()}
            value={fields[moment]}
            onChange={(value) => form.change({ [moment]: value })}
          />
        ))}
      </div>
      <Chips
        legend={t("call.outcome")}
        choices={vocabulary.value?.outcomes.map((one) => ({ value: one.code, label: named(one) })) ?? []}
        value={fields.outcome}
        onChange={(outcome) => form.change({ outcome })}
      />
      <TextField
        label={t("call.reference")}
        hint={t("call.reference.hint")}
        value={fields.reference}
        onInput={(reference) => form.change({ reference })}
        maxLength={100}
      />
      <Marks guard={form.guard} field="reference" />
      <TextArea
        label={t("call.note")}
        rows={2}
        value={fields.note}
        onInput={(note) => form.change({ note })}
      />
      <Marks guard={form.guard} field="note" />
      {leave.isAsking ? <LeaveSheet {...leave.sheet} /> : null}
    </FormPage>
  );
}
