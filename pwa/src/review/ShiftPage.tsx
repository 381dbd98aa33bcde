import back from "lucide-static/icons/chevron-left.svg?raw";
import printer from "lucide-static/icons/printer.svg?raw";
import { useEffect, useMemo, useState } from "preact/hooks";
import { BesideTrouble, useBeside } from "../followup/Beside";
import { me } from "../store/state";
import { tr } from "../text/review";
import { Button, Empty, LinkButton, route } from "../ui";
import { ask } from "./ask";
import { Debriefs } from "./Debriefs";
import { DeskPage } from "./DeskPage";
import { known, minute_ms } from "./desk-state";
import { Fetched } from "./Fetched";
import { Lazy } from "./Lazy";
import { names } from "./names";
import { Review } from "./Review";
import { SHIFTS } from "./routes";
import { ShiftHeader } from "./ShiftHeader";
import { ShiftPaper } from "./ShiftPaper";
import { ShownLog, showRow } from "./shown-log";
import { lastRead, readWhileSeen } from "./since";
import { TimelineList } from "./TimelineList";
import { timeline } from "./timeline";
import type { ShiftLog } from "./types";
import { useResource } from "./use-resource";
import { shiftTitle } from "./words";

const loadMap = () => import("./ShiftMap");
const loadHold = () => import("../retention/ShiftHold");
/** The log tells the names of these, too. */
const NAMED = ["user", "place", "area"];

function Log({ log, onSaid }: { log: ShiftLog; onSaid: () => void }) {
  const { shift, entries, seq } = log;
  const reader = me.value?.id ?? "";
  const [read] = useState(() => lastRead(reader, shift.id));
  useEffect(() => readWhileSeen(reader, shift.id, seq), [reader, shift.id, seq]);
  const [selected, setSelected] = useState<string | null>(null);
  // From a search: the record that was found.
  useEffect(() => {
    const found = route.value.query.get("post");
    if (found === null) return;
    setSelected(found);
    showRow(found);
  }, []);
  const now = shift.status === "open" ? minute_ms.value : null;
  const reference = known.value;
  const lines = useMemo(() => timeline(entries, now), [entries, now]);
  const { crew, shift_date } = shift;
  const words = useMemo(() => names(reference, crew, shift_date), [reference, crew, shift_date]);
  const around = useMemo(() => ({ shift: shift.id, entries, onSaid }), [shift.id, entries, onSaid]);
  return (
    <>
      <ShiftHeader shift={shift} />
      <Debriefs shift={shift.id} onShow={showRow} />
      <div class="shift-body">
        <section aria-labelledby="timeline-title">
          <div class="timeline-head">
            <h2 id="timeline-title">{tr("timeline")}</h2>
            <p class="quiet-words">
              {tr("entries", { n: entries.length })}
              <span class="keys"> · {tr("timeline_help")}</span>
            </p>
          </div>
          <BesideTrouble />
          {entries.length === 0 ? (
            <Empty title={tr("timeline_empty")} />
          ) : (
            <ShownLog.Provider value={around}>
              <TimelineList
                lines={lines}
                names={words}
                selected={selected}
                onSelect={setSelected}
                read={read}
              />
            </ShownLog.Provider>
          )}
          <Review log={log} onSaid={onSaid} />
          <Lazy key={shift.id} load={loadHold} props={{ shift: shift.id }} />
        </section>
        <Lazy isMap load={loadMap} props={{ entries, selected, onSelect: showRow }} />
      </div>
    </>
  );
}

export function ShiftPage({ id }: { id: string }) {
  const log = useResource(
    id,
    (stop) => ask.shift(id, stop),
    ({ shifts, kinds }) => shifts.includes(id) || kinds.some((kind) => NAMED.includes(kind)),
  );
  useBeside(id);
  const loaded = log.loaded.value;
  const shift = loaded.state === "ready" || loaded.state === "stale" ? loaded.data.shift : null;
  return (
    <DeskPage
      title={shift ? shiftTitle(shift) : tr("shifts")}
      lead={
        <LinkButton tone="quiet" icon={back} href={SHIFTS}>
          {tr("back_to_shifts")}
        </LinkButton>
      }
      action={
        shift === null ? null : (
          <>
            <ShiftPaper key={id} id={id} />
            <Button icon={printer} onPress={() => window.print()}>
              {tr("print")}
            </Button>
          </>
        )
      }
    >
      <Fetched resource={log} missing={tr("no_shift")}>
        {(data) => <Log log={data} onSaid={log.refresh} />}
      </Fetched>
    </DeskPage>
  );
}
