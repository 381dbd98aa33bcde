import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { Lazy } from "../review/Lazy";
import { tw } from "../text/week";
import { Button, Section } from "../ui";
import type { ChartProps } from "./charts/Chart";

/** Pictures have a chunk of their own; the table behind each is there without it. */
const loadChart = () => import("./charts/Chart");

interface Props {
  title: string;
  chart: ChartProps;
  about?: string;
  /** Always there for who hears the page, and on paper. */
  children: ComponentChildren;
}

export function Figure({ title, chart, about, children }: Props) {
  const [isTable, setTable] = useState(false);
  return (
    <Section title={title}>
      {isTable ? null : <Lazy load={loadChart} props={chart} />}
      <div class={isTable ? "behind shown" : "behind"}>{children}</div>
      {about ? <p class="quiet-words">{about}</p> : null}
      <div class="figure-foot">
        <Button
          tone="quiet"
          pressed={isTable}
          onPress={() => setTable(!isTable)}
          name={`${tw("table")}: ${title}`}
        >
          {tw("table")}
        </Button>
      </div>
    </Section>
  );
}
