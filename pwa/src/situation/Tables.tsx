import type { ComponentChildren } from "preact";
import { number } from "../text";
import { tw } from "../text/week";
import { recordsHref } from "./routes";
import type { Asked } from "./rules";

interface CountProps {
  n: number;
  week: string;
  /** Which records stand behind it; null where they are not of this week, or not as they were. */
  asked: Asked | null;
  name: string;
}

/** A number that leads to its records. */
export function Count({ n, week, asked, name }: CountProps) {
  if (asked === null || n === 0) return <>{number(n)}</>;
  return (
    <a class="count" href={recordsHref(week, asked)} aria-label={`${name}: ${number(n)}`}>
      {number(n)}
    </a>
  );
}

interface PartsProps {
  counts: Readonly<Record<string, number>>;
  words: (code: string) => string;
  week: string;
  /** Which records stand behind the number of one. */
  asked: (code: string) => Asked | null;
  /** What they are parts of. */
  of: string;
}

/** What a number is made up of, the most first. */
export function Parts({ counts, words, week, asked, of }: PartsProps) {
  return Object.entries(counts)
    .sort(([, a], [, b]) => b - a)
    .map(([code, n]) => (
      <span key={code} class="of">
        {words(code)} <Count n={n} week={week} asked={asked(code)} name={`${of}, ${words(code)}`} />
      </span>
    ));
}

/** The words alone where there is nowhere to go, or for who may not. */
export const To = ({ href, children }: { href: string | null; children: ComponentChildren }) =>
  href === null ? <span>{children}</span> : <a href={href}>{children}</a>;

export const orDash = (value: number | null, decimals = 1) =>
  value === null ? "–" : number(value, decimals);

export interface Line {
  key: string;
  name: string;
  now: number;
  mean: number | null;
  last_year: number | null;
  asked: Asked | null;
  /** Beside the counts. */
  more?: readonly ComponentChildren[];
}

interface ComparedProps {
  caption: string;
  head: string;
  lines: readonly Line[];
  week: string;
  more?: readonly string[];
}

/** Now, the mean before, and last year, line by line. */
export function Compared({ caption, head, lines, week, more = [] }: ComparedProps) {
  return (
    <table class="week-table">
      <caption class="unseen">{caption}</caption>
      <thead>
        <tr>
          <th scope="col">{head}</th>
          <th scope="col">{tw("now")}</th>
          <th scope="col">{tw("mean_short")}</th>
          <th scope="col">{tw("year_short")}</th>
          {more.map((one) => (
            <th scope="col" key={one}>
              {one}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <tr key={line.key}>
            <th scope="row">{line.name}</th>
            <td>
              <Count n={line.now} week={week} asked={line.asked} name={line.name} />
            </td>
            <td>{orDash(line.mean)}</td>
            <td>{orDash(line.last_year)}</td>
            {(line.more ?? []).map((one, n) => (
              <td key={more[n]}>{one}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
