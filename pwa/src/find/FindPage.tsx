import search from "lucide-static/icons/search.svg?raw";
import { useMemo, useRef, useState } from "preact/hooks";
import { DeskPage } from "../review/DeskPage";
import { Fetched } from "../review/Fetched";
import { Lazy } from "../review/Lazy";
import { useResource } from "../review/use-resource";
import { mayDisclose } from "../review/who";
import { tf } from "../text/find";
import { Button, Chips, Empty, ErrorView, go, Loading, route } from "../ui";
import type { Found } from "./answers";
import { Filters } from "./Filters";
import { HandOut } from "./HandOut";
import { useFindKeys } from "./keys";
import { Results } from "./Results";
import { refusal } from "./refuse";
import { type Asked, askedFrom, filterCount, hrefOf, NOTHING, VIEWS } from "./rules";
import { SavedList } from "./SavedList";
import { SearchField } from "./SearchField";
import { server } from "./server";
import { TakeOut } from "./TakeOut";
import "./find.css";

const loadMap = () => import("./FoundMap");
const isNothing = (asked: Asked) => asked.text === "" && filterCount(asked) === 0;

function countWords({ count, count_max, items }: Found): string {
  const found = count > count_max ? tf("count_more", { n: count_max }) : tf("count", { n: count });
  return items.length < count ? `${found} · ${tf("shown", { n: items.length })}` : found;
}

interface FoundProps {
  asked: Asked;
  found: Found;
  busy: boolean;
  onMore: () => void;
  onBox: (bbox: string) => void;
}

function Shown({ asked, found, busy, onMore, onBox }: FoundProps) {
  if (found.items.length === 0)
    return (
      <Empty icon={search} title={tf(isNothing(asked) ? "nothing" : "none")}>
        <p>{tf(isNothing(asked) ? "nothing_why" : "none_why")}</p>
      </Empty>
    );
  return (
    <>
      <p class="find-count" role="status">
        {countWords(found)}
      </p>
      {asked.view === "map" ? (
        <Lazy load={loadMap} props={{ items: found.items, bbox: asked.bbox, onBox }} />
      ) : (
        <Results items={found.items} />
      )}
      {found.next ? (
        <Button busy={busy} onPress={onMore}>
          {busy ? <Loading /> : tf("more")}
        </Button>
      ) : null}
    </>
  );
}

/** Asked anew when the question changes; further pages are added to what is shown. */
function Hits({ asked, onBox }: { asked: Asked; onBox: (bbox: string) => void }) {
  const pages = useRef(1);
  const [busy, setBusy] = useState(false);
  const found = useResource(
    "hits",
    (stop) => server.find(asked, pages.current, stop).finally(() => setBusy(false)),
    () => false,
  );
  return (
    <Fetched resource={found}>
      {(data) => (
        <Shown
          asked={asked}
          found={data}
          busy={busy}
          onBox={onBox}
          onMore={() => {
            pages.current++;
            setBusy(true);
            found.refresh();
          }}
        />
      )}
    </Fetched>
  );
}

function Panel({ asked, onChange }: { asked: Asked; onChange: (part: Partial<Asked>) => void }) {
  const chosen = filterCount(asked);
  const [open, setOpen] = useState(chosen > 0);
  return (
    <details class="find-panel" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{chosen > 0 ? tf("filters_on", { n: chosen }) : tf("filters")}</summary>
      <Filters asked={asked} onChange={onChange} />
    </details>
  );
}

/** Search among all records: by words, time, place and kind; in a list or on a map. */
export default function FindPage() {
  const query = route.value.query.toString();
  const asked = useMemo(() => askedFrom(new URLSearchParams(query)), [query]);
  // Another address (a saved search, back) brings its own words; typing changes no address.
  const [typed, setTyped] = useState({ at: asked.text, text: asked.text });
  const text = typed.at === asked.text ? typed.text : asked.text;
  const why = refusal(asked.text) ?? refusal(text);
  const page = useRef<HTMLDivElement>(null);
  useFindKeys(page);
  const change = (part: Partial<Asked>) => {
    if (refusal(text) === null) go(hrefOf({ ...asked, text: text.trim(), ...part }));
  };
  return (
    <DeskPage title={tf("title")}>
      <div ref={page} class="find-page">
        <SearchField
          text={text}
          error={why}
          onInput={(said) => setTyped({ at: asked.text, text: said })}
          onSearch={() => change({})}
        />
        <Panel asked={asked} onChange={change} />
        <div class="row find-tools">
          <Chips
            legend={tf("view")}
            hideLegend
            choices={VIEWS.map((view) => ({ value: view, label: tf(`view_${view}`) }))}
            value={asked.view}
            onChange={(view) => change({ view: view ?? "list" })}
          />
          {isNothing(asked) ? null : (
            <Button tone="quiet" onPress={() => go(hrefOf({ ...NOTHING, view: asked.view }))}>
              {tf("clear")}
            </Button>
          )}
        </div>
        <div class="find-results">
          {refusal(asked.text) ? (
            <ErrorView>{refusal(asked.text)}</ErrorView>
          ) : (
            <Hits key={hrefOf({ ...asked, view: "list" })} asked={asked} onBox={(bbox) => change({ bbox })} />
          )}
        </div>
        <aside class="find-aside">
          <SavedList asked={asked} />
          {refusal(asked.text) ? null : <TakeOut asked={asked} />}
          {refusal(asked.text) || !mayDisclose.value ? null : <HandOut asked={asked} />}
        </aside>
      </div>
    </DeskPage>
  );
}
