import { useState } from "preact/hooks";
import { dateTime, timeNear } from "../text";
import { ty } from "../text/waiting";
import { Banner, Button } from "../ui";
import { minute_ms } from "./desk-state";
import { useResource } from "./use-resource";
import { askWaiting, type SteppedBack as Told } from "./waiting";

function words(told: Told): string[] {
  const { seen_seq: seen, here_seq: here, phones: all, phones_heard: heard, came_back: n, times } = told;
  const far =
    seen === null ? [] : [seen > here ? ty("back_ahead", { seen, here }) : ty("back_other", { seen })];
  const again =
    times > 1 ? [ty("back_again", { n: times, time: timeNear(told.again_at, minute_ms.value) })] : [];
  return [
    [ty("back_noticed", { time: timeNear(told.noticed_at, minute_ms.value) }), ...far, ...again].join(" "),
    ty("back_do"),
    [ty("back_heard", { heard, n: all }), n === 0 ? ty("back_none") : ty("back_came", { n })].join(" "),
  ];
}

function Open({ told, onDone }: { told: Told; onDone: () => void }) {
  const [phase, setPhase] = useState<"open" | "busy" | "failed">("open");
  const take = async () => {
    setPhase("busy");
    try {
      await askWaiting.acknowledge(told.epoch);
      setPhase("open");
    } catch {
      setPhase("failed");
    }
    onDone();
  };
  return (
    <Banner
      tone="danger"
      action={
        <Button busy={phase === "busy"} onPress={() => void take()}>
          {ty("back_take")}
        </Button>
      }
    >
      <p>
        <strong>{ty("back")}</strong>
      </p>
      {words(told).map((said) => (
        <p key={said}>{said}</p>
      ))}
      {phase === "failed" ? <p>{ty("back_failed")}</p> : null}
    </Banner>
  );
}

/** That the server went back in time, until somebody says by name that they look after it. */
export function SteppedBack() {
  const asked = useResource("epochs", askWaiting.epochs, ({ kinds }) => kinds.includes("epoch"));
  const found = asked.loaded.value;
  if (found.state === "error" && found.problem === "failed")
    return <p class="quiet-words">{ty("back_unknown")}</p>;
  if (found.state === "loading" || found.state === "error") return null;
  const { stepped_back: still, acknowledged } = found.data;
  return (
    <>
      {still ? <Open told={still} onDone={asked.refresh} /> : null}
      {acknowledged.map(({ at, name, noticed_at }) => (
        <p key={at} class="quiet-words">
          {ty("back_taken", { noticed: dateTime(noticed_at), time: timeNear(at, minute_ms.value), name })}
        </p>
      ))}
    </>
  );
}
