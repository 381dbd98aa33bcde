import { newId } from "../outbox";
import { known, minute_ms } from "../review/desk-state";
import { names } from "../review/names";
import { timeNear } from "../text";
import { tw } from "../text/follow";
import { Button, Section, Select, SubmitButton, TextArea } from "../ui";
import type { Whole } from "./answers";
import { ask } from "./ask";
import { KeptWord } from "./KeptWord";
import { Left } from "./Left";
import { type Mine, useMine } from "./use-mine";
import { OUTCOMES, outcomeWords } from "./words";

export type Say = (act: () => Promise<Whole>) => Promise<boolean>;
type End = Mine<"outcome" | "result">;

/** What is being said of how it ended; while another's word has closed it, it waits. */
export const useEnd = (id: string): End =>
  useMine<"outcome" | "result">(`followup-end:${id}`, { outcome: OUTCOMES[0], result: "" });

interface Props {
  whole: Whole;
  end: End;
  say: Say;
  busy: boolean;
}

export function Closing({ whole, end, say, busy }: Props) {
  const { followup } = whole;
  const outcome = end.value("outcome");
  const result = end.value("result");
  const close = async () => {
    const said = { outcome, result: result.trim() || null };
    if (await say(() => ask.close(followup.id, { id: newId(), based_on: followup.version, ...said })))
      end.done({ outcome, result });
  };
  return (
    <Section title={tw("close_title")}>
      <form
        class="work"
        onSubmit={(event) => {
          event.preventDefault();
          if (!busy) void close();
        }}
      >
        <Select
          label={tw("outcome")}
          value={outcome}
          options={OUTCOMES.map((code) => ({ value: code, label: outcomeWords(code) }))}
          onChange={(code) => end.set("outcome", code)}
        />
        <TextArea
          label={tw("result")}
          hint={tw("result_hint")}
          value={result}
          rows={2}
          onInput={(words) => end.set("result", words)}
        />
        <KeptWord mine={end} />
        <SubmitButton busy={busy}>{tw("close_act")}</SubmitButton>
      </form>
    </Section>
  );
}

/** By whom it was closed; where that was another while a result was being typed here, what was typed stands beside. */
export function Closed({ whole, end, say, busy }: Props) {
  const { followup, history } = whole;
  const by = history.filter(({ what }) => what === "close").at(-1)?.author_id ?? "";
  const mine = end.value("result");
  const params = {
    time: timeNear(followup.changed_at, minute_ms.value),
    outcome: outcomeWords(followup.outcome),
  };
  return (
    <>
      <div class="card calm">
        <p>
          <strong>{tw("was_closed", params)}</strong>
        </p>
        {followup.result ? <p class="entry-text">{followup.result}</p> : null}
        <Button
          busy={busy}
          onPress={() => void say(() => ask.reopen(followup.id, { id: newId(), based_on: followup.version }))}
        >
          {tw("reopen")}
        </Button>
      </div>
      {mine.trim() ? (
        <Left
          title={tw("left_result")}
          about={tw("left_result_about", { name: names(known.value, []).person(by) })}
          text={mine}
          onDiscard={end.discard}
        />
      ) : null}
    </>
  );
}
