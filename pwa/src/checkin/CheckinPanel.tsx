import check from "lucide-static/icons/shield-check.svg?raw";
import { newId } from "../outbox";
import { current } from "../shift/state";
import type { CheckinKind, Iso } from "../store/types";
import { t, time } from "../text";
import { Banner, Button, FocusAfter, go, StateWord } from "../ui";
import { now_ms } from "../ui/now";
import { checkin as checkinRoute } from "../ui/routes";
import { kindName } from "./kinds";
import { type Countdown, countdown, dueAt } from "./rules";
import { checkins, promised, unheardBy, usualPromise_min } from "./state";
import { type Held as HeldTap, held, hold, sealHeld, undo } from "./undo";

/** "Försenad 0 minuter" is nobody's way of saying it. */
const lateWords = (minutes: number) =>
  minutes === 0 ? t("checkin.now") : t("checkin.overdue", { n: minutes });

/** With coverage a check-in is on its way for a moment: nobody is told of that. */
const PATIENCE_MS = 5_000;

/** What the server knows is what others are told by: said as long as it is not what the host has said. */
function unheardWords(isLate: boolean): string {
  const isOnline = navigator.onLine;
  const waiting = unheardBy.value;
  if (waiting === null) return isLate && !isOnline ? t("checkin.unheard.late") : "";
  if (isOnline && now_ms.value - Date.parse(waiting.since) < PATIENCE_MS) return "";
  if (waiting.due === null) return t("checkin.unheard.nothing");
  const isOver = Date.parse(waiting.due) < now_ms.value;
  return t(isOver ? "checkin.unheard.over" : "checkin.unheard", { time: time(waiting.due) });
}

function Counted({ due, minutes, isOverdue, left }: Countdown & { due: Iso }) {
  return (
    <>
      <p>
        <span>{t("checkin.next")}</span> <strong>{time(due)}</strong>
        <span class="next-due-left">
          {isOverdue ? lateWords(minutes) : t("checkin.left", { n: minutes })}
        </span>
      </p>
      <progress max={1} value={left} aria-hidden="true" />
    </>
  );
}

/** The next promised check-in, counted down in words and as a bar, and whether the server knows of it. */
export function NextDue() {
  const one = promised.value;
  const due = one?.nextDue ?? null;
  const counted = one && due ? countdown(one.statedAt, due, now_ms.value) : null;
  return (
    <div class={counted?.isOverdue ? "next-due overdue" : "next-due"}>
      {counted && due ? (
        <Counted due={due} {...counted} />
      ) : (
        <p class="quiet-words">{t("checkin.noPromise")}</p>
      )}
      <p class="next-due-unheard" role="status">
        {unheardWords(counted?.isOverdue ?? false)}
      </p>
    </div>
  );
}

function Held({ one }: { one: HeldTap }) {
  if (one.phase === "failed")
    return (
      <Banner tone="danger" action={<Button onPress={() => void sealHeld()}>{t("ui.retry")}</Button>}>
        {t("checkin.notSaved")}
      </Banner>
    );
  return (
    <Banner
      tone="calm"
      icon={check}
      action={
        <Button busy={one.phase === "sealing"} onPress={() => void undo()}>
          {t("checkin.undo")}
        </Button>
      }
    >
      {t("checkin.held", { time: time(one.at) })}
    </Banner>
  );
}

/** What the tap came to, where the tap was: undoable, saved, or not saved. */
export function AfterTap() {
  const one = held.value;
  if (one)
    return (
      <FocusAfter near=".main-acts button">
        <Held one={one} />
      </FocusAfter>
    );
  const last = checkins.value.find((known) => known.shiftId === current.value?.id);
  if (!last) return null;
  return (
    <p class="last-checkin">
      <span>
        {t("checkin.last", { kind: kindName(last.kind), time: time(last.statedAt) })}
        {last.send.state === "other" || last.hasPosition ? "" : ` · ${t("checkin.noPosition")}`}
      </span>
      <StateWord send={last.send} />
    </p>
  );
}

/** One tap says that all is well, with the same promise as last time. */
export function OkButton() {
  const say = () => {
    const next_due = dueAt(Date.now(), usualPromise_min.peek());
    hold({ kind: "ok", place_id: null, note: null, next_due }, current.peek()?.id ?? null);
  };
  return (
    <Button tone="main" large wide icon={check} busy={held.value !== null} onPress={say}>
      {t("checkin.kind.ok")}
    </Button>
  );
}

const OTHERS: readonly CheckinKind[] = ["arrived", "left", "round", "pause"];

export function OtherCheckins() {
  return (
    <div class="row quarter">
      {OTHERS.map((kind) => (
        <Button key={kind} onPress={() => go(checkinRoute(newId(), kind))}>
          {kindName(kind)}
        </Button>
      ))}
    </div>
  );
}
