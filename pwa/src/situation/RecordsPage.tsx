import arrow from "lucide-static/icons/arrow-left.svg?raw";
import { DeskPage } from "../review/DeskPage";
import { Fetched } from "../review/Fetched";
import { useResource } from "../review/use-resource";
import { tw } from "../text/week";
import { Empty, LinkButton } from "../ui";
import { ask } from "./ask";
import { RecordTable } from "./RecordTable";
import { weekHref } from "./routes";
import { askedOf } from "./rules";

export function RecordsPage({ week, query }: { week: string; query: URLSearchParams }) {
  const asked = askedOf(query);
  const found = useResource(
    `${week} ${JSON.stringify(asked)}`,
    (stop) => ask.records(week, asked, stop),
    ({ kinds }) => kinds.includes("observation"),
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
                <p class="quiet-words">{tw("records_more", { n: items.length, total })}</p>
              ) : null}
            </>
          )
        }
      </Fetched>
    </DeskPage>
  );
}
