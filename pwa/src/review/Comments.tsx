import { useContext, useState } from "preact/hooks";
import { tv } from "../text/acts";
import { tr } from "../text/review";
import { Button } from "../ui";
import { ask } from "./ask";
import { title } from "./entry-words";
import type { Names } from "./names";
import { ShownLog, showRow } from "./shown-log";
import type { Entry } from "./types";
import { WordsSheet } from "./WordsSheet";

/** What a comment is about, where that is one record of the shift, and the way there. */
export function About({ entry, names }: { entry: Extract<Entry, { kind: "comment" }>; names: Names }) {
  const log = useContext(ShownLog);
  const about = log?.entries.find(({ id }) => id === entry.value.target);
  if (!about || about.kind === "shift.start") return null;
  const time = names.time(about.stated_at);
  return (
    <p class="entry-about">
      <Button tone="quiet" onPress={() => showRow(about.id)}>
        {tr("about_entry", { what: title(about, names), time })}
      </Button>
    </p>
  );
}

/** A supervisor's words about this one record; the hosts' stay as they are. */
export function CommentOn({ entry, names }: { entry: Entry; names: Names }) {
  const log = useContext(ShownLog);
  const [isOpen, setOpen] = useState(false);
  const [isSaid, setSaid] = useState(false);
  if (!log) return null;
  const what = `${title(entry, names)} ${names.time(entry.stated_at)}`;
  const name = tv("comment_entry_name", { what });
  const say = async (id: string, text: string) => {
    await ask.say(log.shift, "comments", { id, target: entry.id, text });
    setSaid(true);
    log.onSaid();
  };
  return (
    <>
      <Button tone="quiet" name={name} onPress={() => setOpen(true)}>
        {tv("comment_entry")}
      </Button>
      <span role="status">{isSaid ? tv("said") : ""}</span>
      {isOpen ? (
        <WordsSheet what="comment" title={name} of={entry.id} onSay={say} onClose={() => setOpen(false)} />
      ) : null}
    </>
  );
}
