import { useState } from "preact/hooks";
import { ownOps } from "../../store/state";
import { retryNow } from "../../sync";
import { t } from "../../text";
import { ta } from "../../text/aside";
import { Banner, Button, LinkButton, type SendState } from "../../ui";
import { STATUS } from "../../ui/routes";

const WHY: Readonly<Record<string, () => string>> = {
  refused: () => ta("why_refused"),
  server: () => ta("why_server"),
  hash: () => ta("why_hash"),
  "no-result": () => ta("why_no_result"),
  author: () => ta("why_author"),
  revoked: () => ta("why_revoked"),
  conflict: () => ta("why_conflict"),
  type: () => ta("why_type"),
  version: () => ta("why_version"),
  envelope: () => ta("why_envelope"),
  permission: () => ta("why_permission"),
  projector: () => ta("why_projector"),
  body: () => ta("why_body"),
  target: () => ta("why_target"),
};
const whyWords = (why: string) => WHY[why]?.() ?? ta("why_other", { why });

/** Another go now, and the way to a copy of it. */
function Stuck({ why }: { why: string }) {
  const [phase, setPhase] = useState<"open" | "trying" | "tried">("open");
  const retry = async () => {
    setPhase("trying");
    const stuck = ownOps.peek().filter(({ sync }) => sync.state === "stuck");
    await retryNow(stuck.map(({ id }) => id)).catch(() => undefined);
    setPhase("tried");
  };
  return (
    <>
      <Banner tone="danger">{ta("log_stuck", { why: whyWords(why) })}</Banner>
      <p role="status">{phase === "trying" ? ta("trying") : phase === "tried" ? ta("retry_again") : ""}</p>
      <div class="row equal">
        <Button busy={phase === "trying"} onPress={() => void retry()}>
          {t("ui.retry")}
        </Button>
        <LinkButton href={STATUS}>{ta("copy_act")}</LinkButton>
      </div>
    </>
  );
}

/** What a state means, where the short words do not say it all. */
export function SendAbout({ send }: { send: SendState }) {
  if (send.state === "stuck") return <Stuck why={send.why} />;
  if (send.state === "quarantined")
    return <Banner tone="note">{ta("log_quarantined", { why: whyWords(send.why) })}</Banner>;
  if (send.state === "pending") return <Banner tone="calm">{ta("log_pending")}</Banner>;
  return null;
}
