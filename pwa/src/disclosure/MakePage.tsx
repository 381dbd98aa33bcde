import back from "lucide-static/icons/arrow-left.svg?raw";
import fileOutput from "lucide-static/icons/file-output.svg?raw";
import { useEffect, useMemo, useState } from "preact/hooks";
import { refusal } from "../find/refuse";
import { askedFrom, type Body, hrefOf } from "../find/rules";
import { body as bodyOf } from "../find/server";
import { DeskPage } from "../review/DeskPage";
import { shown } from "../review/desk-state";
import { Fetched } from "../review/Fetched";
import type { Resource } from "../review/load";
import { DISCLOSURES } from "../review/routes";
import { td } from "../text/disclosure";
import { Empty, ErrorView, LinkButton } from "../ui";
import type { DraftRecord } from "./answers";
import { ask, type Drafted } from "./ask";
import { HandOutBar } from "./HandOutBar";
import { Recipient } from "./Recipient";
import { Records } from "./Records";
import { idsIn } from "./routes";
import { useMaking } from "./use-making";

/** Asked for once, and again when its maker says so: what is being covered never moves under the hand. */
function useDrafted(body: Body): Resource<Drafted> {
  const [found] = useState(() => shown((stop) => ask.draft(body, stop)));
  useEffect(() => () => found.close(), [found]);
  return found;
}

interface FormProps {
  query: string;
  records: readonly DraftRecord[];
  more: boolean;
  onAgain: () => void;
}

function Form({ query, records, more, onAgain }: FormProps) {
  const making = useMaking(query);
  const [isTried, setTried] = useState(false);
  const [seen, setSeen] = useState<ReadonlySet<string> | null>(null);
  const again = () => {
    setSeen(new Set(records.flatMap(({ versions }) => versions.map(({ id }) => id))));
    making.forgive();
    onAgain();
  };
  return (
    <div class="disclosure">
      <Recipient making={making} isTried={isTried} />
      <Records making={making} records={records} more={more} seen={seen} />
      <HandOutBar
        making={making}
        records={records}
        isTried={isTried}
        onTry={() => setTried(true)}
        onAgain={again}
      />
    </div>
  );
}

function Make({ query, body, from }: { query: string; body: Body; from: string }) {
  const found = useDrafted(body);
  return (
    <Fetched resource={found}>
      {(drafted) =>
        drafted.is === "refused" ? (
          <ErrorView>{drafted.why}</ErrorView>
        ) : drafted.records.length === 0 ? (
          <Empty icon={fileOutput} title={td("nothing")}>
            <p>{td("nothing_why")}</p>
            <LinkButton href={from}>{td("to_find")}</LinkButton>
          </Empty>
        ) : (
          <Form query={query} records={drafted.records} more={drafted.more} onAgain={found.refresh} />
        )
      }
    </Fetched>
  );
}

/** An extract is made: of what a search finds, or of what was corrected since an earlier one. */
export function MakePage({ query }: { query: string }) {
  const { ids, asked, body } = useMemo(() => {
    const params = new URLSearchParams(query);
    const ids = idsIn(params);
    const asked = askedFrom(params);
    return { ids, asked, body: ids === null ? bodyOf(asked) : { ids } };
  }, [query]);
  const why = ids === null ? refusal(asked.text) : null;
  const from = hrefOf(asked);
  return (
    <DeskPage
      title={td("make")}
      lead={
        <LinkButton tone="quiet" icon={back} href={ids === null ? from : DISCLOSURES}>
          {td(ids === null ? "to_find" : "to_list")}
        </LinkButton>
      }
    >
      {why ? <ErrorView>{why}</ErrorView> : <Make query={query} body={body} from={from} />}
    </DeskPage>
  );
}
