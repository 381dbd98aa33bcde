import { scaleBand, scaleLinear } from "d3-scale";
import { number } from "../../text";
import type { Bar } from "./Chart";

interface Props {
  name: string;
  bars: readonly Bar[];
  width: number;
}

const HEIGHT_PX = 180;
const ABOVE_PX = 24;
const BELOW_PX = 26;

/** Standing columns, week by week: the last one is filled, those before are hatched. */
export function Columns({ name, bars, width }: Props) {
  const most = Math.max(1, ...bars.map(({ now }) => now));
  const y = scaleLinear()
    .domain([0, most])
    .range([HEIGHT_PX - BELOW_PX, ABOVE_PX]);
  const x = scaleBand()
    .domain(bars.map(({ key }) => key))
    .range([0, Math.min(width, 560)])
    .padding(0.3);
  const last = bars.at(-1)?.key;
  return (
    <svg role="img" aria-label={name} viewBox={`0 0 ${width} ${HEIGHT_PX}`} width={width} height={HEIGHT_PX}>
      <pattern
        id="week-hatch"
        width="6"
        height="6"
        patternUnits="userSpaceOnUse"
        patternTransform="rotate(45)"
      >
        <line class="chart-hatch" x1="0" y1="0" x2="0" y2="6" />
      </pattern>
      <line class="chart-ground" x1="0" x2={Math.min(width, 560)} y1={y(0)} y2={y(0)} />
      {bars.map((bar) => {
        const left = x(bar.key) ?? 0;
        const middle = left + x.bandwidth() / 2;
        return (
          <g key={bar.key}>
            <rect
              class={bar.key === last ? "chart-bar" : "chart-bar before"}
              x={left}
              y={y(bar.now)}
              width={x.bandwidth()}
              height={y(0) - y(bar.now)}
              rx="2"
            />
            <text class="chart-number" x={middle} y={y(bar.now) - 8} text-anchor="middle">
              {bar.said ?? number(bar.now, 1)}
            </text>
            <text class="chart-label" x={middle} y={HEIGHT_PX - 8} text-anchor="middle">
              {bar.label}
            </text>
          </g>
        );
      })}
    </svg>
  );
}
