import arrow from "lucide-static/icons/arrow-left.svg?raw";
import { DeskPage } from "../review/DeskPage";
import { Fetched } from "../review/Fetched";
import { usePages } from "../review/pages";
import { ShowMore } from "../review/ShowMore";
import { tw } from "../text/week";
import { Empty, LinkButton } from "../ui";
import { ask } from "./ask";
import { RecordTable } from "./RecordTable";
import { weekHref } from "./routes";

const CHANGES = ["observation", "escalation"];

export function RecordsPage({ week, asked }: { week: string; asked: Record<string, string> }) {
  const { found, busy, more } = usePages(
    (pages, stop) => ask.records(week, asked, pages, stop),
    ({ kinds }) => kinds.some((kind) => CHANGES.includes(kind)),
  );
  return (
    <DeskPage
      title={tw("records")}
      lead={
        <LinkButton tone="quiet" icon={arrow} href={weekHref(week)}>
          {tw("edition_back")}
        </LinkButton>
      }
    >
      <Fetched resource={found}>
        {({ items, total }) =>
          items.length === 0 ? (
            <Empty title={tw("records_none")} />
          ) : (
            <>
              <RecordTable rows={items} caption={tw("records")} />
              {total > items.length ? (
                <ShowMore shown={tw("records_more", { n: items.length, total })} busy={busy} onMore={more} />
              ) : null}
            </>
          )
        }
      </Fetched>
    </DeskPage>
  );
}
