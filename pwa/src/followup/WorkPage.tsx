import back from "lucide-static/icons/chevron-left.svg?raw";
import late from "lucide-static/icons/triangle-alert.svg?raw";
import { useEffect, useState } from "preact/hooks";
import { newId } from "../outbox";
import { DeskPage } from "../review/DeskPage";
import { known, minute_ms } from "../review/desk-state";
import { Fetched } from "../review/Fetched";
import { names } from "../review/names";
import { FOLLOW, shiftHref } from "../review/routes";
import { useResource } from "../review/use-resource";
import { timeNear } from "../text";
import { tw } from "../text/follow";
import { Banner, Icon, LinkButton, SubmitButton } from "../ui";
import type { Whole } from "./answers";
import { ask } from "./ask";
import { Closed, Closing, type Say, useEnd } from "./Closing";
import { Draft } from "./Draft";
import { type Fields, WorkFields } from "./Fields";
import { History } from "./History";
import { KeptWord } from "./KeptWord";
import { isNewer, troubleWords } from "./trouble";
import { useMine } from "./use-mine";
import { dayWords, kindWords, recordWords, stillWords } from "./words";
import "./followup.css";

type Name = keyof Fields | "draft";

/** What the host wrote, for whoever calls about it. Only beside the rest: nothing waits for it or fails with it. */
function Written({ id }: { id: string }) {
  const { loaded } = useResource(
    `written-${id}`,
    (stop) => ask.observation(id, stop),
    (change) => change.kinds.includes("observation"),
  );
  const now = loaded.value;
  const text = now.state === "ready" || now.state === "stale" ? now.data.text : null;
  return text ? <p class="entry-text">{text}</p> : null;
}

function Facts({ whole: { followup } }: { whole: Whole }) {
  const still = stillWords(followup.answers, minute_ms.value);
  return (
    <>
      <p class="quiet-words">
        {recordWords(followup.record, names(known.value, []))} ·{" "}
        {tw("seen_at", { time: timeNear(followup.record.happened_from, minute_ms.value) })}
      </p>
      <Written key={followup.observation_id} id={followup.observation_id} />
      <p class={followup.overdue ? "overdue-word" : undefined}>
        {followup.overdue ? <Icon svg={late} /> : null}
        {followup.overdue ? `${tw("overdue")}: ` : ""}
        {tw("due_by", { date: dayWords(followup.due) })}
      </p>
      <p>
        <strong>{tw("still")}</strong> {still ?? tw("still_never")}
      </p>
      {followup.hidden ? <Banner tone="note">{tw("hidden")}</Banner> : null}
    </>
  );
}

/** The words that are saved are the server's; the ones being typed are ours until they are saved. */
function Work({ loaded, refresh }: { loaded: Whole; refresh: () => void }) {
  const [whole, setWhole] = useState(loaded);
  useEffect(() => {
    // An answer that was asked for before our own word does not take that back.
    setWhole((now) => (loaded.followup.changed_at >= now.followup.changed_at ? loaded : now));
  }, [loaded]);
  const { followup } = whole;
  const mine = useMine<Name>(`followup:${followup.id}`, {
    kind: followup.kind,
    owner: followup.owner_id,
    due: followup.due,
    note: followup.note ?? "",
    draft: followup.draft ?? "",
  });
  const end = useEnd(followup.id);
  const [busy, setBusy] = useState(false);
  const [told, setTold] = useState<{ tone: "danger" | "calm"; words: string } | null>(null);
  const say: Say = async (act) => {
    setBusy(true);
    let done = false;
    try {
      setWhole(await act());
      setTold(null);
      done = true;
    } catch (error) {
      setTold({ tone: "danger", words: troubleWords(error) });
      if (isNewer(error)) refresh();
    }
    setBusy(false);
    return done;
  };
  const save = async () => {
    const changed = mine.changed();
    if (Object.keys(changed).length === 0) {
      setTold({ tone: "calm", words: tw("nothing_changed") });
      return;
    }
    const said = Object.fromEntries(Object.entries(changed).map(([name, words]) => [name, words || null]));
    if (await say(() => ask.change(followup.id, { id: newId(), based_on: followup.version, ...said }))) {
      mine.done(changed);
      setTold({ tone: "calm", words: tw("saved") });
    }
  };
  // That it was saved is said until something else is typed.
  const isTold = told !== null && (told.tone === "danger" || Object.keys(mine.changed()).length === 0);
  const { draft, ...others } = mine.theirs();
  const isDrafted =
    mine.value("kind") === "fault_report" || followup.draft !== null || mine.value("draft") !== "";
  return (
    <div class="work-page">
      <Facts whole={whole} />
      {followup.status === "closed" ? <Closed whole={whole} end={end} say={say} busy={busy} /> : null}
      <form
        class="work"
        onSubmit={(event) => {
          event.preventDefault();
          if (!busy) void save();
        }}
      >
        <WorkFields
          fields={{
            kind: mine.value("kind"),
            owner: mine.value("owner"),
            due: mine.value("due"),
            note: mine.value("note"),
          }}
          theirs={others}
          onChange={mine.set}
        />
        {isDrafted ? (
          <Draft
            whole={whole}
            text={mine.value("draft")}
            theirs={draft}
            onInput={(text) => mine.set("draft", text)}
            say={say}
            busy={busy}
          />
        ) : null}
        <div role="status">{isTold ? <Banner tone={told.tone}>{told.words}</Banner> : null}</div>
        <KeptWord mine={mine} />
        <SubmitButton tone="main" busy={busy}>
          {tw("save")}
        </SubmitButton>
      </form>
      {followup.status === "open" ? <Closing whole={whole} end={end} say={say} busy={busy} /> : null}
      <History steps={whole.history} />
    </div>
  );
}

/** One follow-up: what is to be done, whose it is, what was sent, and what came of it. */
export function WorkPage({ id }: { id: string }) {
  const work = useResource(
    `followup-${id}`,
    (stop) => ask.one(id, stop),
    (change) => change.kinds.some((kind) => kind === "followup" || kind === "observation"),
  );
  const loaded = work.loaded.value;
  const whole = loaded.state === "ready" || loaded.state === "stale" ? loaded.data : null;
  const shift = whole?.followup.shift_id;
  return (
    <DeskPage
      title={whole ? kindWords(whole.followup.kind) : tw("title")}
      lead={
        <LinkButton tone="quiet" icon={back} href={FOLLOW}>
          {tw("to_list")}
        </LinkButton>
      }
      action={shift ? <LinkButton href={shiftHref(shift)}>{tw("to_shift")}</LinkButton> : null}
    >
      <Fetched resource={work}>{(data) => <Work loaded={data} refresh={work.refresh} />}</Fetched>
    </DeskPage>
  );
}
