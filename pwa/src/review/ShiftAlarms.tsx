import type { AlertValue } from "../store/types";
import { list } from "../text";
import { tl } from "../text/alarm";
import { Section } from "../ui";
import { AlarmHistory } from "./AlarmHistory";
import { kindWords, overWords, whatWords } from "./alarm-words";
import { ask } from "./ask";
import { known } from "./desk-state";
import { names } from "./names";
import { useResource } from "./use-resource";

function Line({ alert }: { alert: AlertValue }) {
  const words = names(known.value, []);
  const seenBy = [...new Set(alert.acknowledged.map(({ author_id }) => words.person(author_id)))];
  const said = [
    seenBy.length > 0 ? tl("desk_seen", { names: list(seenBy) }) : tl("desk_unseen"),
    overWords(alert, words),
  ];
  return (
    <li class="alarm">
      <div class="alarm-words">
        <p>
          <strong>{kindWords(alert.kind)}</strong> {whatWords(alert, words.person(alert.host_id ?? ""))}
        </p>
        <p class="quiet-words">{said.filter(Boolean).join(" · ")}</p>
        <AlarmHistory steps={alert.steps} />
      </div>
    </li>
  );
}

/** Every alarm of a shift, also those that are over: who was told when, and who answered. */
export function ShiftAlarms({ id }: { id: string }) {
  const found = useResource(
    `alarms-${id}`,
    (stop) => ask.alertsOf(id, stop),
    (change) => change.shifts.includes(id) && change.kinds.includes("alert"),
  );
  const loaded = found.loaded.value;
  // That there is no network, or no sign-in, the log beside this says.
  if (loaded.state === "error" && loaded.problem === "failed")
    return <p class="quiet-words">{tl("desk_unknown")}</p>;
  if (loaded.state === "loading" || loaded.state === "error" || loaded.data.length === 0) return null;
  return (
    <Section title={tl("desk")}>
      <ul class="shift-alarms">
        {loaded.data.map((alert) => (
          <Line key={alert.id} alert={alert} />
        ))}
      </ul>
    </Section>
  );
}
