import { known } from "../review/desk-state";
import { names } from "../review/names";
import { recordHref } from "../review/who";
import { date, named, number } from "../text";
import { tw } from "../text/week";
import { Section } from "../ui";
import type { Figures } from "./answers";
import type { Bar } from "./charts/Chart";
import { Figure } from "./Figure";
import { Followups } from "./Followups";
import { Matrix } from "./Matrix";
import { numberOf, perHour } from "./rules";
import { Summary } from "./Summary";
import { Compared, Count, type Line, orDash, Parts, To } from "./Tables";

/** A picture of more bars than these tells nothing; the table has all. */
const BARS_MAX = 10;

interface Props {
  figures: Figures;
  /** False in an edition: the records behind it may have changed since. */
  isLinked: boolean;
}

const bar = ({ key, name, now, mean }: Line): Bar => ({ key, label: name, now, mean });

function groupName(code: string): string {
  const found = known.value?.vocabulary.groups.find((group) => group.code === code);
  return found ? named(found) : tw("group_other");
}

function Trend({ figures, isLinked }: Props) {
  const bars = figures.trend.map(({ week, now }) => ({
    key: week,
    label: tw("week_short", { n: numberOf(week) }),
    now: now ?? 0,
    mean: null,
    said: orDash(now, 0),
  }));
  return (
    <Figure title={tw("trend")} chart={{ kind: "columns", name: tw("trend"), bars }}>
      <table class="week-table">
        <caption class="unseen">{tw("trend")}</caption>
        <thead>
          <tr>
            <th scope="col">{tw("now")}</th>
            <th scope="col">{tw("incidents")}</th>
            <th scope="col">{tw("hours")}</th>
            <th scope="col">{tw("per_hour")}</th>
          </tr>
        </thead>
        <tbody>
          {figures.trend.map(({ week, now, hours }) => (
            <tr key={week}>
              <th scope="row">{tw("week_short", { n: numberOf(week) })}</th>
              <td>
                {now === null ? (
                  "–"
                ) : (
                  <Count
                    n={now}
                    week={week}
                    asked={isLinked ? {} : null}
                    name={tw("week_short", { n: numberOf(week) })}
                  />
                )}
              </td>
              <td>{number(hours, 1)}</td>
              <td>{now === null ? "–" : orDash(perHour(now, hours), 2)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Figure>
  );
}

function Counted({
  title,
  head,
  lines,
  figures,
  more,
}: Props & { title: string; head: string; lines: Line[]; more?: string[] }) {
  const about = figures.weeks_compared > 0 ? tw("mean_of", { n: figures.weeks_compared }) : tw("mean_none");
  const shown = lines.slice(0, BARS_MAX);
  return (
    <Figure
      title={title}
      about={about}
      chart={{ kind: "bars", name: tw("chart_bars", { title }), bars: shown.map(bar) }}
    >
      <Compared caption={title} head={head} lines={lines} week={figures.week} more={more ?? []} />
    </Figure>
  );
}

function Where({ figures, isLinked }: Props) {
  const asked = (one: Record<string, string> | null) => (isLinked ? one : null);
  const areas = figures.areas.map((one) => ({
    ...one,
    key: one.area_id ?? "",
    name: one.name ?? tw("area_none"),
    asked: asked(one.area_id === null ? { without: "area" } : { area_id: one.area_id }),
    more: [number(one.hours, 1), orDash(perHour(one.now, one.hours), 2)],
  }));
  const places = figures.places.map((one) => ({
    ...one,
    key: one.place_id ?? "",
    name: one.name ?? tw("place_none"),
    asked: asked(one.place_id === null ? { without: "place" } : { place_id: one.place_id }),
  }));
  return (
    <>
      <Counted title={tw("places")} head={tw("place")} lines={places} figures={figures} isLinked={isLinked} />
      <Counted
        title={tw("areas")}
        head={tw("area")}
        lines={areas}
        figures={figures}
        isLinked={isLinked}
        more={[tw("hours"), tw("per_hour")]}
      />
    </>
  );
}

function What({ figures, isLinked }: Props) {
  const { category } = names(known.value, []);
  const categories = figures.categories.map((one) => ({
    ...one,
    key: one.category,
    name: category(one.category),
    asked: isLinked ? { category: one.category } : null,
  }));
  const met = figures.met.map((one) => ({
    ...one,
    key: one.category,
    name: category(one.category),
    asked: isLinked ? { category: one.category } : null,
  }));
  return (
    <>
      <Counted
        title={tw("category")}
        head={tw("category")}
        lines={categories}
        figures={figures}
        isLinked={isLinked}
      />
      {met.length > 0 ? (
        <Counted title={tw("met")} head={tw("met")} lines={met} figures={figures} isLinked={isLinked} />
      ) : null}
    </>
  );
}

function Actions({ figures, isLinked }: Props) {
  const { action } = names(known.value, []);
  const actionWords = (code: string) => (code === "" ? tw("action_none") : action(code));
  if (figures.actions.length === 0) return null;
  return (
    <Section title={tw("actions")}>
      <table class="week-table">
        <caption class="unseen">{tw("actions")}</caption>
        <thead>
          <tr>
            <th scope="col">{tw("group")}</th>
            <th scope="col">{tw("total")}</th>
            <th scope="col">{tw("taken")}</th>
          </tr>
        </thead>
        <tbody>
          {figures.actions.map(({ group, now, actions }) => (
            <tr key={group}>
              <th scope="row">{groupName(group)}</th>
              <td>
                <Count
                  n={now}
                  week={figures.week}
                  asked={isLinked ? { group } : null}
                  name={groupName(group)}
                />
              </td>
              <td class="wide-cell">
                <Parts
                  counts={actions}
                  words={actionWords}
                  week={figures.week}
                  asked={(code) =>
                    isLinked ? { group, ...(code === "" ? { without: "action" } : { action: code }) } : null
                  }
                  of={groupName(group)}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}

function Calls({ figures, isLinked }: Props) {
  const { service, outcome } = names(known.value, []);
  return (
    <Section title={tw("calls")}>
      {figures.calls.length === 0 ? (
        <p class="quiet-words">{tw("calls_none")}</p>
      ) : (
        <table class="week-table">
          <caption class="unseen">{tw("calls")}</caption>
          <thead>
            <tr>
              <th scope="col">{tw("calls")}</th>
              <th scope="col">{tw("total")}</th>
              <th scope="col">{tw("call_attempts")}</th>
            </tr>
          </thead>
          <tbody>
            {figures.calls.map((one) => (
              <tr key={one.service}>
                <th scope="row">{service(one.service)}</th>
                <td>
                  <Count
                    n={one.now}
                    week={figures.week}
                    asked={isLinked ? { service: one.service } : null}
                    name={service(one.service)}
                  />
                </td>
                <td class="wide-cell">
                  <Parts
                    counts={one.outcomes}
                    words={outcome}
                    week={figures.week}
                    asked={(code) => (isLinked ? { service: one.service, outcome: code } : null)}
                    of={service(one.service)}
                  />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Section>
  );
}

/** What hosts are asked in passing. */
function Open({ figures, isLinked }: Props) {
  const { category } = names(known.value, []);
  const more = figures.open_total - figures.open.length;
  return (
    <Section title={tw("open")}>
      {figures.open.length === 0 ? <p class="quiet-words">{tw("open_none")}</p> : null}
      <ul class="open-questions">
        {figures.open.map((one) => (
          <li key={one.id}>
            <To href={isLinked ? recordHref(one.shift_id, one.id) : null}>{category(one.category)}</To> ·{" "}
            {one.name} · {date(one.happened_from)}
            {one.answer === "yes" ? ` · ${tw("seen_still")}` : ""}
          </li>
        ))}
      </ul>
      {more > 0 ? <p>{tw("open_more", { n: more })}</p> : null}
      <p class="quiet-words">{tw("open_about")}</p>
    </Section>
  );
}

/** All pictures of a week, each with its table. */
export function WeekFigures(props: Props) {
  return (
    <div class="week-figures">
      <Summary {...props} />
      <div class="week-columns">
        <Trend {...props} />
        <Matrix {...props} />
        <Where {...props} />
        <What {...props} />
        <Actions {...props} />
        <Calls {...props} />
        <Followups {...props} />
        <Open {...props} />
      </div>
    </div>
  );
}
