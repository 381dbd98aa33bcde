import { tp } from "../text/plan";
import { Table, Tbody, Td, Th, Thead, Tr } from "../ui/Table";
import type { Planned } from "./ask";
import { weekNumber, weeksOf } from "./rules";
import { areaName, dayName, dayWords, hostNames, statusWord, timesWords } from "./words";

interface Props {
  month: string;
  shifts: readonly Planned[];
  today: string;
  onOpen: (shift: Planned) => void;
}

function Cell({ shift, onOpen }: { shift: Planned; onOpen: () => void }) {
  const isCancelled = shift.status === "cancelled";
  return (
    <button type="button" class={`plan-cell${isCancelled ? " off" : ""}`} onClick={onOpen}>
      <span class="sr-only">{dayWords(shift.day)} </span>
      <strong>{timesWords(shift)}</strong>
      <span>{isCancelled ? statusWord(shift.status) : areaName(shift.area_id)}</span>
      <span>{hostNames(shift.hosts)}</span>
    </button>
  );
}

/** A month as calendars show it: a week a row. */
export function Month({ month, shifts, today, onOpen }: Props) {
  return (
    <table class="plan-month">
      <caption class="sr-only">{tp("planning")}</caption>
      <thead>
        <tr>
          <th scope="col">
            <span class="sr-only">{tp("week")}</span>
          </th>
          {[0, 1, 2, 3, 4, 5, 6].map((weekday) => (
            <th key={weekday} scope="col">
              {dayName(weekday)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeksOf(month).map((week) => (
          <tr key={week[0]}>
            <th scope="row">{tp("week_short", { n: weekNumber(week[0] ?? "") })}</th>
            {week.map((day) => (
              <td
                key={day}
                class={day.slice(0, 7) === month ? undefined : "beside"}
                aria-current={day === today ? "date" : undefined}
              >
                <span class="plan-day">{Number(day.slice(8))}</span>
                {shifts
                  .filter((shift) => shift.day === day)
                  .map((shift) => (
                    <Cell key={shift.id} shift={shift} onOpen={() => onOpen(shift)} />
                  ))}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The same as a list: for narrow screens, for print, and for whoever reads it that way. */
export function List({ month, shifts, onOpen }: Omit<Props, "today">) {
  const own = shifts.filter(({ day }) => day.startsWith(month));
  return (
    <Table class="desk-table plan-list">
      <caption class="sr-only">{tp("planning")}</caption>
      <Thead>
        <Tr>
          <Th scope="col">{tp("col_day")}</Th>
          <Th scope="col">{tp("col_time")}</Th>
          <Th scope="col">{tp("col_area")}</Th>
          <Th scope="col">{tp("col_hosts")}</Th>
          <Th scope="col">{tp("col_state")}</Th>
        </Tr>
      </Thead>
      <Tbody>
        {own.map((shift) => (
          <Tr key={shift.id} class={shift.status === "cancelled" ? "off" : undefined}>
            <Th scope="row">
              <button type="button" class="button quiet" onClick={() => onOpen(shift)}>
                {dayWords(shift.day)}
              </button>
            </Th>
            <Td data-label={tp("col_time")}>{timesWords(shift)}</Td>
            <Td data-label={tp("col_area")}>{areaName(shift.area_id)}</Td>
            <Td data-label={tp("col_hosts")}>{hostNames(shift.hosts)}</Td>
            <Td data-label={tp("col_state")}>
              {statusWord(shift.status)}
              {shift.is_own && shift.status === "planned" ? ` · ${tp("own")}` : ""}
            </Td>
          </Tr>
        ))}
      </Tbody>
    </Table>
  );
}
