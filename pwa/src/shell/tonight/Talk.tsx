import { personName } from "../../shift/state";
import { me, records } from "../../store/state";
import type { DebriefValue, ObservationValue } from "../../store/types";
import { timeNear } from "../../text";
import { tt } from "../../text/talk";
import { Card, Section } from "../../ui";
import { now_ms } from "../../ui/now";
import { logEntry } from "../../ui/routes";

function words({ status, author_id }: DebriefValue, about: ObservationValue): string {
  if (status === "held") return tt("host_held");
  if (status === "not_needed") return tt("host_not_needed");
  const time = timeNear(about.happened.from, now_ms.value);
  const name = personName(author_id);
  return name ? tt("host_offered", { time, name }) : tt("host_offered_nameless", { time });
}

/** The start view: only while it is offered, and never what it was about: others may see the screen. */
export function Talk() {
  const { debriefs, observations } = records.value;
  const offered = [...debriefs.values()].flatMap((one) => {
    const about = observations.get(one.id);
    const isMine = about?.author_id === me.value?.id && about?.status !== "retracted";
    return about && isMine && one.status === "offered" ? [{ one, about }] : [];
  });
  if (offered.length === 0) return null;
  return (
    <Section title={tt("host_title")}>
      {offered.map(({ one, about }) => (
        <Card key={one.id} tone="lantern" href={logEntry(one.id)}>
          <p class="said">{words(one, about)}</p>
        </Card>
      ))}
    </Section>
  );
}

/** On the record itself. */
export function TalkAbout({ id }: { id: string }) {
  const one = records.value.debriefs.get(id);
  const about = records.value.observations.get(id);
  if (!one || !about) return null;
  return (
    <Section title={tt("host_title")}>
      <Card>
        <p class="said">{words(one, about)}</p>
      </Card>
    </Section>
  );
}
