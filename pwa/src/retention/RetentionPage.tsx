import { useState } from "preact/hooks";
import { BackToSettings } from "../admin/BackToSettings";
import { DeskPage } from "../review/DeskPage";
import { Fetched } from "../review/Fetched";
import { usePages } from "../review/pages";
import { useResource } from "../review/use-resource";
import { tz } from "../text/retention";
import type { Cls } from "./answers";
import { ask } from "./ask";
import { DecisionForm } from "./DecisionForm";
import { Holds } from "./Holds";
import { Protocol } from "./Protocol";
import { RuleCard } from "./RuleCard";
import "../admin/admin.css";
import "./retention.css";

const concerns = ({ kinds }: { kinds: readonly string[] }) => kinds.includes("retention");

/** How long things are kept, what is held back, and what was erased. */
export default function RetentionPage() {
  const found = useResource("retention", ask.all, concerns);
  const { found: runs, busy, more } = usePages(ask.runs, concerns);
  const [open, setOpen] = useState<Cls | null>(null);
  return (
    <DeskPage title={tz("title")} lead={<BackToSettings />}>
      <Fetched resource={found}>
        {({ rules, holds, runs_at: [from = 0, to = 0] }) => {
          const edited = rules.find(({ cls }) => cls === open);
          return (
            <div class="retention">
              <p>{tz("about", { from, to })}</p>
              <p class="quiet-words">{tz("about_copies")}</p>
              <div class="retention-rules">
                {rules.map((rule) => (
                  <RuleCard
                    key={rule.cls}
                    rule={rule}
                    onEdit={() => setOpen(rule.cls)}
                    onRun={() => {
                      found.refresh();
                      runs.refresh();
                    }}
                  />
                ))}
              </div>
              <Holds holds={holds} onSaid={found.refresh} />
              <Protocol found={runs} busy={busy} onMore={more} />
              {edited ? (
                <DecisionForm
                  key={edited.cls}
                  rule={edited}
                  onClose={() => {
                    setOpen(null);
                    found.refresh();
                  }}
                />
              ) : null}
            </div>
          );
        }}
      </Fetched>
    </DeskPage>
  );
}
