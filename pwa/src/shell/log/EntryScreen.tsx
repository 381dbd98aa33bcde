import { kindName } from "../../checkin/kinds";
import type { CheckinView } from "../../checkin/view";
import { EscalationScreen } from "../../escalation/EscalationScreen";
import { HiddenNote } from "../../guard/HiddenNote";
import { ObservationDetail } from "../../observation/Detail";
import { categoryName } from "../../observation/state";
import { placeName } from "../../place/state";
import type { Stated } from "../../shift/send";
import { personName } from "../../shift/state";
import { dateTime, t, timeNear } from "../../text";
import { ta } from "../../text/aside";
import { Empty, Page, StateWord } from "../../ui";
import { now_ms } from "../../ui/now";
import { LOG } from "../../ui/routes";
import { TalkAbout } from "../tonight/Talk";
import { WhatCameOf } from "../tonight/WhatCame";
import { Comments } from "./Comments";
import type { Entry } from "./entries";
import { SendAbout } from "./SendAbout";
import { everyEntry } from "./state";
import { stepName } from "./words";

function Head({ view }: { view: Stated }) {
  const name = personName(view.authorId) || t("shift.colleague");
  return (
    <>
      <p class="row">
        <span class="quiet-words">{ta("log_said", { time: dateTime(view.statedAt), name })}</span>
        <StateWord send={view.send} />
      </p>
      <SendAbout send={view.send} />
    </>
  );
}

function CheckinDetail({ view }: { view: CheckinView }) {
  const rows: [string, string][] = [
    [t("place.label"), view.placeId === null ? "" : placeName(view.placeId)],
    [t("checkin.next"), view.nextDue === null ? "" : timeNear(view.nextDue, now_ms.value)],
    [t("checkin.note"), view.note ?? ""],
  ];
  const said = rows.filter(([, words]) => words !== "");
  return (
    <>
      <dl class="facts">
        {said.map(([label, words]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{words}</dd>
          </div>
        ))}
      </dl>
      <p class="quiet-words">{view.hasPosition ? t("checkin.withPosition") : t("place.position.noneSaid")}</p>
    </>
  );
}

function titleOf(entry: Exclude<Entry, { kind: "escalation" }>): string {
  if (entry.kind === "observation") return categoryName(entry.view.content.category);
  return entry.kind === "checkin" ? kindName(entry.view.kind) : stepName(entry.view.step);
}

/** One entry whole, with what has been said about it since. */
export function EntryScreen({ id }: { id: string }) {
  const entry = everyEntry.value.find(({ view }) => view.id === id);
  if (!entry)
    return (
      <Page title={t("nav.log")} back={LOG}>
        <Empty title={ta("log_unknown")} />
      </Page>
    );
  if (entry.kind === "escalation") return <EscalationScreen id={id} />;
  return (
    <Page title={titleOf(entry)} back={LOG}>
      <Head view={entry.view} />
      <HiddenNote id={id} />
      {entry.kind === "observation" ? <ObservationDetail view={entry.view} /> : null}
      {entry.kind === "observation" ? <TalkAbout id={id} /> : null}
      {entry.kind === "observation" ? <WhatCameOf id={id} /> : null}
      {entry.kind === "checkin" ? <CheckinDetail view={entry.view} /> : null}
      <Comments target={id} />
    </Page>
  );
}
