import { useState } from "preact/hooks";
import { Minutes } from "../admin/LadderFields";
import { Told, theirsWords } from "../admin/Told";
import { useEdit } from "../admin/useEdit";
import { Marks } from "../guard/Marks";
import { useGuard } from "../guard/useGuard";
import { attempt } from "../parse";
import { tz } from "../text/retention";
import { Button, Sheet, SubmitButton, TextField } from "../ui";
import { type Rule, rule as ruleOf } from "./answers";
import { ask } from "./ask";
import { PreviewPart } from "./PreviewPart";

interface Said {
  months: number | null;
  reference: string;
}

const held = ({ decision }: Rule) => ({
  version: decision?.version ?? null,
  value: { months: decision?.months ?? null, reference: decision?.reference ?? "" },
});

/** How long a class is kept, and where that is decided. */
export function DecisionForm({ rule, onClose }: { rule: Rule; onClose: () => void }) {
  const { cls, months_min, months_max, decision } = rule;
  const [lack, setLack] = useState<readonly (keyof Said)[]>([]);
  const form = useEdit<Said>(held(rule), (body) => {
    const there = attempt(ruleOf, body);
    return there && held(there);
  });
  const { months, reference } = form.value;
  const guarding = useGuard({
    texts: () => ({ reference }),
    change: (_, next) => form.change({ reference: next }),
  });
  const isLength = months !== null && months >= months_min && months <= months_max;
  const save = async (isTakenBack = false) => {
    const missing: (keyof Said)[] = [];
    if (!isTakenBack && !isLength) missing.push("months");
    if (reference.trim() === "") missing.push("reference");
    setLack(missing);
    if (missing.length > 0 || !(await guarding.settle())) return;
    const kept = guarding.said();
    const act = (said: Said, based_on: number | null) =>
      ask.decide(cls, based_on, {
        months: isTakenBack ? null : said.months,
        reference: said.reference.trim(),
        ...kept,
      });
    if (await form.save(act)) onClose();
  };
  const limits = { min: months_min, max: months_max };
  return (
    <Sheet title={tz(decision ? "change_of" : "decide_of", { what: tz(cls) })} onClose={onClose}>
      <form
        class="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <p class="quiet-words">{tz(`${cls}_about`)}</p>
        <Minutes
          label={tz("months")}
          value={months}
          hint={theirsWords(form.theirs("months")) ?? tz("months_hint", limits)}
          error={
            (lack.includes("months") && !isLength) || form.wrong.includes("months")
              ? tz("months_wrong", limits)
              : undefined
          }
          onChange={(value) => form.change({ months: value })}
        />
        <TextField
          label={tz("reference")}
          value={reference}
          maxLength={500}
          hint={theirsWords(form.theirs("reference")) ?? tz("reference_hint")}
          error={lack.includes("reference") && reference.trim() === "" ? tz("reference_wrong") : undefined}
          onInput={(value) => form.change({ reference: value })}
        />
        <Marks guard={guarding.guard} field="reference" />
        {isLength ? <PreviewPart cls={cls} months={months} /> : null}
        <Told form={form} />
        <p class="quiet-words">{tz("save_about")}</p>
        <SubmitButton tone="main" busy={form.isBusy}>
          {tz("save")}
        </SubmitButton>
        {decision && decision.months !== null ? (
          <Button tone="quiet" busy={form.isBusy} onPress={() => void save(true)}>
            {tz("take_back")}
          </Button>
        ) : null}
      </form>
      {guarding.ask}
    </Sheet>
  );
}
