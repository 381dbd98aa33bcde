import { useState } from "preact/hooks";
import { newId } from "../outbox";
import { known } from "../review/desk-state";
import { problemOf } from "../review/load";
import { names } from "../review/names";
import { dateTime } from "../text";
import { tfo } from "../text/focus";
import { tg } from "../text/guard";
import { Banner, Button, LinkButton } from "../ui";
import type { Briefing } from "./answers";
import { ask } from "./ask";
import { ReadBy } from "./ReadBy";
import { editHref } from "./routes";

const areaName = (id: string | null) =>
  (id && known.value?.areas.find((area) => area.id === id)?.name) || tfo("all_areas");

export function Validity({ briefing }: { briefing: Briefing }) {
  const { valid_from, valid_to, area_id } = briefing;
  return (
    <p class="quiet-words">
      {tfo("valid", { from: dateTime(valid_from), to: dateTime(valid_to) })} · {areaName(area_id)}
    </p>
  );
}

export function Words({ briefing }: { briefing: Briefing }) {
  const named = names(known.value, []);
  return (
    <>
      {briefing.hidden ? <p class="said">{tg("hidden")}</p> : null}
      {briefing.text ? <p class="said">{briefing.text}</p> : null}
      {briefing.places.length > 0 ? (
        <ul class="focus-places">
          {briefing.places.map(({ place_id, hours }) => (
            <li key={place_id}>
              <strong>{named.place(place_id)}</strong> {hours}
            </li>
          ))}
        </ul>
      ) : null}
    </>
  );
}

/** Asked twice, since every host stops seeing it. */
function Withdraw({ briefing, onChanged }: { briefing: Briefing; onChanged: () => void }) {
  const [isAsking, setAsking] = useState(false);
  const [state, setState] = useState<"idle" | "busy" | "failed">("idle");
  const withdraw = async () => {
    setState("busy");
    try {
      await ask.withdraw(briefing);
      onChanged();
    } catch (error) {
      setState(problemOf(error) === "not_found" ? "idle" : "failed");
    }
  };
  if (!isAsking)
    return (
      <Button tone="quiet" onPress={() => setAsking(true)}>
        {tfo("withdraw")}
      </Button>
    );
  return (
    <fieldset class="withdraw">
      <legend class="unseen">{tfo("withdraw")}</legend>
      <p>{tfo("withdraw_ask")}</p>
      <div class="row">
        <Button tone="danger" busy={state === "busy"} onPress={() => void withdraw()}>
          {tfo("withdraw_yes")}
        </Button>
        <Button onPress={() => setAsking(false)}>{tfo("cancel")}</Button>
      </div>
      {state === "failed" ? <Banner tone="danger">{tfo("failed")}</Banner> : null}
    </fieldset>
  );
}

export function BriefingCard({ briefing, onChanged }: { briefing: Briefing; onChanged: () => void }) {
  const { id, settled } = briefing;
  return (
    <article class="card lantern briefing">
      <Validity briefing={briefing} />
      <Words briefing={briefing} />
      <ReadBy briefing={briefing} />
      {settled ? <p class="quiet-words">{tfo("settled")}</p> : null}
      <div class="row">
        {settled ? (
          <LinkButton href={editHref(newId(), { note: id })}>{tfo("note")}</LinkButton>
        ) : (
          <LinkButton href={editHref(id)}>{tfo("change")}</LinkButton>
        )}
        <LinkButton tone="quiet" href={editHref(newId(), { copy: id })}>
          {tfo("copy")}
        </LinkButton>
        <Withdraw briefing={briefing} onChanged={onChanged} />
      </div>
    </article>
  );
}
