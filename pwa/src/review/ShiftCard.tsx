import phone from "lucide-static/icons/phone-outgoing.svg?raw";
import warning from "lucide-static/icons/triangle-alert.svg?raw";
import type { MissingLine } from "../followup/answers";
import { timeNear } from "../text";
import { tr } from "../text/review";
import { Icon } from "../ui";
import { CompletenessLine } from "./CompletenessLine";
import { minute_ms } from "./desk-state";
import { Phones } from "./Phones";
import { shiftHref } from "./routes";
import { ThreatMark } from "./StaffThreats";
import type { ShiftRow } from "./types";
import { countWords, crewWords, overdueWords, unsentWords } from "./words";

/** One shift that is out, on a card: are they well, and has everything come. */
export function ShiftCard({ shift, threats }: { shift: ShiftRow; threats: readonly MissingLine[] }) {
  const now = minute_ms.value;
  const overdue = overdueWords(shift.next_due, now);
  return (
    <article class={`shift-card${overdue ? " overdue" : ""}`}>
      <header>
        <h2>
          <a href={shiftHref(shift.id)}>{crewWords(shift)}</a>
        </h2>
        <p>
          {shift.area_name ?? tr("no_area")} · {tr("since", { time: timeNear(shift.started_at, now) })}
        </p>
      </header>
      {overdue ? (
        <p class="overdue-word">
          <Icon svg={warning} />
          {overdue}
        </p>
      ) : null}
      <ThreatMark lines={threats} />
      <dl>
        <div>
          <dt>{tr("last_checkin")}</dt>
          <dd>{shift.last_checkin_at ? timeNear(shift.last_checkin_at, now) : tr("no_checkin")}</dd>
        </div>
        <div>
          <dt>{tr("next_due")}</dt>
          <dd>{shift.next_due ? timeNear(shift.next_due, now) : tr("no_promise")}</dd>
        </div>
        <div>
          <dt>{tr("unsent")}</dt>
          <dd>{unsentWords(shift.completeness.phones)}</dd>
        </div>
        <div>
          <dt>{tr("counts")}</dt>
          <dd>{countWords(shift)}</dd>
        </div>
      </dl>
      {shift.alone_reason ? <p class="quiet-words">{tr("alone", { reason: shift.alone_reason })}</p> : null}
      {shift.counts.escalation_open > 0 ? (
        <p class="card-calls">
          <Icon svg={phone} />
          {tr("calls_open", { n: shift.counts.escalation_open })}
        </p>
      ) : null}
      <CompletenessLine shift={shift} />
      <Phones phones={shift.completeness.phones} />
    </article>
  );
}
