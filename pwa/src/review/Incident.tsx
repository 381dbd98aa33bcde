import copy from "lucide-static/icons/copy.svg?raw";
import { useState } from "preact/hooks";
import type { ObservationValue } from "../store/types";
import { tr } from "../text/review";
import { Banner, Button } from "../ui";
import { incidentText } from "./incident-text";
import type { Names } from "./names";

/** At a record of a threat against staff: the employer's duty, and a text to carry over. */
export function Incident({ value, names }: { value: ObservationValue; names: Names }) {
  const [outcome, setOutcome] = useState<"copied" | "failed" | null>(null);
  const words = incidentText(value, names);
  const onCopy = () =>
    navigator.clipboard.writeText(words).then(
      () => setOutcome("copied"),
      () => setOutcome("failed"),
    );
  return (
    <div class="incident">
      <Banner tone="note">{tr("incident_duty")}</Banner>
      <h4>{tr("incident_title")}</h4>
      <pre>{words}</pre>
      <div class="row">
        <Button icon={copy} onPress={() => void onCopy()}>
          {tr("incident_copy")}
        </Button>
        <span role="status">{outcome === null ? "" : tr(`incident_${outcome}`)}</span>
      </div>
    </div>
  );
}
