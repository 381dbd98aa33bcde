import late from "lucide-static/icons/triangle-alert.svg?raw";
import { dayWords, kindWords, outcomeWords } from "../followup/words";
import { known } from "../review/desk-state";
import { names } from "../review/names";
import { FOLLOW, followHref } from "../review/routes";
import { isOverseer } from "../review/who";
import { list, number } from "../text";
import { tw as tf } from "../text/follow";
import { tw } from "../text/week";
import { Icon, Section } from "../ui";
import type { Figures } from "./answers";
import { To } from "./Tables";

type Told = NonNullable<Figures["followups"]>;

/** Most first. */
function sums(counts: Record<string, number>, words: (code: string) => string): string {
  const found = Object.entries(counts).sort(([, a], [, b]) => b - a);
  return list(found.map(([code, n]) => `${words(code)} ${number(n)}`));
}

function Listed({ listed, mayOpen }: { listed: Told["listed"]; mayOpen: boolean }) {
  const { category } = names(known.value, []);
  return (
    <table class="week-table">
      <caption class="unseen">{tw("followups")}</caption>
      <thead>
        <tr>
          <th scope="col">{tf("what")}</th>
          <th scope="col" class="wide-cell">
            {tw("where")}
          </th>
          <th scope="col">{tf("due")}</th>
        </tr>
      </thead>
      <tbody>
        {listed.map((one) => (
          <tr key={one.id}>
            <th scope="row">
              <To href={mayOpen ? followHref(one.id) : null}>
                {kindWords(one.kind)}: {category(one.category)}
              </To>
            </th>
            <td class="wide-cell">{one.name ?? tw("place_none")}</td>
            <td>
              {dayWords(one.due)}
              {one.overdue ? (
                <strong class="late-word">
                  <Icon svg={late} /> {tf("overdue")}
                </strong>
              ) : null}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** What is to be done and by when, and what came of the week's; whose it is stays on the desk. */
export function Followups({ figures, isLinked }: { figures: Figures; isLinked: boolean }) {
  const told = figures.followups;
  if (told === null) return null;
  const more = told.open - told.listed.length;
  const mayOpen = isLinked && isOverseer.value;
  const open = [
    tw("followups_open", { n: told.open }),
    told.overdue > 0 ? tf("overdue_n", { n: told.overdue }) : "",
  ].filter(Boolean);
  return (
    <Section title={tw("followups")}>
      {told.open === 0 ? (
        <p class="quiet-words">{tw("followups_none")}</p>
      ) : (
        <>
          <p>
            <strong>{open.join(", ")}</strong> · {sums(told.kinds, kindWords)}
          </p>
          <Listed listed={told.listed} mayOpen={mayOpen} />
        </>
      )}
      {more > 0 ? <p>{tw("open_more", { n: more })}</p> : null}
      <p>
        {tw("followups_closed", { n: told.closed })}
        {told.closed > 0 ? ` · ${sums(told.outcomes, outcomeWords)}` : ""}
      </p>
      <p class="quiet-words">{tw("followups_about")}</p>
      {mayOpen ? (
        <p>
          <a href={FOLLOW}>{tw("open_follow")}</a>
        </p>
      ) : null}
    </Section>
  );
}
