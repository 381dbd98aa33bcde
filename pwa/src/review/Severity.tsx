import { tr } from "../text/review";
import type { Names } from "./names";

const LEVELS = [1, 2, 3, 4];

/** How serious, in a word and as filled steps: readable without colour. */
export function Severity({ level, names }: { level: number; names: Names }) {
  return (
    <span class={`severity level-${level}`}>
      <span class="severity-steps" aria-hidden="true">
        {LEVELS.map((step) => (
          <i key={step} class={step <= level ? "on" : undefined} />
        ))}
      </span>
      <span class="sr-only">{tr("severity", { n: level })}: </span>
      {names.severity(level)}
    </span>
  );
}
