import { newId } from "../outbox";
import { ShowMore } from "../review/ShowMore";
import { tfo } from "../text/focus";
import { LinkButton } from "../ui";
import type { Briefing } from "./answers";
import { Validity, Words } from "./BriefingCard";
import { ReadBy } from "./ReadBy";
import { editHref } from "./routes";

interface Props {
  items: readonly Briefing[];
  total: number;
  busy: boolean;
  onMore: () => void;
}

export function Earlier({ items, total, busy, onMore }: Props) {
  if (items.length === 0) return <p class="quiet-words">{tfo("earlier_none")}</p>;
  return (
    <>
      <ul class="briefings-earlier">
        {items.map((one) => (
          <li key={one.id}>
            <div>
              <Validity briefing={one} />
              {one.active ? null : <p class="quiet-words">{tfo("withdrawn")}</p>}
            </div>
            <div>
              <Words briefing={one} />
              <ReadBy briefing={one} />
            </div>
            <LinkButton tone="quiet" href={editHref(newId(), { copy: one.id })}>
              {tfo("copy")}
            </LinkButton>
          </li>
        ))}
      </ul>
      {total > items.length ? (
        <ShowMore shown={tfo("earlier_shown", { n: items.length, total })} busy={busy} onMore={onMore} />
      ) : null}
    </>
  );
}
