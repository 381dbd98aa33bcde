import { object, text } from "../parse";
import { type Editing, useEditing, type Version } from "../review/editing";
import { tg } from "../text/guard";
import { tw } from "../text/week";
import { Banner, Button, SubmitButton, TextArea } from "../ui";
import { currentIn, type Week } from "./answers";
import { ask } from "./ask";

interface Said {
  text: string;
}

type SaidNow = Week["said"];
const parse = object({ text });
const versionOf = (said: SaidNow): Version<Said> => ({
  version: said?.version ?? null,
  fields: { text: said?.text ?? "" },
});

export function useWords(week: string, said: SaidNow): Editing<Said> {
  return useEditing<Said>({
    id: `week:${week}`,
    current: versionOf(said),
    parse,
    send: async (fields, based_on) => versionOf(await ask.write(week, fields.text, based_on)),
    newer: (body) => {
      const now = currentIn(body);
      return now && versionOf(now);
    },
  });
}

/** What somebody else wrote meanwhile stands beside the field, which stays as it is. */
function Theirs({ editing }: { editing: Editing<Said> }) {
  if (!editing.theirs) return null;
  return (
    <section class="card note theirs" role="status" aria-label={tw("theirs")}>
      <h3>{tw("theirs")}</h3>
      <p class="quiet-words">{tw("theirs_about")}</p>
      <p class="said">{editing.theirs.fields.text || tw("words_none")}</p>
      <div class="row">
        <Button onPress={editing.keepMine}>{tw("theirs_keep")}</Button>
        <Button tone="quiet" onPress={editing.takeTheirs}>
          {tw("theirs_take")}
        </Button>
      </div>
    </section>
  );
}

function Outcome({ editing }: { editing: Editing<Said> }) {
  const { sending, isNotKept, isTouched } = editing;
  if (isNotKept) return <Banner tone="danger">{tw("not_kept")}</Banner>;
  if (sending.is === "failed")
    return <Banner tone="danger">{tw(sending.problem === "offline" ? "failed_offline" : "failed")}</Banner>;
  const words = sending.is === "sending" ? "saving" : isTouched ? "draft_kept" : null;
  return (
    <p class="quiet-words" role="status">
      {words ? tw(words) : sending.is === "sent" ? tw("saved") : ""}
    </p>
  );
}

export function Words({ editing, isHidden }: { editing: Editing<Said>; isHidden: boolean }) {
  return (
    <div>
      <form
        class="stack words-form"
        onSubmit={(event) => {
          event.preventDefault();
          void editing.save();
        }}
      >
        <Theirs editing={editing} />
        {isHidden ? <Banner tone="calm">{tg("hidden")}</Banner> : null}
        <TextArea
          label={tw("words")}
          hint={tw("words_hint")}
          value={editing.fields.text}
          rows={6}
          maxLength={20_000}
          onInput={(next) => editing.change({ text: next })}
        />
        <Outcome editing={editing} />
        <div class="row">
          <SubmitButton busy={editing.sending.is === "sending"}>{tw("save")}</SubmitButton>
          {editing.isTouched ? (
            <Button tone="quiet" disabled={editing.sending.is === "sending"} onPress={editing.discard}>
              {tw("discard")}
            </Button>
          ) : null}
        </div>
      </form>
      {editing.fields.text ? (
        <section class="on-paper">
          <h2>{tw("words")}</h2>
          <p class="said">{editing.fields.text}</p>
        </section>
      ) : null}
    </div>
  );
}
