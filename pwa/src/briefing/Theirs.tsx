import { known } from "../review/desk-state";
import type { Editing } from "../review/editing";
import { names } from "../review/names";
import { tfo } from "../text/focus";
import { Button } from "../ui";
import type { Fields } from "./rules";

/** What somebody else wrote meanwhile, beside what is being typed: the fields below stay as they are. */
export function Theirs({ editing }: { editing: Editing<Fields> }) {
  const { theirs } = editing;
  if (!theirs) return null;
  const { text, places, from, to } = theirs.fields;
  const named = names(known.value, []);
  return (
    <section class="card note theirs" role="status" aria-label={tfo("theirs")}>
      <h2>{tfo("theirs")}</h2>
      <p class="quiet-words">{tfo("theirs_about")}</p>
      <p class="said">{text}</p>
      <ul class="focus-places">
        {places.map(({ place_id, hours }) => (
          <li key={place_id}>
            <strong>{named.place(place_id)}</strong> {hours}
          </li>
        ))}
      </ul>
      <p class="quiet-words">
        {tfo("valid", { from: `${from.date} ${from.time}`, to: `${to.date} ${to.time}` })}
      </p>
      <div class="row">
        <Button onPress={editing.keepMine}>{tfo("theirs_keep")}</Button>
        <Button tone="quiet" onPress={editing.takeTheirs}>
          {tfo("theirs_take")}
        </Button>
      </div>
    </section>
  );
}
