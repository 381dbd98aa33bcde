import { useState } from "preact/hooks";
import { tn } from "../../text/notify";
import { Banner, Button, Section } from "../../ui";
import { type Sent, sendTrial, type TrialOutcome } from "./ask";

const CHANNELS: Record<string, () => string> = {
  push: () => tn("push"),
  email: () => tn("email"),
  sms: () => tn("mobile"),
};

const WHY: Record<string, () => string> = {
  gone: () => tn("why_gone"),
  refused: () => tn("why_refused"),
  slowed: () => tn("why_slowed"),
  failed: () => tn("why_failed"),
  late: () => tn("why_late"),
  unreachable: () => tn("why_unreachable"),
  forbidden: () => tn("why_forbidden"),
};

function words({ channel, ok, why }: Sent): string {
  const name = CHANNELS[channel]?.();
  if (name === undefined) return tn("tried_none");
  return ok
    ? tn("tried_ok", { channel: name })
    : tn("tried_no", { channel: name, why: (WHY[why ?? ""] ?? (() => tn("why_fault")))() });
}

function Outcome({ outcome }: { outcome: TrialOutcome }) {
  if (outcome.is === "failed") return <Banner tone="note">{tn("try_failed")}</Banner>;
  if (outcome.is === "slowed") return <Banner tone="note">{tn("try_slowed", { n: outcome.wait_s })}</Banner>;
  const isWhole = outcome.sent.every(({ ok }) => ok);
  return (
    <Banner tone={isWhole ? "calm" : "note"}>
      <ul>
        {outcome.sent.map((one, n) => (
          // Two phones of one person may have had the same answer.
          <li key={`${one.channel}-${n}`}>{words(one)}</li>
        ))}
      </ul>
    </Banner>
  );
}

export function Trial() {
  const [isBusy, setBusy] = useState(false);
  const [outcome, setOutcome] = useState<TrialOutcome | null>(null);
  const send = () => {
    setBusy(true);
    setOutcome(null);
    void sendTrial()
      .then(setOutcome)
      .finally(() => setBusy(false));
  };
  return (
    <Section title={tn("trial")}>
      <p class="quiet-words">{tn("try_about")}</p>
      <Button wide busy={isBusy} onPress={send}>
        {isBusy ? tn("trying") : tn("try")}
      </Button>
      {outcome ? <Outcome outcome={outcome} /> : null}
    </Section>
  );
}
