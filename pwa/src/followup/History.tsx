import { isObject } from "../parse";
import { known, minute_ms } from "../review/desk-state";
import { names } from "../review/names";
import { tw } from "../text/follow";
import { Section } from "../ui";
import type { Whole } from "./answers";
import { dayWords, kindWords, outcomeWords, stepWords } from "./words";

type Facts = [term: string, fact: string][];

/** The members that a word set, in the words of the fields. */
function facts(said: unknown, person: (id: string) => string): Facts {
  if (!isObject(said)) return [];
  const texts: [string, string, (value: string) => string][] = [
    ["kind", tw("what"), kindWords],
    ["owner", tw("owner"), person],
    ["due", tw("due"), dayWords],
    ["note", tw("note"), (words) => words],
    ["draft", tw("draft"), (words) => words],
    ["outcome", tw("outcome"), outcomeWords],
    ["result", tw("result"), (words) => words],
  ];
  return texts.flatMap(([member, term, words]) => {
    const value = said[member];
    return typeof value === "string" && value !== "" ? [[term, words(value)] as [string, string]] : [];
  });
}

export function History({ steps }: { steps: Whole["history"] }) {
  const { person } = names(known.value, []);
  return (
    <Section title={tw("history")}>
      <ol class="work-history">
        {steps.map((step) => (
          <li key={step.id}>
            <p>{stepWords(step.what, person(step.author_id ?? ""), step.stated_at, minute_ms.value)}</p>
            <dl class="facts">
              {facts(step.said, person).map(([term, fact]) => (
                <div key={term}>
                  <dt>{term}</dt>
                  <dd>{fact}</dd>
                </div>
              ))}
            </dl>
          </li>
        ))}
      </ol>
    </Section>
  );
}
