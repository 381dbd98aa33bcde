import { useCallback, useEffect } from "preact/hooks";
import { keepAwake } from "../device/awake";
import { Marks } from "../guard/Marks";
import { whereWords } from "../place/state";
import { useLeave } from "../shift/useLeave";
import { t } from "../text";
import { th } from "../text/help";
import { Banner, FormPage, go, LeaveSheet } from "../ui";
import { CALL, call } from "../ui/routes";
import { CardWhere } from "./CardWhere";
import type { SaidYes } from "./confirm";
import { DialFoot } from "./DialFoot";
import { type DialFields, EMERGENCY, isWorded } from "./dial";
import { OwnNumber } from "./OwnNumber";
import { serviceName } from "./state";
import { type CardOf, useCard } from "./useCard";

function What({ what, onInput }: { what: string; onInput: (what: string) => void }) {
  return (
    <div class="card-part">
      <label class="card-label" for="card-what">
        {th("what")}
      </label>
      <textarea
        id="card-what"
        class="card-words"
        rows={1}
        maxLength={300}
        value={what}
        aria-describedby="card-what-hint"
        onInput={(event) => onInput(event.currentTarget.value)}
      />
      <small id="card-what-hint">{th("what_hint")}</small>
    </div>
  );
}

function titleOf({ service, number }: DialFields): string {
  if (service !== null) return th("card", { whom: serviceName(service) });
  return th("card", { whom: number || EMERGENCY });
}

/** What is read aloud to 112: what, where, the phone's number. Nothing on it is a call until the host says so. */
export function SpeakingCard(props: CardOf) {
  const { form, fix, dial, yes, no } = useCard(props);
  const { fields } = form;
  useEffect(keepAwake, []);
  const back = fields.target === null ? CALL : call(fields.target);
  const leave = useLeave({ ...form, isTouched: isWorded(fields) }, back);
  // A question that is not answered goes with the host, to the top of every other screen.
  const onClose = useCallback(
    () => (fields.dialedAt === null ? leave.ask() : go(back, { replace: true })),
    [fields, back],
  );
  const onYes = async (said: SaidYes) => {
    if (await yes(said)) go(call(fields.target ?? fields.escalation), { replace: true });
  };
  return (
    <FormPage
      title={titleOf(fields)}
      about={th("card_about")}
      onClose={onClose}
      footer={
        <DialFoot
          fields={fields}
          isSealing={form.isSealing}
          hasFailed={form.hasFailed}
          onDial={dial}
          onYes={(said) => void onYes(said)}
          onNo={no}
        />
      }
    >
      {form.isNotKept ? <Banner tone="danger">{t("ui.save.notKept")}</Banner> : null}
      <div class="speaking-card">
        <What what={fields.what} onInput={(what) => form.change({ what })} />
        <Marks guard={form.guard} field="what" />
        <CardWhere
          fix={fix}
          placeId={fields.placeId}
          placeText={fields.placeText}
          words={whereWords(fields.placeId, fields.placeText || null)}
          onChange={(choice) => form.change({ ...choice, placeBy: "host" })}
        />
        <Marks guard={form.guard} field="placeText" />
        <section class="card-part" aria-labelledby="card-number">
          <h2 id="card-number" class="card-label">
            {th("number")}
          </h2>
          <OwnNumber />
        </section>
      </div>
      {leave.isAsking ? <LeaveSheet {...leave.sheet} /> : null}
    </FormPage>
  );
}
