import saveIcon from "lucide-static/icons/download.svg?raw";
import inbox from "lucide-static/icons/inbox.svg?raw";
import { useRef, useState } from "preact/hooks";
import { download } from "../device/share";
import { ty } from "../text/waiting";
import { Button, Empty, LinkButton, route } from "../ui";
import { DeskPage } from "./DeskPage";
import { Fetched } from "./Fetched";
import { waitingHref } from "./routes";
import { useResource } from "./use-resource";
import { WaitingCard } from "./WaitingCard";
import { askWaiting, WAITING_SIZE } from "./waiting";
import "./waiting.css";

function SaveAll() {
  const [busy, setBusy] = useState(false);
  const [told, setTold] = useState("");
  const save = async () => {
    setBusy(true);
    try {
      const { files, count, without } = await askWaiting.all();
      for (const { name, content } of files) {
        download(new File([content], name, { type: "application/json" }));
      }
      setTold(
        [ty("saved", { n: count }), ...(without > 0 ? [ty("saved_without", { n: without })] : [])].join(" "),
      );
    } catch {
      setTold(ty("save_failed"));
    }
    setBusy(false);
  };
  return (
    <>
      <Button icon={saveIcon} busy={busy} onPress={() => void save()}>
        {ty("save_all")}
      </Button>
      <p role="status">{told}</p>
    </>
  );
}

function Pager({ at, total }: { at: number; total: number }) {
  const pages = Math.max(1, Math.ceil(total / WAITING_SIZE));
  if (pages === 1) return null;
  return (
    <nav class="row pager" aria-label={ty("page", { page: at, pages })}>
      {at > 1 ? <LinkButton href={waitingHref(at - 1)}>{ty("previous")}</LinkButton> : null}
      <span>{ty("page", { page: at, pages })}</span>
      {at < pages ? <LinkButton href={waitingHref(at + 1)}>{ty("next")}</LinkButton> : null}
    </nav>
  );
}

/** What waits in quarantine where no page of a shift shows it. */
export default function WaitingPage() {
  const asked = Number(route.value.query.get("sida"));
  const at = Number.isInteger(asked) && asked > 0 ? asked : 1;
  const [gone, setGone] = useState("");
  const word = useRef<HTMLParagraphElement>(null);
  const found = useResource(
    `waiting ${at}`,
    (stop) => askWaiting.page(at, stop),
    () => true,
  );
  // The card goes with its button: whoever pressed it goes on where it is said what came of it.
  const onGone = (words: string) => {
    setGone(words);
    word.current?.focus();
    found.refresh();
  };
  return (
    <DeskPage title={ty("title")}>
      <p class="waiting-about">{ty("about")}</p>
      <p ref={word} role="status" tabIndex={-1} class="waiting-gone">
        {gone}
      </p>
      <Fetched resource={found}>
        {({ items, total }) =>
          total === 0 ? (
            <Empty icon={inbox} title={ty("none")}>
              <p>{ty("none_why")}</p>
            </Empty>
          ) : (
            <>
              <div class="row">
                <p>{ty("total", { n: total })}</p>
                <SaveAll />
              </div>
              <div class="waiting-list">
                {items.map((entry) => (
                  <WaitingCard key={entry.seq} entry={entry} onGone={onGone} />
                ))}
              </div>
              <Pager at={at} total={total} />
            </>
          )
        }
      </Fetched>
    </DeskPage>
  );
}
