import { useState } from "preact/hooks";
import { ApiError } from "../api/index";
import { newId } from "../outbox";
import { DeskPage } from "../review/DeskPage";
import { known, minute_ms } from "../review/desk-state";
import { Fetched } from "../review/Fetched";
import { names } from "../review/names";
import { followHref, shiftHref } from "../review/routes";
import { useResource } from "../review/use-resource";
import { me } from "../store/state";
import type { ObservationValue } from "../store/types";
import { timeNear } from "../text";
import { tw } from "../text/follow";
import { Banner, goFromHere, LinkButton, SubmitButton } from "../ui";
import { ask } from "./ask";
import { type Fields, WorkFields } from "./Fields";
import { KeptWord } from "./KeptWord";
import { troubleWords } from "./trouble";
import { useMine } from "./use-mine";
import { recordWords } from "./words";
import "./followup.css";

const DAYS = 14;
const DAY_MS = 86_400_000;
/** What a department mends, by the group of its category: of all else a felanmälan is not the first thought. */
const MENDED = ["S", "P"];

const inDays = (days: number) => new Date(minute_ms.peek() + days * DAY_MS).toISOString().slice(0, 10);

function firstOwner(): string {
  const users = known.value?.users ?? [];
  const own = users.find(({ id }) => id === me.value?.id);
  return (own ?? users.find(({ role }) => role === "supervisor") ?? users[0])?.id ?? "";
}

function Form({ record }: { record: ObservationValue }) {
  const [id] = useState(newId);
  const [first] = useState<Fields>(() => ({
    kind:
      record.category === "H4"
        ? "concern_report"
        : MENDED.includes(record.category.replace(/^L-/, "")[0] ?? "")
          ? "fault_report"
          : "visit",
    owner: "",
    due: inDays(DAYS),
    note: "",
  }));
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState("");
  const mine = useMine<keyof Fields>(`followup-begin:${record.id}`, first);
  const owner = mine.value("owner") || firstOwner();
  const begin = async () => {
    setBusy(true);
    const lead = goFromHere();
    const said = { kind: mine.value("kind"), due: mine.value("due"), note: mine.value("note") };
    try {
      const all = { id, observation: record.id, owner, ...said, note: said.note || null };
      const made = await ask.begin(all);
      mine.done({ ...said, owner: mine.value("owner") });
      lead(followHref(made.followup.id), { replace: true });
    } catch (error) {
      // The first press reached the server, though its answer did not reach us.
      if (error instanceof ApiError && error.code === "conflict") lead(followHref(id), { replace: true });
      else setTrouble(troubleWords(error));
      setBusy(false);
    }
  };
  return (
    <form
      class="work"
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) void begin();
      }}
    >
      <p class="quiet-words">
        {recordWords(record, names(known.value, []))} ·{" "}
        {tw("seen_at", { time: timeNear(record.happened.from, minute_ms.value) })}
      </p>
      {record.text ? <p class="entry-text">{record.text}</p> : null}
      <WorkFields
        fields={{ kind: mine.value("kind"), owner, due: mine.value("due"), note: mine.value("note") }}
        theirs={{}}
        onChange={mine.set}
      />
      <KeptWord mine={mine} />
      {trouble ? <Banner tone="danger">{trouble}</Banner> : null}
      <SubmitButton tone="main" busy={busy}>
        {tw("begin")}
      </SubmitButton>
    </form>
  );
}

/** An observation becomes work: with an owner and a day that it is due. */
export function BeginPage({ id }: { id: string }) {
  const record = useResource(
    `begin-${id}`,
    (stop) => ask.observation(id, stop),
    () => false,
  );
  const loaded = record.loaded.value;
  const shift = loaded.state === "ready" || loaded.state === "stale" ? loaded.data.shift_id : null;
  return (
    <DeskPage
      title={tw("follow")}
      action={shift ? <LinkButton href={shiftHref(shift)}>{tw("to_shift")}</LinkButton> : null}
    >
      <Fetched resource={record}>{(found) => <Form record={found} />}</Fetched>
    </DeskPage>
  );
}
