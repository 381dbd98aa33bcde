import { useState } from "preact/hooks";
import { Marks } from "../guard/Marks";
import { useGuardedText } from "../guard/useGuard";
import { newId } from "../outbox/ids";
import { me } from "../store/state";
import { tv } from "../text/acts";
import { Banner, Button, Sheet, TextArea } from "../ui";
import { useIsHere } from "../ui/useIsHere";
import { type Refused, refusedBy } from "./refused";
import { draftKey, keepDraft, readDraft } from "./words-draft";

const WORDS = {
  give_back: { title: "give_back_title", label: "give_back_label", save: "give_back_save" },
  comment: { title: "comment_title", label: "comment_label", save: "comment_save" },
} as const;

interface Props {
  what: "give_back" | "comment";
  /** What it is about: the shift, or one record of it. */
  of: string;
  /** Said instead of what is said of a shift. */
  title?: string;
  /** Said to the server; throws where it could not be. `id` stays the same however often it is tried. */
  onSay: (id: string, words: string) => Promise<unknown>;
  onClose: () => void;
}

/** A few words about a shift. They are kept as they are typed, and go only when the server has them. */
export function WordsSheet({ what, of, title, onSay, onClose }: Props) {
  const key = draftKey(me.value?.id ?? "", what, of);
  const text = useGuardedText(readDraft(key));
  const [id, setId] = useState(newId);
  const [phase, setPhase] = useState<"open" | "saying" | "empty" | Refused>("open");
  const isHere = useIsHere();
  const type = (words: string) => {
    text.set(words);
    keepDraft(key, words);
  };
  const say = async () => {
    if (text.now() === "") return setPhase("empty");
    if (!(await text.settle())) return;
    setPhase("saying");
    const said = text.now();
    try {
      await onSay(id, said);
      // What was typed while that was on its way, here or in a sheet opened since, is not among it and stays.
      const isAll = (isHere.current ? text.now() : readDraft(key).trim()) === said;
      if (isAll) keepDraft(key, "");
      if (isAll && isHere.current) return onClose();
      setId(newId());
      setPhase("open");
    } catch (error) {
      setPhase(refusedBy(error));
    }
  };
  return (
    <Sheet
      title={title ?? tv(WORDS[what].title)}
      onClose={onClose}
      footer={
        <>
          {phase === "open" || phase === "saying" ? null : (
            <Banner tone="danger">{tv(phase === "empty" ? "lack" : phase)}</Banner>
          )}
          <Button tone="main" wide busy={phase === "saying"} onPress={() => void say()}>
            {tv(WORDS[what].save)}
          </Button>
        </>
      }
    >
      {what === "give_back" ? <p>{tv("give_back_about")}</p> : null}
      <TextArea
        label={tv(WORDS[what].label)}
        rows={5}
        value={text.value}
        onInput={type}
        hint={tv("draft_kept")}
      />
      <Marks guard={text.guard} field="text" />
      {text.ask}
    </Sheet>
  );
}
