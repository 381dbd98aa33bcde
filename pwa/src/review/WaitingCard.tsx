import saveIcon from "lucide-static/icons/download.svg?raw";
import retryIcon from "lucide-static/icons/rotate-cw.svg?raw";
import siren from "lucide-static/icons/siren.svg?raw";
import { useState } from "preact/hooks";
import { ApiError } from "../api/index";
import { download } from "../device/share";
import { dateTime, timeNear } from "../text";
import { tr } from "../text/review";
import { ty } from "../text/waiting";
import { Button, Icon, LinkButton } from "../ui";
import { whereWords } from "./alarm-words";
import { ask } from "./ask";
import { minute_ms } from "./desk-state";
import { shiftHref } from "./routes";
import { askWaiting, kindWords, type Waiting } from "./waiting";
import { isOverseer } from "./who";
import { quarantineWords } from "./words";

type Told = Pick<Waiting, "said" | "withheld">;

/** What it says, or why that is not shown. */
function Said({ said, withheld }: Told) {
  const why = (["restricted", "blanked", "words"] as const).find((one) => one === withheld);
  return (
    <>
      {said.map((words) => (
        <p key={words} class="entry-text">
          {words}
        </p>
      ))}
      {why ? <p class="quiet-words">{ty(why)}</p> : null}
      {!why && said.length === 0 ? <p class="quiet-words">{ty("no_words")}</p> : null}
    </>
  );
}

function Both({ entry, first }: { entry: Waiting; first: NonNullable<Waiting["first"]> }) {
  return (
    <>
      <p>{ty("both")}</p>
      <h3>{ty("first", { time: dateTime(first.received_at) })}</h3>
      <Said {...first} />
      <h3>{ty("second", { time: dateTime(entry.received_at) })}</h3>
    </>
  );
}

/** When by the phone's own word, where that can be read; and which phone. */
function originWords({ author, stated_at, stated_by_phone, phone }: Waiting): string {
  const name = author.name || tr("unknown_person");
  const written = stated_by_phone
    ? ty("written", { time: dateTime(stated_at), name })
    : ty("written_unsaid", { name });
  return `${written} · ${phone ? ty("from_phone", { phone }) : ty("from_unknown")}`;
}

interface Props {
  entry: Waiting;
  /** What came of a try that lets it go from the list. */
  onGone: (words: string) => void;
}

export function WaitingCard({ entry, onGone }: Props) {
  const [told, setTold] = useState("");
  const [busy, setBusy] = useState<"" | "retry" | "save">("");
  const what = kindWords(entry);
  const name = entry.author.name || tr("unknown_person");
  const during = async (act: "retry" | "save", work: () => Promise<void>, failed: string) => {
    setBusy(act);
    setTold("");
    try {
      await work();
    } catch (error) {
      if (error instanceof ApiError && error.status === 404) onGone(ty("gone"));
      else setTold(failed);
    }
    setBusy("");
  };
  const retry = async () => {
    const { why } = await ask.retry(entry.id);
    if (why === null) onGone(ty("retried", { what }));
    else setTold(ty("waits", { why: quarantineWords(why) }));
  };
  const save = async () => {
    const { name: file, content } = await askWaiting.file(entry.id);
    download(new File([content], file, { type: "application/json" }));
    setTold(ty("saved", { n: 1 }));
  };
  return (
    <article class={entry.is_call ? "shift-card waiting call" : "shift-card waiting"} data-waiting={entry.id}>
      <header>
        {entry.is_call ? (
          <h2 class="call-word">
            <Icon svg={siren} /> {ty("call")}
          </h2>
        ) : (
          <h2>{what}</h2>
        )}
        <p>{originWords(entry)}</p>
        <p>{ty("since", { time: timeNear(entry.received_at, minute_ms.value) })}</p>
      </header>
      {entry.is_call ? (
        <>
          <p>{ty("call_do", { name })}</p>
          <p>{whereWords({ position: entry.position, kind: "help" })}</p>
        </>
      ) : null}
      <p>{ty("why", { why: quarantineWords(entry.why) })}</p>
      {entry.first ? <Both entry={entry} first={entry.first} /> : null}
      <Said {...entry} />
      <div class="row">
        {isOverseer.value && entry.first === null ? (
          <Button
            icon={retryIcon}
            name={ty("retry_name", { what })}
            busy={busy === "retry"}
            onPress={() => void during("retry", retry, ty("retry_failed"))}
          >
            {ty("retry")}
          </Button>
        ) : null}
        <Button
          icon={saveIcon}
          name={ty("save_name", { what })}
          busy={busy === "save"}
          onPress={() => void during("save", save, ty("save_failed"))}
        >
          {ty("save")}
        </Button>
        {entry.shift && isOverseer.value ? (
          <LinkButton tone="quiet" href={shiftHref(entry.shift, entry.id)}>
            {ty("of_shift")}
          </LinkButton>
        ) : null}
      </div>
      <p role="status">{told}</p>
    </article>
  );
}
