import late from "lucide-static/icons/triangle-alert.svg?raw";
import { beginHref, followHref } from "../review/routes";
import { tw } from "../text/follow";
import { Icon } from "../ui";
import type { Followup } from "./answers";
import { followupsOf } from "./of-shift";
import { dayWords, kindWords, outcomeWords } from "./words";

function One({ one }: { one: Followup }) {
  const isOpen = one.status === "open";
  const state = isOpen ? tw("due_by", { date: dayWords(one.due) }) : outcomeWords(one.outcome);
  return (
    <p class="followed">
      <a href={followHref(one.id)}>
        {tw(isOpen ? "followed" : "followed_closed", { what: `${kindWords(one.kind)}, ${state}` })}
      </a>
      {one.overdue ? (
        <strong>
          <Icon svg={late} /> {tw("overdue")}
        </strong>
      ) : null}
    </p>
  );
}

/** Under a report: what has been made of it. */
export function Followed({ id }: { id: string }) {
  return (
    <>
      {followupsOf(id).map((one) => (
        <One key={one.id} one={one} />
      ))}
    </>
  );
}

/** The way to begin: after what there is, since a second task may be right. */
export function FollowUp({ id, what }: { id: string; what: string }) {
  const isMore = followupsOf(id).some(({ status }) => status === "open");
  return (
    <a href={beginHref(id)} aria-label={tw(isMore ? "follow_more_name" : "follow_name", { what })}>
      {tw(isMore ? "follow_more" : "follow")}
    </a>
  );
}
