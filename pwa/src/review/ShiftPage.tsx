import back from "lucide-static/icons/chevron-left.svg?raw";
import printer from "lucide-static/icons/printer.svg?raw";
import { useEffect, useMemo, useState } from "preact/hooks";
import { useDuplicates } from "../followup/duplicates";
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
import { PdfButton } from "./PdfButton";
import { Review } from "./Review";
import { SHIFTS } from "./routes";
import { ShiftAlarms } from "./ShiftAlarms";
import { ShiftHeader } from "./ShiftHeader";
import { lastRead, noteRead } from "./since";
import { TimelineList } from "./TimelineList";
import { timeline } from "./timeline";
import type { ShiftLog } from "./types";
import { useResource } from "./use-resource";
import { shiftTitle } from "./words";

const loadMap = () => import("./ShiftMap");

/** The row that the map shows is brought to the reader, and takes the focus. */
function showRow(id: string): void {
  for (const button of document.querySelectorAll<HTMLElement>("[data-entry]"))
    if (button.dataset.entry === id) button.focus();
}

function Log({ log, onSaid }: { log: ShiftLog; onSaid: () => void }) {
  const { shift, entries, seq } = log;
  const reader = me.value?.id ?? "";
  const [read] = useState(() => lastRead(reader, shift.id));
  useEffect(() => noteRead(reader, shift.id, { seq, at: new Date().toISOString() }), [reader, shift.id, seq]);
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
  const words = useMemo(() => names(reference, shift.crew), [reference, shift.crew]);
  return (
    <>
      <ShiftHeader shift={shift} />
      <ShiftAlarms id={shift.id} />
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
          {entries.length === 0 ? (
            <Empty title={tr("timeline_empty")} />
          ) : (
            <TimelineList
              lines={lines}
              names={words}
              selected={selected}
              onSelect={setSelected}
              read={read}
            />
          )}
          <Review log={log} onSaid={onSaid} />
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
    // That a photo has come whole is told of no shift: it may be named in several.
    (change) => change.shifts.includes(id) || change.kinds.includes("blob"),
  );
  useDuplicates(id);
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
        <>
          <PdfButton key={id} id={id} />
          <Button icon={printer} onPress={() => window.print()}>
            {tr("print")}
          </Button>
        </>
      }
    >
      <Fetched resource={log}>{(data) => <Log log={data} onSaid={log.refresh} />}</Fetched>
    </DeskPage>
  );
}
