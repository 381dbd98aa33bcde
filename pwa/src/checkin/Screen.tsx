import { useCallback } from "preact/hooks";
import { Marks } from "../guard/Marks";
import { add } from "../outbox";
import { PlaceLine } from "../place/PlaceLine";
import { PositionLine } from "../place/PositionLine";
import { usePlaceGuess } from "../place/usePlaceGuess";
import { usePosition } from "../place/usePosition";
import { useDraft } from "../shift/useDraft";
import { useLeave } from "../shift/useLeave";
import type { CheckinKind } from "../store/types";
import { t, time } from "../text";
import { Chips, FormPage, go, LeaveSheet, SaveFoot, TextArea } from "../ui";
import { now_ms } from "../ui/now";
import { HOME } from "../ui/routes";
import { checkinData, emptyFields, type Fields, parseFields } from "./fields";
import { KINDS, kindName } from "./kinds";
import { dueAt, PROMISES_MIN } from "./rules";
import { arrivedAt, usualPromise_min } from "./state";

interface Props {
  id: string;
  kind: CheckinKind;
}

const NO_PROMISE = 0;

function Promised({ fields, onChange }: { fields: Fields; onChange: (minutes: number | null) => void }) {
  const minutes = fields.promise_min;
  return (
    <>
      <Chips
        legend={t("checkin.promise")}
        choices={[
          ...PROMISES_MIN.map((n) => ({ value: n as number, label: t("checkin.minutes", { n }) })),
          { value: NO_PROMISE, label: t("checkin.promise.none") },
        ]}
        value={minutes ?? NO_PROMISE}
        onChange={(chosen) => onChange(chosen === NO_PROMISE ? null : chosen)}
      />
      {minutes === null ? null : (
        <p class="quiet-words">{t("checkin.promise.at", { time: time(dueAt(now_ms.value, minutes)) })}</p>
      )}
    </>
  );
}

/** Arrived, left, round, pause: where, and when to be heard of next. */
export function CheckinScreen({ id, kind }: Props) {
  const opening = () => emptyFields(kind, usualPromise_min.peek());
  const form = useDraft<Fields>({
    id,
    form: "checkin",
    empty: opening,
    parse: () => parseFields(opening()),
    guarded: ["note"],
  });
  const { fields } = form;
  const whereabouts = usePosition();
  usePlaceGuess({
    whereabouts,
    arrivedAt: arrivedAt.peek(),
    isWanted: fields.placeBy === "guess" && !form.isResumed,
    onGuess: (placeId) => form.propose({ placeId }),
  });
  const leave = useLeave(form, HOME);
  const onClose = useCallback(leave.ask, [form.isTouched]);
  const save = async () => {
    const at_ms = Date.now();
    const position = fields.withPosition ? whereabouts.at(at_ms) : null;
    const isSaved = await form.seal((said, kept) =>
      add({
        id,
        type: "checkin.create",
        shift: form.shiftId,
        position,
        data: { ...checkinData(said, at_ms), ...kept },
      }),
    );
    now_ms.value = Date.now();
    if (isSaved) go(HOME, { replace: true });
  };
  return (
    <FormPage
      title={t("checkin.title")}
      about={form.isResumed ? t("checkin.begun", { time: time(form.begunAt) }) : undefined}
      onClose={onClose}
      footer={
        <SaveFoot
          label={t("ui.save")}
          large
          onSave={() => void save()}
          isSealing={form.isSealing}
          hasFailed={form.hasFailed}
          isNotKept={form.isNotKept}
        />
      }
    >
      <Chips
        legend={t("checkin.kind")}
        choices={KINDS.map((one) => ({ value: one, label: kindName(one) }))}
        value={fields.kind}
        onChange={(next) => form.change({ kind: next ?? "ok" })}
      />
      <PlaceLine
        onlyListed
        placeId={fields.placeId}
        placeText=""
        position={whereabouts.at(now_ms.value)}
        onChange={({ placeId }) => form.change({ placeId, placeBy: "host" })}
      />
      <Promised fields={fields} onChange={(promise_min) => form.change({ promise_min })} />
      <TextArea
        label={t("checkin.note")}
        rows={2}
        value={fields.note}
        onInput={(note) => form.change({ note })}
      />
      <Marks guard={form.guard} field="note" />
      <PositionLine
        whereabouts={whereabouts}
        isWanted={fields.withPosition}
        onChange={(withPosition) => form.change({ withPosition })}
      />
      {form.ask}
      {leave.isAsking ? <LeaveSheet {...leave.sheet} /> : null}
    </FormPage>
  );
}
