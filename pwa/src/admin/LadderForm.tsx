import { useEffect, useRef, useState } from "preact/hooks";
import { attempt } from "../parse";
import { ta } from "../text/admin";
import { tx } from "../text/ladder";
import { Banner, Button, Section, Sheet, SubmitButton } from "../ui";
import { type LadderRow, type Ladders, ladderRow } from "./answers";
import { ask, type LadderSaid } from "./ask";
import { LadderEvening } from "./LadderEvening";
import { Minutes } from "./LadderFields";
import { LadderSteps } from "./LadderSteps";
import { AFTER_MIN_MAX, GRACE_MIN_MAX, REPEAT_MIN_MAX, STEPS_MAX, WHOM_MAX } from "./ladder";
import { eveningLine, kindWord } from "./ladder-words";
import { Told, theirsWords } from "./Told";
import { type Editing, type Held, useEdit } from "./useEdit";

export function heldLadder({ version, grace_min, repeat_min, steps }: LadderRow): Held<LadderSaid> {
  return { version, value: { grace_min, repeat_min, steps } };
}

/** A field that the server could not take, or the words beneath one that is no field. */
const WRONG = '[aria-invalid="true"], .field-error';

type Form = Editing<LadderSaid>;

function minutesWrong(at: string): string {
  if (at === "grace_min") return tx("wrong_grace", { max: GRACE_MIN_MAX });
  return at === "repeat_min"
    ? tx("wrong_repeat", { max: REPEAT_MIN_MAX })
    : tx("wrong_after", { max: AFTER_MIN_MAX });
}

function stepWrong(at: string, code: string | undefined): string {
  if (code === "ascending") return tx("wrong_ascending");
  if (code === "nobody") return tx("wrong_whom");
  if (code === "many")
    return at === "steps" ? tx("full", { max: STEPS_MAX }) : tx("wrong_many", { max: WHOM_MAX });
  if (code === "no-supervisors") return tx("wrong_supervisors");
  if (at === "steps" && code === "none") return tx("wrong_none");
  if (at.endsWith("/via")) return tx("wrong_via");
  return at.endsWith("/whom") ? tx("wrong_person") : minutesWrong(at);
}

/** Why the server would not take it, as long as that is as it was sent: a step that was changed since may be right. */
function wrongAt({ wrong, codes }: Form, now: LadderSaid, sent: LadderSaid | null) {
  return (at: string): string | undefined => {
    const found = wrong.indexOf(at);
    if (found < 0 || sent === null) return undefined;
    const [member, n] = at.split("/");
    const part = (said: LadderSaid): unknown => {
      if (member !== "steps") return member === "grace_min" ? said.grace_min : said.repeat_min;
      // Whether one comes later hangs on the one before it.
      return n === undefined ? said.steps : said.steps.slice(Math.max(0, Number(n) - 1), Number(n) + 1);
    };
    return JSON.stringify(part(now)) === JSON.stringify(part(sent)) ? stepWrong(at, codes[found]) : undefined;
  };
}

/** Back to what the settings say: asked first, since the steps are many to write. */
function GiveBack({ row, onDone, form }: { row: LadderRow; onDone: () => void; form: Form }) {
  const [isAsked, setAsked] = useState(false);
  const act = async () => {
    if (await form.save((_, based_on) => ask.giveBackLadder(row.kind, based_on))) onDone();
    setAsked(false);
  };
  if (!isAsked)
    return (
      <div class="row">
        <Button tone="quiet" onPress={() => setAsked(true)}>
          {tx("give_back")}
        </Button>
      </div>
    );
  return (
    <Banner
      tone="note"
      action={
        <div class="row">
          <Button tone="danger" busy={form.isBusy} onPress={() => void act()}>
            {tx("give_back_yes")}
          </Button>
          <Button tone="quiet" onPress={() => setAsked(false)}>
            {ta("cancel")}
          </Button>
        </div>
      }
    >
      {tx("give_back_ask")}
    </Banner>
  );
}

interface FieldsProps {
  form: Form;
  kind: string;
  found: Ladders;
  wrongWords: (at: string) => string | undefined;
}

/** What can be written, and beside it what somebody else wrote meanwhile. */
function Fields({ form, kind, found, wrongWords }: FieldsProps) {
  const { value } = form;
  const theirs = form.theirs("steps");
  const theirSteps =
    theirs && tx("theirs", { value: eveningLine({ ...value, steps: theirs }, kind, found.people) });
  return (
    <>
      {kind === "overdue" ? (
        <Minutes
          label={tx("grace")}
          value={value.grace_min}
          hint={theirsWords(form.theirs("grace_min"))}
          error={wrongWords("grace_min")}
          onChange={(grace_min) => form.change({ grace_min })}
        />
      ) : null}
      <LadderSteps
        said={value}
        kind={kind}
        found={found}
        wrongWords={wrongWords}
        onChange={(steps) => form.change({ steps })}
      />
      {theirSteps ? <Banner tone="note">{theirSteps}</Banner> : null}
      {wrongWords("steps") ? (
        <p class="field-error" role="alert">
          {wrongWords("steps")}
        </p>
      ) : null}
      <Minutes
        label={tx("repeat_min")}
        value={value.repeat_min}
        hint={theirsWords(form.theirs("repeat_min"))}
        error={wrongWords("repeat_min")}
        onChange={(repeat_min) => form.change({ repeat_min })}
      />
    </>
  );
}

interface Props {
  row: LadderRow;
  found: Ladders;
  onClose: () => void;
}

/** One ladder: its steps, what an evening by it is like, and the way back to the settings. */
export function LadderForm({ row, found, onClose }: Props) {
  const { kind } = row;
  const [sent, setSent] = useState<LadderSaid | null>(null);
  const form = useEdit<LadderSaid>(heldLadder(row), (body) => {
    const there = attempt(ladderRow, body);
    return there && heldLadder(there);
  });
  const { value } = form;
  const place = useRef<HTMLFormElement>(null);
  useEffect(() => {
    // The form is long, and its button is at the end.
    const first = form.wrong.length > 0 ? place.current?.querySelector(WRONG) : null;
    if (first instanceof HTMLInputElement) first.focus();
    else first?.scrollIntoView({ block: "center" });
  }, [form.wrong]);
  const wrongWords = wrongAt(form, value, sent);
  return (
    <Sheet title={tx("edit_title", { kind: kindWord(kind) })} onClose={onClose}>
      <form
        ref={place}
        class="stack ladder-form"
        onSubmit={(event) => {
          event.preventDefault();
          setSent(value);
          void form
            .save((said, based_on) => ask.saveLadder(kind, based_on, said))
            .then((stored) => {
              if (stored) onClose();
            });
        }}
      >
        <Fields form={form} kind={kind} found={found} wrongWords={wrongWords} />
        <Section title={tx("preview")}>
          <LadderEvening said={value} kind={kind} found={found} isBrief />
        </Section>
        <Told form={form} />
        <div class="row">
          <SubmitButton tone="main" busy={form.isBusy}>
            {ta("save")}
          </SubmitButton>
        </div>
        {row.own ? <GiveBack row={row} onDone={onClose} form={form} /> : null}
      </form>
    </Sheet>
  );
}
