import late from "lucide-static/icons/triangle-alert.svg?raw";
import { DeskPage } from "../review/DeskPage";
import { known, minute_ms } from "../review/desk-state";
import { Fetched } from "../review/Fetched";
import { names } from "../review/names";
import { FOLLOW, followHref, MISSING } from "../review/routes";
import { useResource } from "../review/use-resource";
import { timeNear } from "../text";
import { tw } from "../text/follow";
import { Empty, Icon, LinkButton, route } from "../ui";
import { Table, Tbody, Td, Th, Thead, Tr } from "../ui/Table";
import type { Followup } from "./answers";
import { ask, PAGE_SIZE, type Shown } from "./ask";
import { dayWords, kindWords, outcomeWords, recordWords, stillWords } from "./words";
import "./followup.css";

const SHOWN: readonly [Shown, "open" | "only_overdue" | "closed"][] = [
  ["open", "open"],
  ["overdue", "only_overdue"],
  ["closed", "closed"],
];
const WORDS_IN_ADDRESS: Record<string, Shown> = { forsenade: "overdue", klara: "closed" };

function listHref(shown: Shown, page = 1): string {
  const word = Object.entries(WORDS_IN_ADDRESS).find(([, value]) => value === shown)?.[0];
  const query = new URLSearchParams();
  if (word) query.set("visa", word);
  if (page > 1) query.set("sida", String(page));
  const text = query.toString();
  return text ? `${FOLLOW}?${text}` : FOLLOW;
}

function Row({ one }: { one: Followup }) {
  const words = names(known.value, []);
  const now = minute_ms.value;
  const still = stillWords(one.answers, now);
  const seen = tw("seen_at", { time: timeNear(one.record.happened_from, now) });
  return (
    <Tr class={one.overdue ? "is-overdue" : undefined}>
      <Td class="when">
        {one.status === "closed" ? outcomeWords(one.outcome) : dayWords(one.due)}
        {one.overdue ? (
          <strong class="overdue-word">
            <Icon svg={late} /> {tw("overdue")}
          </strong>
        ) : null}
      </Td>
      <Td>
        <a href={followHref(one.id)}>
          {kindWords(one.kind)}: {recordWords(one.record, words)}
        </a>
        <small>{[seen, one.result].filter(Boolean).join(" · ")}</small>
        <small class="narrow">{[words.person(one.owner_id), still].filter(Boolean).join(" · ")}</small>
      </Td>
      <Td class="wide">{words.person(one.owner_id)}</Td>
      <Td class="wide">{still ?? "–"}</Td>
    </Tr>
  );
}

function Pager({ total, page, shown }: { total: number; page: number; shown: Shown }) {
  const pages = Math.max(1, Math.ceil(total / PAGE_SIZE));
  if (pages === 1) return null;
  return (
    <nav class="row pager" aria-label={tw("page", { page, pages })}>
      {page > 1 ? <LinkButton href={listHref(shown, page - 1)}>{tw("previous")}</LinkButton> : null}
      <span>{tw("page", { page, pages })}</span>
      {page < pages ? <LinkButton href={listHref(shown, page + 1)}>{tw("next")}</LinkButton> : null}
    </nav>
  );
}

function None({ shown }: { shown: Shown }) {
  if (shown === "closed") return <Empty title={tw("none_closed")} />;
  if (shown === "overdue") return <Empty title={tw("none_overdue")} />;
  return (
    <Empty title={tw("none")}>
      <p>{tw("none_why")}</p>
    </Empty>
  );
}

/** Whose it is and until when; overdue ones are the first of the open, and the tab counts them. */
export function Followups() {
  const { query } = route.value;
  const shown = WORDS_IN_ADDRESS[query.get("visa") ?? ""] ?? "open";
  const page = Math.max(1, Math.floor(Number(query.get("sida")) || 1));
  const list = useResource(
    `${shown}-${page}`,
    (stop) => ask.list(shown, page, stop),
    (change) => change.kinds.some((kind) => kind === "followup" || kind === "observation"),
  );
  return (
    <DeskPage title={tw("title")} action={<LinkButton href={MISSING}>{tw("missing")}</LinkButton>}>
      <nav class="choices" aria-label={tw("show")}>
        {SHOWN.map(([value, key]) => (
          <a
            key={value}
            class="button"
            href={listHref(value)}
            aria-current={value === shown ? "true" : undefined}
          >
            {value === shown ? "✓ " : ""}
            {tw(key)}
          </a>
        ))}
      </nav>
      <Fetched resource={list}>
        {(found) =>
          found.items.length === 0 ? (
            <None shown={shown} />
          ) : (
            <>
              <Table class="shift-table follow-table">
                <caption class="sr-only">{tw("title")}</caption>
                <Thead>
                  <Tr>
                    <Th scope="col">{shown === "closed" ? tw("outcome") : tw("due")}</Th>
                    <Th scope="col">{tw("what")}</Th>
                    <Th scope="col" class="wide">
                      {tw("owner")}
                    </Th>
                    <Th scope="col" class="wide">
                      {tw("still")}
                    </Th>
                  </Tr>
                </Thead>
                <Tbody>
                  {found.items.map((one) => (
                    <Row key={one.id} one={one} />
                  ))}
                </Tbody>
              </Table>
              <Pager total={found.total} page={page} shown={shown} />
            </>
          )
        }
      </Fetched>
    </DeskPage>
  );
}
