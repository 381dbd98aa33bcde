import moon from "lucide-static/icons/moon.svg?raw";
import { useState } from "preact/hooks";
import type { MissingLine } from "../followup/answers";
import { timeNear } from "../text";
import { tr } from "../text/review";
import { Banner, Empty } from "../ui";
import { ask } from "./ask";
import { overdueMinutes } from "./completeness";
import { DeskPage } from "./DeskPage";
import { live, minute_ms } from "./desk-state";
import { Fetched } from "./Fetched";
import { followed } from "./followed";
import { Lazy } from "./Lazy";
import { RevokedPhones } from "./RevokedPhones";
import { ShiftCard } from "./ShiftCard";
import { ThreatsBeside, useThreats } from "./StaffThreats";
import { SteppedBack } from "./SteppedBack";
import type { ShiftRow } from "./types";
import { useMedia } from "./use-media";
import { useResource } from "./use-resource";
import { WaitingLine } from "./WaitingLine";

/** Overdue first, then who has been out longest. */
function ordered(shifts: readonly ShiftRow[], now: number): ShiftRow[] {
  const late = (shift: ShiftRow) => overdueMinutes(shift.next_due, now) ?? -1;
  return [...shifts].sort((a, b) => late(b) - late(a) || Date.parse(a.started_at) - Date.parse(b.started_at));
}

/** At the cards, since they look the same whether anybody still hears of them or not. */
function LostWord() {
  const line = live.value;
  if (line.is !== "lost") return null;
  const time = timeNear(new Date(line.since_ms).toISOString(), minute_ms.value);
  return <Banner tone="note">{tr("board_old", { time })}</Banner>;
}

interface BoardProps {
  shifts: ShiftRow[];
  threats: readonly MissingLine[];
  isOld: boolean;
}

function Board({ shifts, threats, isOld }: BoardProps) {
  const now = minute_ms.value;
  const overdue = shifts.filter(({ next_due }) => overdueMinutes(next_due, now) !== null).length;
  if (shifts.length === 0)
    return (
      <Empty icon={moon} title={tr("none_out")}>
        <p>{tr("none_out_why")}</p>
      </Empty>
    );
  return (
    <>
      <p class="board-sum" role="status">
        <span>
          <i class="dot" aria-hidden="true" /> {tr("out", { n: shifts.length })}
        </span>
        <span class={overdue > 0 ? "overdue-word" : undefined}>
          {overdue > 0 ? (
            <>
              <i class="peak" aria-hidden="true" /> {tr("overdue_count", { n: overdue })}
            </>
          ) : (
            tr("none_overdue")
          )}
        </span>
      </p>
      <div class={isOld ? "board old" : "board"}>
        {ordered(shifts, now).map((shift) => (
          <ShiftCard
            key={shift.id}
            shift={shift}
            threats={threats.filter(({ shift_id }) => shift_id === shift.id)}
          />
        ))}
      </div>
    </>
  );
}

const loadSide = () => import("./TonightSide");
/** A phone would fetch the map only to scroll past it: there it has its own tab. */
const WIDE = "(min-width: 72rem)";

const out = () =>
  followed<ShiftRow[]>({
    all: (stop) => ask.out(Date.now(), stop),
    some: async (known, named, stop) => [
      ...(await ask.outOf(named, stop)),
      ...known.filter(({ id }) => !named.includes(id)),
    ],
  });

export function Tonight() {
  const isWide = useMedia(WIDE);
  const [board] = useState(out);
  const shifts = useResource("out", board.question, board.concerns, board.missed);
  const threats = useThreats();
  const { state } = shifts.loaded.value;
  return (
    <DeskPage title={tr("tonight")}>
      <div class="tonight">
        <div class="tonight-board">
          <SteppedBack />
          <WaitingLine />
          {state === "ready" ? <LostWord /> : null}
          <Fetched resource={shifts}>
            {(rows) => (
              <>
                <ThreatsBeside
                  lines={threats.filter(({ shift_id }) => !rows.some(({ id }) => id === shift_id))}
                />
                <Board
                  shifts={rows}
                  threats={threats}
                  isOld={state === "stale" || live.value.is === "lost"}
                />
              </>
            )}
          </Fetched>
          <RevokedPhones />
        </div>
        {isWide ? <Lazy isMap load={loadSide} props={{}} /> : null}
      </div>
    </DeskPage>
  );
}
