import fileOutput from "lucide-static/icons/file-output.svg?raw";
import { DeskPage } from "../review/DeskPage";
import { Fetched } from "../review/Fetched";
import { usePages } from "../review/pages";
import { FIND } from "../review/routes";
import { ShowMore } from "../review/ShowMore";
import { td } from "../text/disclosure";
import { Empty, LinkButton } from "../ui";
import { Table, Tbody, Td, Th, Thead, Tr } from "../ui/Table";
import type { Head, Page } from "./answers";
import { ask } from "./ask";
import { Flag } from "./Flag";
import { disclosureHref } from "./routes";
import { numberWords, statedWords, toWords } from "./words";

const COLUMNS = ["number", "when", "to", "reference", "records", "since"] as const;
const CHANGES = ["disclosure", "observation"];

function Row({ head }: { head: Head }) {
  const { id, to, recipient, reference, hidden } = head;
  const number = numberWords(head);
  return (
    <Tr>
      <Td>
        <a href={disclosureHref(id)} aria-label={td("one", { number })}>
          {number}
        </a>
      </Td>
      <Td class="when">{statedWords(head.stated_at)}</Td>
      <Td>
        {toWords(to)}
        {recipient ? <small>{recipient}</small> : null}
        {hidden ? <small>{td("words_hidden")}</small> : null}
      </Td>
      <Td class={reference ? undefined : "quiet-words"}>{reference ?? td("no_reference")}</Td>
      <Td>{td("records_n", { n: head.records })}</Td>
      <Td>
        <Flag n={head.corrected} />
      </Td>
    </Tr>
  );
}

function Register({ items }: { items: readonly Head[] }) {
  return (
    <Table class="shift-table disclosure-table">
      <caption class="sr-only">{td("title")}</caption>
      <Thead>
        <Tr>
          {COLUMNS.map((column) => (
            <Th key={column} scope="col">
              {td(column)}
            </Th>
          ))}
        </Tr>
      </Thead>
      <Tbody>
        {items.map((head) => (
          <Row key={head.id} head={head} />
        ))}
      </Tbody>
    </Table>
  );
}

function None() {
  return (
    <Empty icon={fileOutput} title={td("none")}>
      <p>{td("none_why")}</p>
      <LinkButton href={FIND}>{td("to_find")}</LinkButton>
    </Empty>
  );
}

function Listed({ page, busy, onMore }: { page: Page; busy: boolean; onMore: () => void }) {
  const { items, total } = page;
  if (items.length === 0) return <None />;
  return (
    <>
      <Register items={items} />
      {items.length < total ? (
        <ShowMore shown={td("shown", { n: items.length, total })} busy={busy} onMore={onMore} />
      ) : null}
    </>
  );
}

/** All that has been handed out, the newest first. */
export function ListPage() {
  const { found, busy, more } = usePages(ask.list, ({ kinds }) =>
    kinds.some((kind) => CHANGES.includes(kind)),
  );
  return (
    <DeskPage title={td("title")} action={<LinkButton href={FIND}>{td("to_find")}</LinkButton>}>
      <p class="quiet-words">{td("about")}</p>
      <Fetched resource={found}>{(page) => <Listed page={page} busy={busy} onMore={more} />}</Fetched>
    </DeskPage>
  );
}
