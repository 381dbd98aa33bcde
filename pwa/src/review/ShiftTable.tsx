import { date } from "../text";
import { tr } from "../text/review";
import { Table, Tbody, Td, Th, Thead, Tr } from "../ui/Table";
import { CompletenessLine } from "./CompletenessLine";
import { shiftHref } from "./routes";
import type { ShiftRow } from "./types";
import { countWords, crewWords, spanWords } from "./words";

const COLUMNS = ["col_time", "col_crew", "col_area", "col_counts", "col_complete"] as const;

function Row({ shift }: { shift: ShiftRow }) {
  const area = shift.area_name ?? tr("no_area");
  return (
    <Tr>
      <Td class="when">{spanWords(shift)}</Td>
      <Td>
        <a href={shiftHref(shift.id)}>{crewWords(shift)}</a>
        <small class="narrow">
          {area} · {countWords(shift)}
        </small>
      </Td>
      <Td class="wide">{area}</Td>
      <Td class="wide">{countWords(shift)}</Td>
      <Td>
        <CompletenessLine shift={shift} />
      </Td>
    </Tr>
  );
}

/** Neighbours of the same date, in the order that they come. */
function byDay(shifts: readonly ShiftRow[]): [string, ShiftRow[]][] {
  const days = new Map<string, ShiftRow[]>();
  for (const shift of shifts) {
    const rows = days.get(shift.shift_date) ?? [];
    days.set(shift.shift_date, [...rows, shift]);
  }
  return [...days];
}

/** Shifts by the date that they began, newest first as the server sends them. */
export function ShiftTable({ shifts }: { shifts: readonly ShiftRow[] }) {
  const days = byDay(shifts);
  return (
    <Table class="shift-table">
      <caption class="sr-only">{tr("shifts")}</caption>
      <Thead>
        <Tr>
          {COLUMNS.map((column) => (
            <Th
              key={column}
              scope="col"
              class={column === "col_area" || column === "col_counts" ? "wide" : undefined}
            >
              {tr(column)}
            </Th>
          ))}
        </Tr>
      </Thead>
      {days.map(([day, rows]) => (
        <Tbody key={day}>
          <Tr class="day">
            <Th scope="rowgroup" colSpan={COLUMNS.length}>
              {date(`${day}T12:00:00Z`)}
            </Th>
          </Tr>
          {rows.map((shift) => (
            <Row key={shift.id} shift={shift} />
          ))}
        </Tbody>
      ))}
    </Table>
  );
}
