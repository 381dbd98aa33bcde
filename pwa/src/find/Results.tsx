import eyeOff from "lucide-static/icons/lock.svg?raw";
import { known } from "../review/desk-state";
import { type Names, names as namesOf } from "../review/names";
import { Severity } from "../review/Severity";
import type { Reference } from "../review/types";
import { tf } from "../text/find";
import { Icon } from "../ui";
import { Table, Tbody, Td, Th, Thead, Tr } from "../ui/Table";
import type { Item } from "./answers";
import { dayOf, hrefOfItem, marks, textWords, whatWords, whenWords, whereWords } from "./words";

const COLUMNS = ["col_time", "col_what", "col_where", "col_text"] as const;

interface RowProps {
  item: Item;
  names: Names;
  reference: Reference | null;
}

function What({ item, names }: Omit<RowProps, "reference">) {
  const href = hrefOfItem(item);
  const words = whatWords(item, names);
  return href ? (
    <a href={href} data-hit>
      {words}
    </a>
  ) : (
    <span>
      {words} {item.shift_id === null ? <small>({tf("no_shift")})</small> : null}
    </span>
  );
}

function Row({ item, names, reference }: RowProps) {
  const told = marks(item);
  return (
    <Tr class={item.status === "retracted" ? "is-retracted" : undefined}>
      <Td class="when">{whenWords(item)}</Td>
      <Td>
        <What item={item} names={names} />
        {item.severity === null ? null : <Severity level={item.severity} names={names} />}
      </Td>
      <Td>{whereWords(item, reference)}</Td>
      <Td class="find-text">
        {told.length > 0 ? (
          <span class="find-marks">
            {item.restricted ? <Icon svg={eyeOff} /> : null}
            {told.join(" · ")}
          </span>
        ) : null}
        <span class={item.text === null ? "quiet-words" : undefined}>{textWords(item)}</span>
      </Td>
    </Tr>
  );
}

/** Neighbours of one day, in the order that they come. */
function byDay(items: readonly Item[]): [string, Item[]][] {
  const days: [string, Item[]][] = [];
  for (const item of items) {
    const last = days.at(-1);
    if (last?.[0] === dayOf(item)) last[1].push(item);
    else days.push([dayOf(item), [item]]);
  }
  return days;
}

/** What was found, by day. On a narrow screen each row is a card. */
export function Results({ items }: { items: readonly Item[] }) {
  const reference = known.value;
  const names = namesOf(reference, []);
  return (
    <Table class="shift-table find-table">
      <caption class="sr-only">{tf("results")}</caption>
      <Thead>
        <Tr>
          {COLUMNS.map((column) => (
            <Th key={column} scope="col">
              {tf(column)}
            </Th>
          ))}
        </Tr>
      </Thead>
      {byDay(items).map(([day, rows]) => (
        <Tbody key={rows[0]?.id}>
          <Tr class="day">
            <Th scope="rowgroup" colSpan={COLUMNS.length}>
              {day}
            </Th>
          </Tr>
          {rows.map((item) => (
            <Row key={item.id} item={item} names={names} reference={reference} />
          ))}
        </Tbody>
      ))}
    </Table>
  );
}
