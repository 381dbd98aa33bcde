import moon from "lucide-static/icons/moon.svg?raw";
import { useState } from "preact/hooks";
import { tr } from "../text/review";
import { Empty } from "../ui";
import { ask } from "./ask";
import { overdueMinutes } from "./completeness";
import { DeskPage } from "./DeskPage";
import { minute_ms } from "./desk-state";
import { Fetched } from "./Fetched";
import { followed } from "./followed";
import { Lazy } from "./Lazy";
import { RevokedPhones } from "./RevokedPhones";
import { ShiftCard } from "./ShiftCard";
import type { ShiftRow } from "./types";
import { useMedia } from "./use-media";
import { useResource } from "./use-resource";

/** Overdue first, then who has been out longest. */
function ordered(shifts: readonly ShiftRow[], now: number): ShiftRow[] {
  const late = (shift: ShiftRow) => overdueMinutes(shift.next_due, now) ?? -1;
  return [...shifts].sort((a, b) => late(b) - late(a) || Date.parse(a.started_at) - Date.parse(b.started_at));
}

function Board({ shifts }: { shifts: ShiftRow[] }) {
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
      <div class="board">
        {ordered(shifts, now).map((shift) => (
          <ShiftCard key={shift.id} shift={shift} />
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
  return (
    <DeskPage title={tr("tonight")}>
      <div class="tonight">
        <div class="tonight-board">
          <Fetched resource={shifts}>{(rows) => <Board shifts={rows} />}</Fetched>
          <RevokedPhones />
        </div>
        {isWide ? <Lazy isMap load={loadSide} props={{}} /> : null}
      </div>
    </DeskPage>
  );
}
