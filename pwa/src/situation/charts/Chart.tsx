import { useEffect, useRef, useState } from "preact/hooks";
import { Bars } from "./Bars";
import { Columns } from "./Columns";

/** One thing that is counted: this week, and the mean of those before. */
export interface Bar {
  key: string;
  label: string;
  now: number;
  mean: number | null;
  /** The value in words, where it is not the plain number. */
  said?: string;
}

export interface ChartProps {
  kind: "bars" | "columns";
  /** What the picture shows, for who cannot see it; the table says the rest. */
  name: string;
  bars: readonly Bar[];
}

const WIDTH_PX = 640;

/** As wide as its place, so that letters keep their size. */
function useWidth() {
  const ref = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(WIDTH_PX);
  useEffect(() => {
    const place = ref.current;
    if (!place || typeof ResizeObserver === "undefined") return;
    const watch = new ResizeObserver(([entry]) => {
      const found = Math.round(entry?.contentRect.width ?? 0);
      if (found > 0) setWidth(found);
    });
    watch.observe(place);
    return () => watch.disconnect();
  }, []);
  return { ref, width };
}

export default function Chart({ kind, name, bars }: ChartProps) {
  const { ref, width } = useWidth();
  const Kind = kind === "bars" ? Bars : Columns;
  return (
    <div ref={ref} class="chart">
      <Kind name={name} bars={bars} width={width} />
    </div>
  );
}
