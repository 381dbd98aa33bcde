import { useCallback } from "preact/hooks";
import { Marks } from "../guard/Marks";
import { categoryName, observations } from "../observation/state";
import { add } from "../outbox";
import { usePosition } from "../place/usePosition";
import { useDraft } from "../shift/useDraft";
import { useLeave } from "../shift/useLeave";
import { vocabulary } from "../store/state";
import { named, t, time } from "../text";
import { Chips, FormPage, go, LeaveSheet, SaveFoot, Select, TextArea } from "../ui";
import { CALL, call } from "../ui/routes";
import { type CallFields, callData, parseCall } from "./fields";

interface Props {
  id: string;
  service: string;
}

const LINKABLE_MAX = 12;

function Linked({ value, onChange }: { value: string | null; onChange: (id: string | null) => void }) {
  const recent = observations.value.filter((one) => !one.isRetracted).slice(0, LINKABLE_MAX);
  if (recent.length === 0) return null;
  return (
    <Select
      label={t("call.observation")}
      value={value ?? ""}
      options={[
        { value: "", label: t("call.observation.none") },
        ...recent.map((one) => ({
          value: one.id,
          label: `${time(one.content.happened.from)} ${categoryName(one.content.category)}`,
        })),
      ]}
      onChange={(chosen) => onChange(chosen || null)}
    />
  );
}

/** "Logga tillkallad hjälp": which service and why. The call itself is an attempt, said on the next screen. */
export function LogCallScreen({ id, service }: Props) {
  const opening: CallFields = { service, channel: "phone", observationId: null, cause: "" };
  const form = useDraft<CallFields>({
    id,
    form: "escalation",
    empty: () => opening,
    parse: () => parseCall(opening),
    guarded: ["cause"],
    asks: false,
  });
  const { fields } = form;
  const whereabouts = usePosition();
  const leave = useLeave(form, CALL);
  const onClose = useCallback(leave.ask, [form.isTouched]);
  const save = async () => {
    const position = whereabouts.at(Date.now());
    const isSaved = await form.seal((said, kept) =>
      add({
        id,
        type: "escalation.create",
        shift: form.shiftId,
        position,
        data: { ...callData(said), ...kept },
      }),
    );
    if (isSaved) go(call(id), { replace: true });
  };
  return (
    <FormPage
      title={t("call.log")}
      about={form.isResumed ? t("call.begun", { time: time(form.begunAt) }) : t("call.log.about")}
      onClose={onClose}
      footer={
        <SaveFoot
          label={t("ui.save")}
          onSave={() => void save()}
          isSealing={form.isSealing}
          hasFailed={form.hasFailed}
          isNotKept={form.isNotKept}
        />
      }
    >
      <Select
        label={t("call.service")}
        value={fields.service}
        options={
          vocabulary.value?.services
            .filter((one) => one.retired === null)
            .map((one) => ({ value: one.code, label: named(one) })) ?? [{ value: service, label: service }]
        }
        onChange={(next) => form.change({ service: next })}
      />
      <Chips
        legend={t("call.channel")}
        choices={[
          { value: "phone", label: t("call.channel.phone") },
          { value: "radio", label: t("call.channel.radio") },
          { value: "on_site", label: t("call.channel.onSite") },
          { value: "other", label: t("call.channel.other") },
        ]}
        value={fields.channel}
        onChange={(channel) => form.change({ channel: channel ?? "phone" })}
      />
      <TextArea
        label={t("call.cause")}
        hint={t("call.cause.hint")}
        rows={2}
        value={fields.cause}
        onInput={(cause) => form.change({ cause })}
      />
      <Marks guard={form.guard} field="cause" />
      <Linked value={fields.observationId} onChange={(observationId) => form.change({ observationId })} />
      {leave.isAsking ? <LeaveSheet {...leave.sheet} /> : null}
    </FormPage>
  );
}
