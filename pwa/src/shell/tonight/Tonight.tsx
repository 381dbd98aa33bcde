import { newId } from "../../outbox";
import { placeName } from "../../place/state";
import { shortNames } from "../../shift/partners";
import { areaName, current, personName, shifts } from "../../shift/state";
import { me, ownOps, records } from "../../store/state";
import type { BriefingValue } from "../../store/types";
import { dateTime, list, time, timeNear } from "../../text";
import { tg } from "../../text/guard";
import { tn } from "../../text/tonight";
import { Banner, Button, Card, go, Section } from "../../ui";
import { now_ms } from "../../ui/now";
import { startShift } from "../../ui/routes";
import { Questions } from "./Questions";
import { Returned } from "./Returned";
import { type HandoverView, handoverViews, inForce, isBriefingRead, type PlanView, planViews } from "./rules";
import { useSay } from "./say";
import { Talk } from "./Talk";
import { WhatCame } from "./WhatCame";
import "./tonight.css";

function Briefing({ briefing }: { briefing: BriefingValue }) {
  const { hasFailed, say } = useSay();
  const isRead = isBriefingRead(briefing, me.value?.id ?? "", ownOps.value);
  const read = () =>
    say({
      id: newId(),
      type: "briefing.acknowledge",
      shift: current.peek()?.id ?? null,
      position: null,
      data: { target: briefing.id, version: briefing.version },
    });
  return (
    <div class="card lantern focus">
      {briefing.text ? <p class="said">{briefing.text}</p> : null}
      {briefing.places.length > 0 ? (
        <ul class="focus-places">
          {briefing.places.map((one) => (
            <li key={one.place_id}>
              <strong>{placeName(one.place_id) || tn("tonight.unknownPlace")}</strong>
              {one.hours ? ` ${one.hours}` : ""}
            </li>
          ))}
        </ul>
      ) : null}
      <div class="card-foot">
        <p class="quiet-words">
          {[
            areaName(briefing.area_id),
            tn("tonight.until", { time: dateTime(briefing.valid_to) }),
            isRead ? tn("tonight.isRead") : "",
          ]
            .filter(Boolean)
            .join(" · ")}
        </p>
        {isRead ? null : <Button onPress={() => void read()}>{tn("tonight.read")}</Button>}
      </div>
      {hasFailed ? <Banner tone="danger">{tn("tonight.notSaved")}</Banner> : null}
    </div>
  );
}

function Handover({ view }: { view: HandoverView }) {
  const { handover, isRead } = view;
  const { hasFailed, say } = useSay();
  const from = personName(handover.author_id) || tn("tonight.colleague");
  const read = () =>
    say({
      id: newId(),
      type: "handover.acknowledge",
      shift: current.peek()?.id ?? null,
      position: null,
      data: { target: handover.id },
    });
  return (
    <Card>
      <p class="said">{handover.hidden ? tg("hidden") : handover.text}</p>
      <div class="card-foot">
        <p class="quiet-words">
          {tn("tonight.from", { name: from, time: timeNear(handover.stated_at, now_ms.value) })}
        </p>
        {isRead ? null : <Button onPress={() => void read()}>{tn("tonight.read")}</Button>}
      </div>
      {hasFailed ? <Banner tone="danger">{tn("tonight.notSaved")}</Banner> : null}
    </Card>
  );
}

function Handovers() {
  const shift = current.value?.id ?? null;
  const views = handoverViews(records.value.handovers.values(), {
    me: me.value?.id ?? "",
    shift,
    ownOps: ownOps.value,
    now_ms: now_ms.value,
  });
  const unread = views.filter(({ isRead }) => !isRead);
  const read = views.filter(({ isRead }) => isRead);
  if (views.length === 0) return null;
  return (
    <Section title={tn("tonight.handovers")}>
      {unread.map((view) => (
        <Handover key={view.handover.id} view={view} />
      ))}
      {read.length > 0 ? (
        <details class="more">
          <summary>{tn("tonight.readBefore", { n: read.length })}</summary>
          {read.map((view) => (
            <Handover key={view.handover.id} view={view} />
          ))}
        </details>
      ) : null}
    </Section>
  );
}

function PlanCard({ view: { plan, isDue } }: { view: PlanView }) {
  const others = plan.hosts.filter((id) => id !== me.value?.id).map((id) => personName(id));
  const known = shortNames(others.filter((name) => name !== ""));
  const day = timeNear(plan.starts_at, now_ms.value);
  return (
    <Card>
      <p class="said">
        {day}–{time(plan.ends_at)}
      </p>
      <p>
        {[areaName(plan.area_id), known.length > 0 ? tn("tonight.with", { names: list(known) }) : ""]
          .filter(Boolean)
          .join(" · ")}
      </p>
      {plan.status === "cancelled" ? <p>{tn("tonight.cancelled")}</p> : null}
      {isDue ? (
        <Button tone="main" wide onPress={() => go(startShift(newId(), plan.id))}>
          {tn("tonight.start")}
        </Button>
      ) : null}
    </Card>
  );
}

/** Before a shift: what a supervisor planned for this host, ready to be started. */
function Planned() {
  const views = planViews(records.value.plans.values(), shifts.value, {
    me: me.value?.id ?? "",
    now_ms: now_ms.value,
  });
  if (views.length === 0) return null;
  return (
    <Section title={tn("tonight.planned", { n: views.length })}>
      {views.map((view) => (
        <PlanCard key={view.plan.id} view={view} />
      ))}
    </Section>
  );
}

/** What the evening begins with: the focus, what the last shift left, and what may still be there. */
export function Tonight() {
  const shift = current.value;
  const briefings = inForce(records.value.briefings.values(), now_ms.value, shift?.areaId ?? null);
  return (
    <>
      {shift ? null : <Planned />}
      {briefings.length > 0 ? (
        <Section title={tn("tonight.focus")}>
          {briefings.map((one) => (
            <Briefing key={one.id} briefing={one} />
          ))}
        </Section>
      ) : null}
      <Handovers />
      <Talk />
      <Returned />
      <WhatCame />
      <Questions />
    </>
  );
}
