import siren from "lucide-static/icons/siren.svg?raw";
import warning from "lucide-static/icons/triangle-alert.svg?raw";
import { useState } from "preact/hooks";
import { isOwn } from "../alert/state";
import { ApiError } from "../api/index";
import type { AlertValue } from "../store/types";
import { list } from "../text";
import { tl } from "../text/alarm";
import { Banner, Button, Icon } from "../ui";
import { AlarmHistory } from "./AlarmHistory";
import { alarms, askAlarms, doubtOf, loadedAlarms, unseen } from "./alarm-state";
import { doubtWords, kindWords, whatWords, whereWords } from "./alarm-words";
import { isSeen } from "./alarms";
import { ask } from "./ask";
import { known } from "./desk-state";
import { names } from "./names";
import { shiftHref } from "./routes";

/** Saying that one has seen it, and that it is over: each is told where it was pressed. */
function Acts({ alert }: { alert: AlertValue }) {
  const [busy, setBusy] = useState<"" | "ack" | "over">("");
  const [trouble, setTrouble] = useState("");
  const say = async (what: "ack" | "over", act: () => Promise<unknown>) => {
    setBusy(what);
    try {
      await act();
      setTrouble("");
    } catch (error) {
      setTrouble(tl(error instanceof ApiError && error.status === 404 ? "desk_gone" : "desk_failed"));
    }
    setBusy("");
    askAlarms();
  };
  return (
    <>
      <div class="row">
        {isSeen(alert) || isOwn({ hostId: alert.host_id }) ? null : (
          <Button
            tone="main"
            busy={busy === "ack"}
            onPress={() => void say("ack", () => ask.acknowledge(alert.id))}
          >
            {tl("desk_ack")}
          </Button>
        )}
        <Button busy={busy === "over"} onPress={() => void say("over", () => ask.clear(alert.id))}>
          {tl("over")}
        </Button>
      </div>
      {trouble ? <Banner tone="danger">{trouble}</Banner> : null}
    </>
  );
}

function Alarm({ alert }: { alert: AlertValue }) {
  const words = names(known.value, []);
  const who = words.person(alert.host_id ?? "");
  const seenBy = [...new Set(alert.acknowledged.map(({ author_id }) => words.person(author_id)))];
  const where = whereWords(alert);
  return (
    <li>
      <div class={`alarm ${isSeen(alert) ? "seen" : alert.kind}`} role={isSeen(alert) ? undefined : "alert"}>
        <Icon svg={alert.kind === "overdue" ? warning : siren} />
        <div class="alarm-words">
          <p class="alarm-what">
            <strong>{kindWords(alert.kind)}</strong> {whatWords(alert, who)}
          </p>
          {alert.note ? <p class="entry-text">{alert.note}</p> : null}
          <p class="quiet-words">
            {[where, seenBy.length > 0 ? tl("desk_seen", { names: list(seenBy) }) : ""]
              .filter(Boolean)
              .join(" · ")}
            {alert.shift_id ? (
              <>
                {" "}
                <a href={shiftHref(alert.shift_id)}>{tl("to_shift")}</a>
              </>
            ) : null}
          </p>
          <AlarmHistory steps={alert.steps} />
        </div>
        <Acts alert={alert} />
      </div>
    </li>
  );
}

/** Over every page of the desk: what asks for somebody now, until somebody answers by name. */
export function AlarmBar() {
  const doubt = doubtOf(loadedAlarms.value);
  if (doubt === null && alarms.value.length === 0) return null;
  return (
    <section class={unseen.value.length > 0 ? "alarm-bar unseen" : "alarm-bar"} aria-label={tl("desk")}>
      {doubt ? (
        <Banner tone="danger" action={<Button onPress={askAlarms}>{tl("desk_retry")}</Button>}>
          {doubtWords(doubt)}
        </Banner>
      ) : null}
      {alarms.value.length > 0 ? (
        <ul>
          {alarms.value.map((alert) => (
            <Alarm key={alert.id} alert={alert} />
          ))}
        </ul>
      ) : null}
    </section>
  );
}
