import arrow from "lucide-static/icons/arrow-left.svg?raw";
import { DeskPage } from "../review/DeskPage";
import { minute_ms } from "../review/desk-state";
import type { Version } from "../review/editing";
import { Fetched } from "../review/Fetched";
import { useResource } from "../review/use-resource";
import { instantOf, wallOf } from "../text/clock";
import { tfo } from "../text/focus";
import { LinkButton } from "../ui";
import type { Briefing } from "./answers";
import { ask } from "./ask";
import { Editor } from "./Editor";
import { FOCUS } from "./routes";
import { copied, emptyFields, type Fields, fieldsOf, noted } from "./rules";

const clock = { wallOf, instantOf };

/** What the form shows before anything is typed: the one to change, or what a new one begins with. */
export function firstVersion(id: string, all: readonly Briefing[], query: URLSearchParams): Version<Fields> {
  const find = (wanted: string | null) => all.find((one) => one.id === wanted);
  const own = find(id);
  if (own) return { version: own.version, fields: fieldsOf(own, clock) };
  const [copy, note] = [find(query.get("av")), find(query.get("till"))];
  const now_ms = minute_ms.peek();
  if (copy) return { version: null, fields: copied(copy, now_ms, clock) };
  if (note) return { version: null, fields: noted(note, now_ms, clock) };
  return { version: null, fields: emptyFields(now_ms, clock) };
}

/** The latest of the earlier ones, and further back if the one that a new one begins with is there. */
async function everything(wanted: string | null, signal: AbortSignal): Promise<Briefing[]> {
  const isThere = (all: readonly Briefing[]) => wanted === null || all.some(({ id }) => id === wanted);
  const coming = await ask.coming(signal);
  const { items } = await ask.earlier((_, found) => isThere(coming) || isThere(found), signal);
  return [...coming, ...items];
}

export function EditorPage({ id, query }: { id: string; query: URLSearchParams }) {
  const wanted = query.get("av") ?? query.get("till");
  const all = useResource(
    `all-${wanted}`,
    (stop) => everything(wanted, stop),
    ({ kinds }) => kinds.includes("briefing"),
  );
  return (
    <DeskPage
      title={tfo("edit_title")}
      lead={
        <LinkButton tone="quiet" icon={arrow} href={FOCUS}>
          {tfo("back")}
        </LinkButton>
      }
    >
      <Fetched resource={all}>
        {(found) => <Editor id={id} current={firstVersion(id, found, query)} />}
      </Fetched>
    </DeskPage>
  );
}
