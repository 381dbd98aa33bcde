import { useState } from "preact/hooks";
import { drafts } from "../outbox";
import { th } from "../text/help";
import { goFromHere, LinkButton, route } from "../ui";
import { call, speakingCard } from "../ui/routes";
import { type Dialed, dialedOf, type SaidYes, sayNo, sayYes } from "./confirm";
import { DialQuestion } from "./DialQuestion";

function Question({ dialed }: { dialed: Dialed }) {
  const [phase, setPhase] = useState<"open" | "sealing" | "failed">("open");
  const { draft, fields, kept, at } = dialed;
  const yes = async (said: SaidYes) => {
    setPhase("sealing");
    const lead = goFromHere();
    try {
      lead(call(await sayYes({ id: draft.id, shift: draft.shift, fields, kept }, said)));
    } catch {
      setPhase("failed");
    }
  };
  const no = () => {
    setPhase("sealing");
    void sayNo(draft, fields).catch(() => setPhase("failed"));
  };
  return (
    <li>
      <DialQuestion
        fields={fields}
        dialedAt={at}
        isSealing={phase === "sealing"}
        hasFailed={phase === "failed"}
        onYes={(said) => void yes(said)}
        onNo={no}
        beside={
          <LinkButton tone="quiet" href={speakingCard(draft.id)}>
            {th("show_card")}
          </LinkButton>
        }
      />
    </li>
  );
}

/** The question wherever the host is, also after the phone was dead, until it is answered. The card asks it itself. */
export function DialStrip() {
  const { path } = route.value;
  const asked = drafts.value
    .flatMap((draft) => dialedOf(draft) ?? [])
    .filter(({ draft }) => !(path[1] === "kort" && path[2] === draft.id));
  if (asked.length === 0) return null;
  return (
    <ul class="dial-strip">
      {asked.map((dialed) => (
        <Question key={dialed.draft.id} dialed={dialed} />
      ))}
    </ul>
  );
}
