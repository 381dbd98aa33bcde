import shield from "lucide-static/icons/shield-alert.svg?raw";
import type { MissingLine } from "../followup/answers";
import { ask } from "../followup/ask";
import { timeNear } from "../text";
import { tr } from "../text/review";
import { LinkButton } from "../ui";
import { minute_ms } from "./desk-state";
import { MISSING, shiftHref } from "./routes";
import { useResource } from "./use-resource";

const KINDS = ["observation", "followup", "missing"];

/** Threats against staff that nobody has followed up, nor said why not: what the radar holds of them. */
export function useThreats(): readonly MissingLine[] {
  const asked = useResource("threats", ask.missing, ({ kinds }) =>
    kinds.some((kind) => KINDS.includes(kind)),
  );
  const { value } = asked.loaded;
  if (value.state !== "ready" && value.state !== "stale") return [];
  return value.data.lines.filter(({ kind, dismissed }) => kind === "staff_threat" && dismissed === null);
}

function hrefOf({ shift_id, observation_id }: MissingLine): string {
  return shift_id ? shiftHref(shift_id, observation_id ?? undefined) : MISSING;
}

/** One leads to its record, several to their list. */
export function ThreatMark({ lines }: { lines: readonly MissingLine[] }) {
  const [first] = lines;
  if (!first) return null;
  return (
    <LinkButton icon={shield} href={lines.length === 1 ? hrefOf(first) : MISSING}>
      {tr("threats", { n: lines.length })}
    </LinkButton>
  );
}

/** Those whose shift is no longer out: they do not go home with it. */
export function ThreatsBeside({ lines }: { lines: readonly MissingLine[] }) {
  return (
    <>
      {lines.map((line) => (
        <div key={line.subject} class="row">
          <ThreatMark lines={[line]} />
          <span class="quiet-words">{timeNear(line.at, minute_ms.value)}</span>
        </div>
      ))}
    </>
  );
}
