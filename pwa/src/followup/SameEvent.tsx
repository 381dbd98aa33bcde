import copies from "lucide-static/icons/copy.svg?raw";
import { useState } from "preact/hooks";
import type { Names } from "../review/names";
import { shiftHref } from "../review/routes";
import { distance } from "../text";
import { tw } from "../text/follow";
import { Banner, Button, Icon, route } from "../ui";
import { ask } from "./ask";
import { type Beside, besideOf, duplicates } from "./duplicates";

function about({ hint }: Beside): string {
  if (!hint) return "";
  if (hint.metres === null) return tw("dup_time", { minutes: hint.minutes });
  return tw("dup_near", { metres: distance(hint.metres), minutes: hint.minutes });
}

/** Said as it is: a hint may be wrong, a link was somebody's word, and both reports stay. */
function title({ other, pair }: Beside, names: Names): string {
  const params = { name: names.person(other.author_id ?? ""), time: names.time(other.happened_from) };
  if (!pair) return tw("dup_hint", params);
  return pair.is_same ? tw("dup_is", params) : tw("dup_two", params);
}

function One({ id, beside, names }: { id: string; beside: Beside; names: Names }) {
  const [busy, setBusy] = useState(false);
  const [hasFailed, setFailed] = useState(false);
  const { other, pair } = beside;
  const say = async (act: typeof ask.link) => {
    setBusy(true);
    try {
      await act({ one: id, other: other.id, based_on: pair?.version ?? null });
      setFailed(false);
    } catch {
      setFailed(true);
    }
    setBusy(false);
    duplicates.refresh();
  };
  const here = route.value.path[1];
  const words = [about(beside), pair ? tw("dup_said", { name: names.person(pair.author_id ?? "") }) : ""];
  return (
    <div class={`same-event${pair?.is_same ? " linked" : ""}${pair && !pair.is_same ? " apart" : ""}`}>
      <p>
        <Icon svg={copies} />
        <span>
          {other.shift_id && other.shift_id !== here ? (
            <a href={shiftHref(other.shift_id)}>{title(beside, names)}</a>
          ) : (
            title(beside, names)
          )}{" "}
          <small>{words.filter(Boolean).join(" · ")}</small>
        </span>
      </p>
      <div class="row">
        {pair?.is_same ? null : (
          <Button tone={pair ? "quiet" : "plain"} busy={busy} onPress={() => void say(ask.link)}>
            {pair ? tw("dup_undo") : tw("dup_same")}
          </Button>
        )}
        {pair && !pair.is_same ? null : (
          <Button tone="quiet" busy={busy} onPress={() => void say(ask.unlink)}>
            {pair ? tw("dup_apart") : tw("dup_not")}
          </Button>
        )}
      </div>
      {hasFailed ? <Banner tone="danger">{tw("dup_failed")}</Banner> : null}
    </div>
  );
}

/** Under a report: others that may be, or are, of the same event. */
export function SameEvent({ id, names }: { id: string; names: Names }) {
  return (
    <>
      {besideOf(id).map((beside) => (
        <One key={beside.other.id} id={id} beside={beside} names={names} />
      ))}
    </>
  );
}
