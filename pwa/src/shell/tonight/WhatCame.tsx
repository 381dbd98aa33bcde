import { useState } from "preact/hooks";
import { isCovered, isRestricted, useReveal } from "../../observation/cover";
import { Reveal } from "../../observation/Reveal";
import { categoryName, observations } from "../../observation/state";
import { placeName } from "../../place/state";
import { personName } from "../../shift/state";
import { me, records } from "../../store/state";
import type { FollowupValue } from "../../store/types";
import { date, t, timeNear } from "../../text";
import { tw } from "../../text/follow";
import { tg } from "../../text/guard";
import { Button, Card, Section } from "../../ui";
import { now_ms } from "../../ui/now";
import { logEntry } from "../../ui/routes";
import { about, news } from "./came";

const FIRST = 3;
const KINDS = ["fault_report", "concern_report", "contact", "visit", "other"] as const;
const OUTCOMES = ["fixed", "reported", "planned", "gone", "nothing"] as const;

function stateWords(one: FollowupValue): string {
  if (one.status === "closed") {
    const outcome = OUTCOMES.find((code) => code === one.outcome);
    return tw(outcome ?? "unknown_outcome");
  }
  const kind = KINDS.find((code) => code === one.kind);
  return tw("host_open", { what: tw(kind ?? "unknown_kind"), date: date(`${one.due}T12:00:00Z`) });
}

function Came({ one }: { one: FollowupValue }) {
  const words = one.hidden ? tg("hidden") : one.result;
  const said = [
    personName(one.owner_id),
    one.sent_at ? tw("host_sent", { time: timeNear(one.sent_at, now_ms.value) }) : "",
  ].filter(Boolean);
  return (
    <>
      <p>
        <strong>{stateWords(one)}</strong>
      </p>
      {words ? <p class="said">{words}</p> : null}
      {said.length > 0 ? <p class="quiet-words">{said.join(" · ")}</p> : null}
    </>
  );
}

/** A phone keeps records for a fortnight: an older one has no page here any more. */
function linkTo({ observation_id }: FollowupValue) {
  return records.value.observations.has(observation_id) ? { href: logEntry(observation_id) } : {};
}

const isClosed = ({ category, observation_id }: FollowupValue) =>
  isRestricted(category) || observations.value.some((view) => view.id === observation_id && isCovered(view));

/** Of a restricted record neither what it was about nor what became of it, until somebody asks. */
function News({ one }: { one: FollowupValue }) {
  const [isOpen, setOpen] = useReveal();
  const isProtected = isClosed(one);
  const name = isProtected ? t("observation.covered") : categoryName(one.category);
  const seen = tw("seen_at", { time: timeNear(one.happened_from, now_ms.value) });
  const card = (
    <Card {...linkTo(one)}>
      <p>
        {name} <span class="quiet-words">{one.place_id && !isProtected ? placeName(one.place_id) : ""}</span>{" "}
        <small class="quiet-words">{seen}</small>
      </p>
      {isProtected && !isOpen ? null : <Came one={one} />}
    </Card>
  );
  if (!isProtected) return card;
  return (
    <div class="stack">
      {card}
      <Reveal isOpen={isOpen} what={`${name}, ${seen}`} onChange={setOpen} />
    </div>
  );
}

/** The start view: what became of reports lately, one's own first. */
export function WhatCame() {
  const [isAll, setAll] = useState(false);
  const all = news(records.value.followups.values(), me.value?.id ?? "", now_ms.value);
  if (all.length === 0) return null;
  const shown = isAll ? all : all.slice(0, FIRST);
  return (
    <Section title={tw("host_title")}>
      {shown.map((one) => (
        <News key={one.id} one={one} />
      ))}
      {shown.length < all.length ? (
        <Button tone="quiet" onPress={() => setAll(true)}>
          {tw("host_all", { n: all.length - shown.length })}
        </Button>
      ) : null}
    </Section>
  );
}

/** On the record itself. */
export function WhatCameOf({ id }: { id: string }) {
  const all = about(records.value.followups.values(), id);
  if (all.length === 0) return null;
  return (
    <Section title={tw("host_title")}>
      {all.map((one) => (
        <Card key={one.id}>
          <Came one={one} />
        </Card>
      ))}
    </Section>
  );
}
