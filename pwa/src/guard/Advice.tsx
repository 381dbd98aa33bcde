import phone from "lucide-static/icons/phone.svg?raw";
import { useState } from "preact/hooks";
import { newId } from "../outbox";
import { tg } from "../text/guard";
import { LinkButton, Page } from "../ui";
import { CALL, speakingCard } from "../ui/routes";
import { Steps } from "./Guide";

/** At hand before anything is written, without a network and while locked: what to do, and what hosts may not do. */
export function Advice() {
  const [card] = useState(newId);
  return (
    <Page
      title={tg("advice")}
      back={CALL}
      footer={
        <LinkButton tone="danger" large wide icon={phone} href={speakingCard(card)}>
          {tg("guide_call")}
        </LinkButton>
      }
    >
      <Steps of="H2" />
      <Steps of="X1" />
      <Steps of="powers" />
    </Page>
  );
}
