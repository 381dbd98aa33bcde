import pencil from "lucide-static/icons/rotate-ccw.svg?raw";
import type { ObservationContent, ObservationValue } from "../store/types";
import { tr } from "../text/review";
import { Icon } from "../ui";
import { observationFacts } from "./entry-words";
import { Flagged } from "./Flagged";
import { Incident } from "./Incident";
import { AGAINST_STAFF } from "./incident-text";
import type { Names } from "./names";
import { Severity } from "./Severity";
import { history } from "./versions";

function Content({
  content,
  stated_at,
  names,
}: {
  content: ObservationContent;
  stated_at: string | null;
  names: Names;
}) {
  const facts = observationFacts(content, stated_at, names);
  return (
    <>
      <p class="entry-facts">
        <Severity level={content.severity} names={names} />
        {facts.map((fact) => (
          <span key={fact}>{fact}</span>
        ))}
      </p>
      {content.text ? <p class="entry-text">{content.text}</p> : null}
      <Flagged value={content} />
    </>
  );
}

function Older({ value, names }: { value: ObservationValue; names: Names }) {
  const { older } = history(value);
  if (older.length === 0) return null;
  return (
    <details class="older">
      <summary>{tr("older", { n: older.length })}</summary>
      <ol>
        {older.map(({ by, content }) => (
          <li key={by.id}>
            <p class="quiet-words">{tr("older_until", { time: names.time(by.stated_at) })}</p>
            <p>
              <strong>{names.category(content.category)}</strong>
              {content.place_id ? ` · ${names.place(content.place_id)}` : null}
              {content.place_text ? ` · ${content.place_text}` : null}
            </p>
            <Content content={content} stated_at={null} names={names} />
          </li>
        ))}
      </ol>
    </details>
  );
}

/** The wording in force, with who changed it, when and why; what it said before stays readable. */
export function ObservationBody({ value, names }: { value: ObservationValue; names: Names }) {
  const { corrections } = history(value);
  const { retracted } = value;
  return (
    <>
      <div class={retracted ? "struck" : undefined}>
        <Content content={value} stated_at={value.stated_at} names={names} />
      </div>
      {corrections.map((by) => (
        <p key={by.id} class="entry-change">
          <Icon svg={pencil} />
          {tr("corrected", {
            time: names.time(by.stated_at),
            name: names.person(by.author_id),
            reason: by.reason,
          })}
        </p>
      ))}
      {retracted ? (
        <p class="entry-change">
          <Icon svg={pencil} />
          {tr("retracted", {
            time: names.time(retracted.stated_at),
            name: names.person(retracted.author_id),
            reason: retracted.reason,
          })}
        </p>
      ) : null}
      {retracted ? <Flagged value={retracted} /> : null}
      <Older value={value} names={names} />
      {value.category === AGAINST_STAFF && !retracted ? <Incident value={value} names={names} /> : null}
    </>
  );
}
