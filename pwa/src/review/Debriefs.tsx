import { useState } from "preact/hooks";
import { newId } from "../outbox/ids";
import { timeNear } from "../text";
import { tt } from "../text/talk";
import { Banner, Button, Section } from "../ui";
import { askDebriefs, type Line, STATUSES, type Status, sayDebrief } from "./debriefs";
import { minute_ms } from "./desk-state";
import { type Refused, refusedBy } from "./refused";
import { useResource } from "./use-resource";

function statusWords(status: string): string {
  const known = STATUSES.find((one) => one === status);
  return known ? tt(known) : status;
}

interface Props {
  line: Line;
  onSaid: () => void;
  onShow: (id: string) => void;
}

function Talk({ line, onSaid, onShow }: Props) {
  const [phase, setPhase] = useState<"open" | Status | Refused>("open");
  const { word } = line;
  const time = timeNear(line.happened_from, minute_ms.value);
  const isSaying = STATUSES.some((one) => one === phase);
  const say = async (status: Status) => {
    if (isSaying || status === word?.status) return;
    setPhase(status);
    try {
      await sayDebrief(line, status, newId());
      setPhase("open");
      onSaid();
    } catch (error) {
      setPhase(refusedBy(error));
      if (refusedBy(error) === "newer") onSaid();
    }
  };
  return (
    <li class="alarm">
      <div class="alarm-words">
        <p>
          <strong>{tt("desk_line", { time })}</strong>
        </p>
        <p class="quiet-words">
          {word
            ? tt("word", {
                status: statusWords(word.status),
                name: word.author.name,
                time: timeNear(word.stated_at, minute_ms.value),
              })
            : tt("no_word")}
        </p>
        <fieldset class="row answers talk">
          <legend class="visually-hidden">{tt("choose", { time })}</legend>
          {STATUSES.map((one) => (
            <Button
              key={one}
              pressed={word?.status === one}
              busy={phase === one}
              onPress={() => void say(one)}
            >
              {tt(one)}
            </Button>
          ))}
          <Button tone="quiet" onPress={() => onShow(line.observation_id)}>
            {tt("to_entry")}
          </Button>
        </fieldset>
        <div role="status">
          {phase === "open" || isSaying ? null : <Banner tone="danger">{tt(phase as Refused)}</Banner>}
        </div>
      </div>
    </li>
  );
}

/** For each record of suicide risk: whether whoever was there is offered a talk afterwards. */
export function Debriefs({ shift, onShow }: { shift: string; onShow: (id: string) => void }) {
  const found = useResource(
    `debriefs-${shift}`,
    (stop) => askDebriefs(shift, stop),
    (change) =>
      change.shifts.includes(shift) &&
      change.kinds.some((kind) => kind === "debrief" || kind === "observation"),
  );
  const loaded = found.loaded.value;
  // That there is no network, or no sign-in, the log beside this says.
  if (loaded.state === "error" && loaded.problem === "failed")
    return <p class="quiet-words">{tt("unknown")}</p>;
  if (loaded.state === "loading" || loaded.state === "error" || loaded.data.length === 0) return null;
  return (
    <Section title={tt("title")}>
      <ul class="shift-alarms">
        {loaded.data.map((line) => (
          <Talk key={line.observation_id} line={line} onSaid={found.refresh} onShow={onShow} />
        ))}
      </ul>
    </Section>
  );
}
