import { useState } from "preact/hooks";
import { HiddenNote } from "../../guard/HiddenNote";
import { Marks } from "../../guard/Marks";
import { useGuardedText } from "../../guard/useGuard";
import { add, newId } from "../../outbox";
import { type Stated, sendState } from "../../shift/send";
import { current, personName } from "../../shift/state";
import { ownOps, records } from "../../store/state";
import { t, timeNear } from "../../text";
import { ta } from "../../text/aside";
import { Banner, Button, Section, StateWord, TextArea } from "../../ui";
import { now_ms } from "../../ui/now";

type Said = Pick<Stated, "id" | "authorId" | "statedAt" | "send"> & { text: string };

/** Oldest first; own ones as this phone has them. */
function commentsOn(target: string): Said[] {
  const said = new Map<string, Said>();
  for (const value of records.value.comments.values())
    if (value.target === target)
      said.set(value.id, {
        id: value.id,
        authorId: value.author_id,
        statedAt: value.stated_at,
        send: { state: "other" },
        text: value.text,
      });
  for (const op of ownOps.value)
    if (op.type === "comment.add" && op.data.target === target)
      said.set(op.id, {
        id: op.id,
        authorId: op.author,
        statedAt: op.wall,
        send: sendState([op]),
        text: op.data.text,
      });
  return [...said.values()].sort((a, b) => Date.parse(a.statedAt) - Date.parse(b.statedAt));
}

function NewComment({ target }: { target: string }) {
  const [id, setId] = useState(newId);
  const text = useGuardedText();
  const [phase, setPhase] = useState<"open" | "sealing" | "failed">("open");
  const save = async () => {
    if (text.now() === "" || !(await text.settle())) return;
    setPhase("sealing");
    const said = text.now();
    try {
      const shift = current.peek()?.id ?? null;
      await add({
        id,
        type: "comment.add",
        shift,
        position: null,
        data: { target, text: said, ...text.said() },
      });
      // What was typed while that was being saved stays, as another comment.
      if (text.now() === said) text.set("");
      setId(newId());
      setPhase("open");
    } catch {
      setPhase("failed");
    }
  };
  return (
    <div class="stack">
      <TextArea label={ta("log_comment")} rows={2} value={text.value} onInput={text.set} maxLength={2000} />
      <Marks guard={text.guard} field="text" />
      {text.ask}
      {phase === "failed" ? <Banner tone="danger">{t("ui.save.failed")}</Banner> : null}
      <Button busy={phase === "sealing"} disabled={text.value.trim() === ""} onPress={() => void save()}>
        {ta("log_comment_save")}
      </Button>
    </div>
  );
}

export function Comments({ target }: { target: string }) {
  const said = commentsOn(target);
  return (
    <Section title={ta("log_comments")}>
      {said.map((one) => (
        <div key={one.id} class="card">
          <p class="row">
            <span class="quiet-words">
              {timeNear(one.statedAt, now_ms.value)} {personName(one.authorId) || t("shift.colleague")}
            </span>
            <StateWord send={one.send} />
          </p>
          <p class="said">{one.text}</p>
          <HiddenNote id={one.id} />
        </div>
      ))}
      <NewComment target={target} />
    </Section>
  );
}
