import { useState } from "preact/hooks";
import { recordHref } from "../review/who";
import { dayAndTime } from "../text";
import { tz } from "../text/retention";
import { Button, Section } from "../ui";
import type { Hold } from "./answers";
import { ask } from "./ask";
import { ReasonSheet } from "./ReasonSheet";

const title = ({ shift_date }: Hold) =>
  shift_date === null ? tz("shift_gone") : tz("shift_of", { day: shift_date });

export function holdWords({ reason, hidden, author, stated_at }: Hold): string {
  const by = { name: author?.name ?? tz("none"), time: dayAndTime(stated_at) };
  return hidden || reason === null ? tz("hold_hidden", by) : tz("hold_by", { ...by, reason });
}

function Line({ hold, onLift }: { hold: Hold; onLift: () => void }) {
  const href = recordHref(hold.shift_id);
  return (
    <li>
      <div>
        <p>{href === null ? title(hold) : <a href={href}>{title(hold)}</a>}</p>
        <p class="quiet-words">{holdWords(hold)}</p>
      </div>
      <Button tone="quiet" name={tz("lift_of", { what: title(hold) })} onPress={onLift}>
        {tz("lift")}
      </Button>
    </li>
  );
}

/** Shifts that are kept whatever is decided. */
export function Holds({ holds, onSaid }: { holds: readonly Hold[]; onSaid: () => void }) {
  const [lifted, setLifted] = useState<Hold | null>(null);
  return (
    <Section title={tz("holds")}>
      <p class="quiet-words">{tz("holds_about")}</p>
      {holds.length === 0 ? <p>{tz("holds_none")}</p> : null}
      <ul class="retention-holds">
        {holds.map((hold) => (
          <Line key={hold.shift_id} hold={hold} onLift={() => setLifted(hold)} />
        ))}
      </ul>
      {lifted ? (
        <ReasonSheet
          what="lift"
          onSay={(reason, kept) =>
            ask.hold(lifted.shift_id, lifted.version, { active: false, reason, ...kept })
          }
          onClose={(isSaid) => {
            setLifted(null);
            if (isSaid) onSaid();
          }}
        />
      ) : null}
    </Section>
  );
}
