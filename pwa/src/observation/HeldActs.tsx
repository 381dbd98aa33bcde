import pencil from "lucide-static/icons/pencil.svg?raw";
import back from "lucide-static/icons/undo-2.svg?raw";
import { useEffect, useState } from "preact/hooks";
import { HOLD_MS, newId, undoHeld } from "../outbox";
import { heldRows, me } from "../store/state";
import { tu } from "../text/undo";
import { Button, FocusAfter, goFromHere } from "../ui";
import { correction, HOME, logEntry, observation } from "../ui/routes";
import { coverName } from "./cover";
import { categoryName, observations } from "./state";

const TICK_MS = 1_000;

/** The own record of this id can still be had back. */
export const isHeld = (id: string) =>
  heldRows.value.some((row) => row.id === id && row.author === me.value?.id);

/** How much is left, as a bar: nobody has to read a number that changes, and no screen reader is told one. */
function Left({ until_ms }: { until_ms: number }) {
  const [left_ms, setLeft] = useState(() => until_ms - Date.now());
  useEffect(() => {
    const timer = setInterval(() => setLeft(until_ms - Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, [until_ms]);
  return <progress max={HOLD_MS} value={Math.min(HOLD_MS, Math.max(0, left_ms))} aria-hidden="true" />;
}

interface Props {
  id: string;
  /** What it is, where that is not said beside it. */
  what?: string;
}

/** For ten seconds after a save; later, what was said is corrected or retracted with a reason. */
export function HeldActs({ id, what }: Props) {
  const row = heldRows.value.find((one) => one.id === id && one.author === me.value?.id);
  const view = observations.value.find((one) => one.id === id);
  if (!row || !view) return null;
  const name = what ?? categoryName(view.content.category);
  // Too late by a moment: it is on its way, and the way back is another one.
  const takeBack = async (to: string, late: string) => {
    const lead = goFromHere();
    lead((await undoHeld(id)) ? to : late);
  };
  const undo = () => takeBack(HOME, logEntry(id));
  const edit = () => takeBack(observation(id), correction(newId(), id));
  return (
    <FocusAfter class="held" near={`a[href="${logEntry(id)}"]`}>
      <p role="status">{what === undefined ? tu("soon") : tu("soon_name", { what })}</p>
      <Left until_ms={row.held.until_ms} />
      <div class="row equal">
        <Button icon={back} name={tu("undo_name", { what: name })} onPress={() => void undo().catch(unsaid)}>
          {tu("undo")}
        </Button>
        <Button
          icon={pencil}
          name={tu("edit_name", { what: name })}
          onPress={() => void edit().catch(unsaid)}
        >
          {tu("edit")}
        </Button>
      </div>
    </FocusAfter>
  );
}

/** The database takes no write: the record is as it was, and the strip that names the trouble is on the screen. */
const unsaid = () => undefined;

/** What was saved a moment ago: after "Spara, ny" all of it; at the thumb of the start view the last. */
export function JustSaved({ onlyLast = false }: { onlyLast?: boolean }) {
  const own = heldRows.value.filter(({ author }) => author === me.value?.id);
  return own.slice(onlyLast ? -1 : 0).map(({ id }) => {
    const view = observations.value.find((one) => one.id === id);
    return view ? <HeldActs key={id} id={id} what={coverName(view)} /> : null;
  });
}
