import { known } from "../review/desk-state";
import { names } from "../review/names";
import { isOverseer, recordHref } from "../review/who";
import { dateTime, list } from "../text";
import { tw } from "../text/week";
import { Table, Tbody, Td, Th, Thead, Tr } from "../ui/Table";
import type { RecordRow } from "./answers";

function toShift({ shift_id, id, target, happened_from }: RecordRow) {
  const href = recordHref(shift_id, target ?? id);
  if (href === null) return null;
  return (
    <a class="count" href={href} aria-label={`${tw("to_shift")}: ${dateTime(happened_from)}`}>
      {tw("to_shift")}
    </a>
  );
}

/** What, where and when; the words are read in the shift, where a reading is noted. */
export function RecordTable({ rows, caption }: { rows: readonly RecordRow[]; caption: string }) {
  const { category, action, service, outcome } = names(known.value, []);
  return (
    <Table class="week-table records">
      <caption class="unseen">{caption}</caption>
      <Thead>
        <Tr>
          <Th scope="col">{tw("when")}</Th>
          <Th scope="col" class="wide-cell">
            {tw("what")}
          </Th>
          <Th scope="col" class="wide-cell">
            {tw("where")}
          </Th>
          {isOverseer.value ? (
            <Th scope="col" class="wide-cell">
              {tw("to_shift")}
            </Th>
          ) : null}
        </Tr>
      </Thead>
      <Tbody>
        {rows.map((row) => (
          <Tr key={row.id}>
            <Th scope="row">{dateTime(row.happened_from)}</Th>
            <Td class="wide-cell">
              {row.category === null ? service(row.service ?? "") : category(row.category)}
              {row.outcome === null ? "" : ` · ${outcome(row.outcome)}`}
              {row.status === "retracted" ? ` · ${tw("retracted")}` : ""}
              {row.status === "amended" ? ` · ${tw("amended")}` : ""}
              {row.actions.length > 0 ? ` · ${list(row.actions.map(action))}` : ""}
            </Td>
            <Td class="wide-cell">{row.name ?? (row.category === null ? "–" : tw("place_none"))}</Td>
            {isOverseer.value ? <Td class="wide-cell">{toShift(row)}</Td> : null}
          </Tr>
        ))}
      </Tbody>
    </Table>
  );
}
