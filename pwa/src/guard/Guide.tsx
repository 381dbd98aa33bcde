import lifebuoy from "lucide-static/icons/life-buoy.svg?raw";
import phone from "lucide-static/icons/phone.svg?raw";
import type { ComponentChildren } from "preact";
import { useId, useState } from "preact/hooks";
import { newId } from "../outbox";
import { tg } from "../text/guard";
import { Button, Icon, LinkButton } from "../ui";
import { speakingCard } from "../ui/routes";
import "./guard.css";

/** What to do, before what to write: by category, as text that is in the phone. */
const GUIDES = {
  H2: ["H2_1", "H2_2", "H2_3", "H2_4", "H2_5"],
  H4: ["H4_1", "H4_2", "H4_3", "H4_4"],
  V5: ["V5_1", "V5_2", "V5_3", "V5_4"],
  X1: ["X1_1", "X1_2", "X1_3", "X1_4"],
  /** Of no category: what hosts may not do, whatever they see. */
  powers: ["powers_1", "powers_2", "powers_3", "powers_4", "powers_5"],
} as const;
type Guided = Exclude<keyof typeof GUIDES, "powers">;

export const hasGuide = (code: string): code is Guided => code in GUIDES && code !== "powers";

interface StepsProps {
  of: keyof typeof GUIDES;
  children?: ComponentChildren;
}

export function Steps({ of, children }: StepsProps) {
  const heading = useId();
  return (
    <section class="guide" aria-labelledby={heading}>
      <h2 id={heading}>
        <Icon svg={lifebuoy} />
        {tg(`${of}_title`)}
      </h2>
      <ol>
        {GUIDES[of].map((step) => (
          <li key={step}>{tg(step)}</li>
        ))}
      </ol>
      {children}
    </section>
  );
}

/** The advice for one category; nothing for one that has none. */
export function Guide({ code }: { code: string }) {
  if (!hasGuide(code)) return null;
  return (
    <Steps of={code}>
      <p class="quiet-words">{tg("guide_minimal")}</p>
    </Steps>
  );
}

/** One tap to the card with the number, one to the form. What is said on the card is closed as the record is. */
export function GuideFoot({ about, onDone }: { about: string; onDone: () => void }) {
  const [card] = useState(newId);
  return (
    <div class="row equal">
      <LinkButton large tone="danger" icon={phone} href={speakingCard(card, { about })}>
        {tg("guide_call")}
      </LinkButton>
      <Button large tone="main" onPress={onDone}>
        {tg("guide_on")}
      </Button>
    </div>
  );
}

export function ShowGuide({ onPress }: { onPress: () => void }) {
  return (
    <Button tone="quiet" icon={lifebuoy} onPress={onPress}>
      {tg("guide_show")}
    </Button>
  );
}
