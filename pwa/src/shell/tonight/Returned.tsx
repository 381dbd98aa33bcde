import { returned } from "../../shift/returned";
import { personName, shifts } from "../../shift/state";
import { me, records } from "../../store/state";
import type { ReviewValue } from "../../store/types";
import { date, timeNear } from "../../text";
import { tg } from "../../text/guard";
import { tb } from "../../text/returned";
import { Card, LinkButton, Section } from "../../ui";
import { now_ms } from "../../ui/now";
import { endedShift, LOG } from "../../ui/routes";

function words(one: ReviewValue): string {
  return one.hidden ? tg("hidden") : one.note || tb("no_note");
}

function Sent({ review }: { review: ReviewValue }) {
  const shift = shifts.value.find(({ id }) => id === review.target);
  if (!shift) return null;
  const name = personName(review.author_id);
  const told = { date: date(shift.startedAt), name };
  return (
    <Card tone="note">
      <p>
        <strong>{name ? tb("head", told) : tb("head_nameless", told)}</strong>{" "}
        <small class="quiet-words">{timeNear(review.stated_at, now_ms.value)}</small>
      </p>
      <p class="said">{words(review)}</p>
      <div class="row equal">
        <LinkButton href={endedShift(shift.id)}>{tb("open")}</LinkButton>
        <LinkButton href={LOG}>{tb("log")}</LinkButton>
      </div>
    </Card>
  );
}

/** One's own shifts that a supervisor has sent back, until a later review takes them. */
export function Returned() {
  const mine = new Set(
    shifts.value.filter(({ hosts }) => hosts.includes(me.value?.id ?? "")).map(({ id }) => id),
  );
  const all = returned(records.value.reviews.values()).filter(({ target }) => mine.has(target));
  if (all.length === 0) return null;
  return (
    <Section title={tb("title")}>
      {all.map((one) => (
        <Sent key={one.id} review={one} />
      ))}
    </Section>
  );
}
