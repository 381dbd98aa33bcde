import type { ComponentChildren } from "preact";
import { useCallback, useState } from "preact/hooks";
import { Marks } from "../guard/Marks";
import { add } from "../outbox";
import { areas, me, people, records } from "../store/state";
import { t, time } from "../text";
import { firstAfter, wallOf } from "../text/clock";
import { Chips, FormPage, go, LeaveSheet, ManyChips, route, SaveFoot, TextField, TimeField } from "../ui";
import { HOME } from "../ui/routes";
import { asPlanned, emptyFields, type Fields, lacksReason, parseFields, startData } from "./fields";
import { partnerChoices } from "./partners";
import { shifts } from "./state";
import { plannedEnd } from "./times";
import { TRANSPORTS, transportName } from "./transport";
import { useDraft } from "./useDraft";
import { useLeave } from "./useLeave";

function opening(begunAt: string): Fields {
  const last = shifts.peek().find((shift) => shift.hosts.includes(me.peek()?.id ?? ""));
  const end = new Date(plannedEnd(Date.parse(begunAt))).toISOString();
  const usual = emptyFields({
    plannedEnd: end,
    areaId: last?.areaId ?? null,
    transport: last?.transport ?? null,
  });
  const plan = records.peek().plans.get(route.peek().query.get("plan") ?? "");
  return plan === undefined ? usual : asPlanned(usual, plan, me.peek()?.id ?? "");
}

interface AloneProps {
  value: string;
  onChange: (reason: string) => void;
}

/** Working alone is the exception: it is said why, quickly. */
function AloneReason({ value, onChange }: AloneProps) {
  const usual = [
    t("shift.alone.sick"),
    t("shift.alone.later"),
    t("shift.alone.notListed"),
    t("shift.alone.planned"),
  ];
  return (
    <div class="stack">
      <Chips
        legend={t("shift.alone")}
        choices={usual.map((reason) => ({ value: reason, label: reason }))}
        value={usual.includes(value) ? value : null}
        onChange={(reason) => onChange(reason ?? "")}
      />
      <TextField label={t("shift.alone.own")} value={value} onInput={onChange} maxLength={200} />
    </div>
  );
}

interface Props {
  id: string;
  /** What was found wrong with this phone, said before the evening begins; it never stops a shift. */
  check?: ComponentChildren;
}

/** A shift begins wholly on the phone. */
export function StartScreen({ id, check }: Props) {
  const form = useDraft<Fields>({
    id,
    form: "shift",
    empty: opening,
    parse: (at) => parseFields(opening(at)),
    guarded: ["aloneReason"],
  });
  const { fields } = form;
  const [isTried, setTried] = useState(false);
  const leave = useLeave(form, HOME);
  const onClose = useCallback(leave.ask, [form.isTouched]);
  const isLacking = lacksReason(fields);
  const save = async () => {
    setTried(true);
    const author = me.peek()?.id;
    if (isLacking || author === undefined) return;
    const isSaved = await form.seal((said, kept) =>
      add({
        id,
        type: "shift.start",
        shift: id,
        position: null,
        data: { ...startData(said, author), ...kept },
      }),
    );
    if (isSaved) go(HOME, { replace: true });
  };
  const partners = partnerChoices(people.value, shifts.value, me.value?.id ?? "");
  const end = fields.plannedEnd;
  return (
    <FormPage
      title={t("shift.start.title")}
      about={form.isResumed ? t("shift.start.begun", { time: time(form.begunAt) }) : t("shift.start.about")}
      onClose={onClose}
      footer={
        <SaveFoot
          label={t("shift.start")}
          large
          onSave={() => void save()}
          isSealing={form.isSealing}
          hasFailed={form.hasFailed}
          isNotKept={form.isNotKept}
          lack={isTried && isLacking ? t("shift.lack.reason") : undefined}
        />
      }
    >
      {check}
      {partners.length === 0 ? (
        <p class="quiet-words">{t("shift.noPeople")}</p>
      ) : (
        <ManyChips
          legend={t("shift.with")}
          choices={partners.map((person) => ({ value: person.id, label: person.name }))}
          values={fields.partners}
          onChange={(chosen) => form.change({ partners: chosen })}
        />
      )}
      {fields.partners.length === 0 ? (
        <>
          <AloneReason value={fields.aloneReason} onChange={(aloneReason) => form.change({ aloneReason })} />
          <Marks guard={form.guard} field="aloneReason" />
        </>
      ) : null}
      {areas.value.length > 0 ? (
        <Chips
          legend={t("shift.area")}
          choices={areas.value.filter((one) => one.active).map((one) => ({ value: one.id, label: one.name }))}
          value={fields.areaId}
          onChange={(areaId) => form.change({ areaId })}
          optional
        />
      ) : null}
      <Chips
        legend={t("shift.transport")}
        choices={TRANSPORTS.map((one) => ({ value: one, label: transportName(one) }))}
        value={fields.transport}
        onChange={(transport) => form.change({ transport })}
        optional
      />
      <TimeField
        label={t("shift.plannedEnd")}
        value={end === null ? "" : wallOf(Date.parse(end)).time}
        onTime={(time) =>
          form.change({
            plannedEnd: time === "" ? null : new Date(firstAfter(time, Date.now())).toISOString(),
          })
        }
      />
      {form.ask}
      {leave.isAsking ? <LeaveSheet {...leave.sheet} /> : null}
    </FormPage>
  );
}
