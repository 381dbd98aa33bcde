import lifebuoy from "lucide-static/icons/life-buoy.svg?raw";
import phone from "lucide-static/icons/phone.svg?raw";
import { tg } from "../text/guard";
import { Button, Icon, LinkButton } from "../ui";
import { CALL } from "../ui/routes";
import "./guard.css";

/** What to do, before what to write: by category, as text that is in the phone. */
const GUIDES = {
  H2: ["H2_1", "H2_2", "H2_3", "H2_4", "H2_5"],
  H4: ["H4_1", "H4_2", "H4_3", "H4_4"],
  V5: ["V5_1", "V5_2", "V5_3", "V5_4"],
  X1: ["X1_1", "X1_2", "X1_3", "X1_4"],
} as const;
type Guided = keyof typeof GUIDES;

export const hasGuide = (code: string): code is Guided => code in GUIDES;

/** The advice for one category; nothing for one that has none. */
export function Guide({ code }: { code: string }) {
  if (!hasGuide(code)) return null;
  return (
    <section class="guide" aria-labelledby="guide-title">
      <h2 id="guide-title">
        <Icon svg={lifebuoy} />
        {tg(`${code}_title`)}
      </h2>
      <ol>
        {GUIDES[code].map((step) => (
          <li key={step}>{tg(step)}</li>
        ))}
      </ol>
      <p class="quiet-words">{tg("guide_minimal")}</p>
    </section>
  );
}

/** One tap to the call, one to the form. */
export function GuideFoot({ onDone }: { onDone: () => void }) {
  return (
    <div class="row equal">
      <LinkButton large tone="danger" icon={phone} href={CALL}>
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
