import { Fetched } from "../review/Fetched";
import type { Resource } from "../review/load";
import { ShowMore } from "../review/ShowMore";
import { dayAndTime } from "../text";
import { tz } from "../text/retention";
import { Section } from "../ui";
import { Table, Tbody, Td, Th, Thead, Tr } from "../ui/Table";
import type { Run, Runs } from "./answers";
import { keptWords, tookWords } from "./words";

const COLUMNS = ["when", "what", "older", "took", "left", "decision", "who"] as const;

function Row({ run }: { run: Run }) {
  const { cls, at, before, kept, reference, months, author } = run;
  return (
    <Tr>
      <Th scope="row" class="when">
        {dayAndTime(at)}
      </Th>
      <Td data-label={tz("what")}>{tz(cls)}</Td>
      <Td data-label={tz("older")}>{before}</Td>
      <Td data-label={tz("took")}>{tookWords(run)}</Td>
      <Td data-label={tz("left")}>{keptWords(kept) ?? tz("none")}</Td>
      <Td data-label={tz("decision")}>
        {tz("decision_months", { n: months, reference: reference ?? tz("none") })}
      </Td>
      <Td data-label={tz("who")}>{author?.name ?? tz("by_itself")}</Td>
    </Tr>
  );
}

function Lines({ runs: { items, total }, busy, onMore }: { runs: Runs; busy: boolean; onMore: () => void }) {
  if (items.length === 0) return <p>{tz("protocol_none")}</p>;
  return (
    <>
      <Table class="desk-table">
        <caption class="sr-only">{tz("protocol")}</caption>
        <Thead>
          <Tr>
            {COLUMNS.map((column) => (
              <Th key={column} scope="col">
                {tz(column)}
              </Th>
            ))}
          </Tr>
        </Thead>
        <Tbody>
          {items.map((run) => (
            <Row key={run.id} run={run} />
          ))}
        </Tbody>
      </Table>
      {items.length < total ? (
        <ShowMore shown={tz("protocol_shown", { n: items.length, total })} busy={busy} onMore={onMore} />
      ) : null}
    </>
  );
}

interface Props {
  found: Resource<Runs>;
  busy: boolean;
  onMore: () => void;
}

/** What was erased, when and by which decision. */
export function Protocol({ found, busy, onMore }: Props) {
  return (
    <Section title={tz("protocol")}>
      <Fetched resource={found}>{(runs) => <Lines runs={runs} busy={busy} onMore={onMore} />}</Fetched>
    </Section>
  );
}
