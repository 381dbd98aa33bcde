import { useState } from "preact/hooks";
import { DeskPage } from "../review/DeskPage";
import { minute_ms } from "../review/desk-state";
import { Fetched } from "../review/Fetched";
import { PLANNING } from "../review/routes";
import { useMedia } from "../review/use-media";
import { useResource } from "../review/use-resource";
import { wallOf } from "../text/clock";
import { tp } from "../text/plan";
import { Button, Empty, go, LinkButton, route, Tabs } from "../ui";
import { ask, type Plan, type Planned, type Plans } from "./ask";
import { EveningForm } from "./EveningForm";
import { List, Month } from "./Month";
import MyCalendar from "./MyCalendar";
import { addMonths, isMonth, weeksOf } from "./rules";
import { SeriesForm } from "./SeriesForm";
import { monthWords } from "./words";
import "../admin/admin.css";
import "./plan.css";

/** As it was when it was opened: another may take it away while somebody writes in it. */
type Open =
  | { is: "no" }
  | { is: "new" }
  | { is: "evening"; month: string; row: Planned }
  | { is: "series"; month: string; row: Plan };
type View = "manad" | "lista";

function hrefOf(month: string, view: View | null): string {
  return `${PLANNING}?manad=${month}${view === null ? "" : `&vy=${view}`}`;
}

interface OpenedProps {
  open: Open;
  month: string;
  found: Plans;
  onOpen: (next: Open) => void;
  onClose: () => void;
}

/** What is being changed stays open while others change it, or take it away. */
function Opened({ open, month, found, onOpen, onClose }: OpenedProps) {
  if (!("row" in open) || open.month !== month) return null;
  if (open.is === "series") {
    const series = found.plans.find(({ id }) => id === open.row.id);
    return (
      <SeriesForm
        key={open.row.id}
        series={series ?? open.row}
        isGone={!series}
        day={wallOf(minute_ms.value).date}
        onClose={onClose}
      />
    );
  }
  const evening = found.shifts.find(({ id }) => id === open.row.id);
  const series = found.plans.find(({ id }) => id === open.row.plan_id);
  return (
    <EveningForm
      key={open.row.id}
      evening={evening ?? open.row}
      isGone={!evening}
      onClose={onClose}
      onSeries={() => onOpen(series ? { is: "series", month, row: series } : { is: "no" })}
    />
  );
}

/** Coming shifts, month by month; the address keeps what one looks at. */
export default function Planning() {
  const isNarrow = useMedia("(max-width: 60rem)");
  const today = wallOf(minute_ms.value).date;
  const { query } = route.value;
  const asked = query.get("manad");
  const month = isMonth(asked) ? asked : today.slice(0, 7);
  const said = query.get("vy");
  const chosen: View | null = said === "lista" || said === "manad" ? said : null;
  const view: View = chosen ?? (isNarrow ? "lista" : "manad");
  const weeks = weeksOf(month);
  const [from, to] = [weeks[0]?.[0] ?? "", weeks.at(-1)?.at(-1) ?? ""];
  const found = useResource(
    month,
    (stop) => ask.plans(from, to, stop),
    ({ kinds }) => kinds.includes("plan"),
  );
  const [open, setOpen] = useState<Open>({ is: "no" });
  const close = () => {
    setOpen({ is: "no" });
    found.refresh();
  };
  return (
    <DeskPage
      title={`${tp("planning")} ${monthWords(month)}`}
      action={
        <Button tone="main" onPress={() => setOpen({ is: "new" })}>
          {tp("new")}
        </Button>
      }
    >
      <p class="quiet-words">{tp("planning_about")}</p>
      <div class="row plan-bar">
        <LinkButton href={hrefOf(addMonths(month, -1), chosen)}>
          <span class="sr-only">{tp("month_before")}: </span>‹ {monthWords(addMonths(month, -1))}
        </LinkButton>
        <LinkButton href={hrefOf(addMonths(month, 1), chosen)}>
          <span class="sr-only">{tp("month_after")}: </span>
          {monthWords(addMonths(month, 1))} ›
        </LinkButton>
        <Tabs<View>
          label={tp("view")}
          tabs={[
            { value: "manad", label: tp("view_month") },
            { value: "lista", label: tp("view_list") },
          ]}
          value={view}
          onChange={(next) => go(hrefOf(month, next), { replace: true })}
        />
      </div>
      <Fetched resource={found}>
        {({ shifts, plans }) => {
          const isEmpty = !shifts.some(({ day }) => day.startsWith(month));
          const onOpen = (row: Planned) => setOpen({ is: "evening", month, row });
          return (
            <>
              {isEmpty ? <Empty title={tp("none", { month: monthWords(month) })} /> : null}
              {view === "manad" ? (
                <Month month={month} shifts={shifts} today={today} onOpen={onOpen} />
              ) : isEmpty ? null : (
                <List month={month} shifts={shifts} onOpen={onOpen} />
              )}
              <Opened open={open} month={month} found={{ shifts, plans }} onOpen={setOpen} onClose={close} />
            </>
          );
        }}
      </Fetched>
      <MyCalendar />
      {open.is === "new" ? <SeriesForm series={null} day={today} onClose={close} /> : null}
    </DeskPage>
  );
}
