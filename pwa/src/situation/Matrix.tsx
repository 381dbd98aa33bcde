import { number } from "../text";
import { tw } from "../text/week";
import { Section } from "../ui";
import type { Figures } from "./answers";
import { recordsHref } from "./routes";
import { hoursShown } from "./rules";

const DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"] as const;
const LEVELS = 4;
const clock = (hour: number) => String(hour).padStart(2, "0");

interface CellProps {
  figures: Figures;
  isLinked: boolean;
  day: number;
  hour: number;
  most: number;
}

/** Each cell says its number: the shade only repeats it. */
function Cell({ figures, isLinked, day, hour, most }: CellProps) {
  const found = figures.cells.find((cell) => cell.day === day && cell.hour === hour);
  if (!found) return <td class="nobody" aria-label={tw("matrix_nobody")} />;
  if (found.now === 0)
    return (
      <td>
        <span aria-hidden="true">·</span>
        <span class="unseen">{tw("matrix_out")}</span>
      </td>
    );
  const name = tw("cell", { day: tw(DAYS[day] ?? "monday"), hour: clock(hour), n: found.now });
  return (
    <td class={`level-${Math.ceil((found.now / most) * LEVELS)}`}>
      {isLinked ? (
        <a class="count" href={recordsHref(figures.week, { day, hour })} aria-label={name}>
          {number(found.now)}
        </a>
      ) : (
        number(found.now)
      )}
    </td>
  );
}

export function Matrix({ figures, isLinked }: { figures: Figures; isLinked: boolean }) {
  const hours = hoursShown(figures.cells);
  const most = Math.max(1, ...figures.cells.map(({ now }) => now));
  return (
    <Section title={tw("matrix")}>
      {/* biome-ignore lint/a11y/useSemanticElements: no fields are grouped here */}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys */}
      <div class="scrolls" tabIndex={0} role="group" aria-label={tw("matrix")}>
        <table class="matrix">
          <caption class="unseen">{tw("matrix")}</caption>
          <thead>
            <tr>
              <td />
              {hours.map((hour) => (
                <th scope="col" key={hour}>
                  {clock(hour)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {DAYS.map((day, n) => (
              <tr key={day}>
                <th scope="row">{tw(day)}</th>
                {hours.map((hour) => (
                  <Cell key={hour} figures={figures} isLinked={isLinked} day={n} hour={hour} most={most} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p class="quiet-words">{tw("matrix_about")}</p>
    </Section>
  );
}
