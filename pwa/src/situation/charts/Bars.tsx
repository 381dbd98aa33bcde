import { scaleBand, scaleLinear } from "d3-scale";
import { number } from "../../text";
import type { Bar } from "./Chart";

interface Props {
  name: string;
  bars: readonly Bar[];
  width: number;
}

const ROW_PX = 30;
const NUMBER_PX = 44;
const LABEL_SHARE = 0.38;
const LETTER_PX = 7.6;
const DIGITS_PX = 30;

/** Beside its bar, and never on the line of the mean. */
const numberAt = (bar: number, mean: number | null) =>
  (mean !== null && mean > bar && mean < bar + DIGITS_PX ? mean : bar) + 8;

/** Lying bars: the week as a bar with its number, the mean before as a standing line across it. */
export function Bars({ name, bars, width }: Props) {
  const height = bars.length * ROW_PX;
  const label_px = Math.round(Math.min(width * LABEL_SHARE, 240));
  const most = Math.max(1, ...bars.map(({ now, mean }) => Math.max(now, mean ?? 0)));
  const x = scaleLinear()
    .domain([0, most])
    .range([label_px, width - NUMBER_PX]);
  const y = scaleBand()
    .domain(bars.map(({ key }) => key))
    .range([0, height])
    .paddingInner(0.35)
    .paddingOuter(0.15);
  const letters = Math.floor(label_px / LETTER_PX);
  const short = (text: string) => (text.length > letters ? `${text.slice(0, letters - 1)}…` : text);
  return (
    <svg role="img" aria-label={name} viewBox={`0 0 ${width} ${height}`} width={width} height={height}>
      {bars.map((bar) => {
        const top = y(bar.key) ?? 0;
        const middle = top + y.bandwidth() / 2;
        return (
          <g key={bar.key}>
            <text
              class="chart-label"
              x={label_px - 8}
              y={middle}
              text-anchor="end"
              dominant-baseline="central"
            >
              {short(bar.label)}
            </text>
            <rect
              class="chart-bar"
              x={x(0)}
              y={top}
              width={x(bar.now) - x(0)}
              height={y.bandwidth()}
              rx="2"
            />
            {bar.mean === null ? null : (
              <line
                class="chart-mean"
                x1={x(bar.mean)}
                x2={x(bar.mean)}
                y1={top - 3}
                y2={top + y.bandwidth() + 3}
              />
            )}
            <text
              class="chart-number"
              x={numberAt(x(bar.now), bar.mean === null ? null : x(bar.mean))}
              y={middle}
              dominant-baseline="central"
            >
              {bar.said ?? number(bar.now, 1)}
            </text>
          </g>
        );
      })}
    </svg>
  );
}
