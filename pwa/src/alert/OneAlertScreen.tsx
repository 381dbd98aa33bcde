import check from "lucide-static/icons/circle-check.svg?raw";
import { useState } from "preact/hooks";
import { HiddenNote } from "../guard/HiddenNote";
import { add, newId } from "../outbox";
import { isUnsent } from "../shift/send";
import { list, time, timeNear } from "../text";
import { tl } from "../text/alarm";
import { Banner, Button, Empty, LinkButton, Page } from "../ui";
import { now_ms } from "../ui/now";
import { ALARM, HOME } from "../ui/routes";
import { end, ending, seal, undo } from "./over";
import { Reach, whereWords } from "./Reach";
import { Stages } from "./Stages";
import { alerts, isOwn, nameOf, namesOf, raiseOp } from "./state";
import { type AlertView, type Stage, stageOf } from "./view";
import "./alert.css";

const near = (iso: string) => timeNear(iso, now_ms.value);

function leadWords(stage: Stage): string {
  switch (stage.is) {
    case "queued":
      return tl("lead_queued");
    case "stuck":
      return tl("lead_stuck");
    case "held":
      return tl("lead_held");
    case "delivered":
      return tl("lead_delivered");
    case "seen":
      return tl("lead_seen", { names: namesOf(stage.by) });
  }
}

function overWords({ cleared }: AlertView): string {
  if (cleared === null) return "";
  const at = near(cleared.statedAt);
  if (cleared.cause === "checkin") return tl("is_over_checkin", { time: at });
  if (cleared.authorId === null) return tl("is_over_gone", { time: at });
  return tl("is_over_by", { time: at, name: nameOf(cleared.authorId) });
}

/** Whom the server has reached by now, by name. */
function ToldLine({ view }: { view: AlertView }) {
  const told = view.steps.flatMap((step) => step.told ?? []).filter(({ ok }) => ok);
  const names = [...new Set(told.map(({ person }) => nameOf(person)))];
  if (view.steps.length === 0 || (names.length === 0 && view.cleared !== null)) return null;
  return <p class="quiet-words">{names.length > 0 ? tl("told", { names: list(names) }) : tl("told_none")}</p>;
}

function Own({ view }: { view: AlertView }) {
  if (view.kind === "overdue")
    return (
      <>
        <Banner tone={view.acknowledged.length > 0 ? "note" : "danger"}>
          {tl("late_own", { time: near(view.dueAt ?? view.statedAt) })}
          {view.acknowledged.length > 0
            ? ` ${tl("stage_seen_by", { names: namesOf(view.acknowledged) })}.`
            : ""}
        </Banner>
        <LinkButton tone="main" large wide icon={check} href={HOME}>
          {tl("late_act")}
        </LinkButton>
      </>
    );
  const stage = stageOf(view, raiseOp(view.id));
  return (
    <>
      <div class={`card alarm-state ${stage.is}`}>
        <p role="status">{leadWords(stage)}</p>
        <Stages stage={stage} at={view.statedAt} />
      </div>
      <p class="quiet-words">{whereWords(view.position)}</p>
    </>
  );
}

function Colleagues({ view }: { view: AlertView }) {
  const name = nameOf(view.hostId);
  const isLate = view.kind === "overdue";
  return (
    <div class="card alarm-state">
      <p>
        <strong>
          {isLate
            ? tl("late", { name, time: near(view.dueAt ?? view.statedAt) })
            : tl("by", { name, time: near(view.statedAt) })}
        </strong>
      </p>
      {view.kind === "threat" ? <p>{tl("threat")}</p> : null}
      {view.note ? <p class="entry-text">{view.note}</p> : null}
      <HiddenNote id={view.id} />
      {isLate ? null : <p>{whereWords(view.position)}</p>}
      {view.acknowledged.length > 0 ? (
        <p>{tl("stage_seen_by", { names: namesOf(view.acknowledged) })}</p>
      ) : null}
    </div>
  );
}

/** Acknowledging is an op like all others: queued without coverage, and said so. */
function Acknowledge({ view }: { view: AlertView }) {
  const [isBusy, setBusy] = useState(false);
  const [hasFailed, setFailed] = useState(false);
  const mine = view.acknowledged.map(({ id }) => raiseOp(id)).find((op) => op !== null);
  if (mine) {
    const words =
      mine.sync.state === "acked" ? tl("ack_done", { time: time(mine.sync.receivedAt) }) : tl("ack_queued");
    return (
      <p class="quiet-words" role="status">
        {words}
      </p>
    );
  }
  const say = async () => {
    setBusy(true);
    try {
      const { id: target, shiftId: shift } = view;
      await add({ id: newId(), type: "alert.acknowledge", shift, position: null, data: { target } });
      setFailed(false);
    } catch {
      setFailed(true);
    }
    setBusy(false);
  };
  return (
    <>
      {hasFailed ? <Banner tone="danger">{tl("ack_failed")}</Banner> : null}
      <Button tone="main" large wide busy={isBusy} onPress={() => void say()}>
        {tl("ack")}
      </Button>
    </>
  );
}

function Over({ view }: { view: AlertView }) {
  const one = ending.value?.target === view.id ? ending.value : null;
  if (one?.phase === "failed")
    return (
      <Banner tone="danger" action={<Button onPress={() => void seal()}>{tl("over")}</Button>}>
        {tl("over_failed")}
      </Banner>
    );
  if (one)
    return (
      <Banner
        tone="calm"
        action={
          <Button busy={one.phase === "sealing"} onPress={undo}>
            {tl("over_undo")}
          </Button>
        }
      >
        {tl("over_held")}
      </Banner>
    );
  return (
    <Button large wide icon={check} onPress={() => end(view)}>
      {tl("over")}
    </Button>
  );
}

/** One alarm: how far it has come, and what to do. */
export function OneAlertScreen({ id }: { id: string }) {
  const view = alerts.value.find((one) => one.id === id);
  if (!view)
    return (
      <Page title={tl("title")} back={ALARM}>
        <Empty title={tl("unknown")}>
          <Reach position={null} />
        </Empty>
      </Page>
    );
  const own = isOwn(view);
  const title = view.kind === "overdue" ? tl("overdue") : view.kind === "test" ? tl("test") : tl("title");
  return (
    <Page title={title} back={HOME} footer={view.cleared ? undefined : <Acts view={view} isOwn={own} />}>
      {view.cleared ? (
        <Banner tone="calm" icon={check}>
          {overWords(view)}
          {isUnsent(view.send) ? ` ${tl("stage_queued")}.` : ""}
        </Banner>
      ) : null}
      {own ? <Own view={view} /> : <Colleagues view={view} />}
      <ToldLine view={view} />
      {view.cleared || view.kind === "test" ? null : <Reach position={view.position} />}
      {view.kind === "test" ? <p class="quiet-words">{tl("try_about")}</p> : null}
    </Page>
  );
}

function Acts({ view, isOwn: own }: { view: AlertView; isOwn: boolean }) {
  return (
    <div class="stack raise">
      {own ? null : <Acknowledge view={view} />}
      {own && view.kind === "overdue" ? null : <Over view={view} />}
    </div>
  );
}
