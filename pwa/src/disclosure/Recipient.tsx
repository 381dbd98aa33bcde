import { Marks } from "../guard/Marks";
import { td } from "../text/disclosure";
import { Chips, Section, TextArea, TextField } from "../ui";
import { TO } from "./rules";
import type { Making } from "./use-making";

const SHORT_MAX = 200;

/** To whom, and by which decision. Of the public nothing is asked. */
export function Recipient({ making, isTried }: { making: Making; isTried: boolean }) {
  const { fields, change, guard } = making;
  const { to, recipient, reference, decision } = fields;
  return (
    <Section title={td("part_to")}>
      <div class="disclosure-form">
        <Chips
          legend={td("to")}
          choices={TO.map((value) => ({ value, label: td(`to_${value}`) }))}
          value={to}
          onChange={(chosen) => change({ to: chosen })}
        />
        {to === "public" ? (
          <p class="quiet-words" role="status">
            {td("hint_public")}
          </p>
        ) : (
          <div>
            <TextField
              label={td("recipient")}
              hint={td("hint_recipient")}
              value={recipient}
              maxLength={SHORT_MAX}
              onInput={(said) => change({ recipient: said })}
            />
            <Marks guard={guard} field="recipient" />
          </div>
        )}
        <div>
          <TextField
            label={td("reference")}
            value={reference}
            maxLength={SHORT_MAX}
            onInput={(said) => change({ reference: said })}
          />
          <Marks guard={guard} field="reference" />
        </div>
        <div>
          <TextArea
            label={td("decision")}
            hint={td("hint_decision")}
            value={decision}
            rows={5}
            error={isTried && decision.trim() === "" ? td("decision_empty") : undefined}
            onInput={(said) => change({ decision: said })}
          />
          <Marks guard={guard} field="decision" />
        </div>
      </div>
    </Section>
  );
}
