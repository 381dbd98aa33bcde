import check from "lucide-static/icons/check.svg?raw";
import clock from "lucide-static/icons/clock.svg?raw";
import phone from "lucide-static/icons/smartphone.svg?raw";
import warning from "lucide-static/icons/triangle-alert.svg?raw";
import { t, time } from "../text/index";
import { Icon } from "./Icon";

/** How far a record has come. `other`: a colleague's, known only because the server has it. */
export type SendState =
  | { state: "pending" }
  | { state: "sent"; at: string }
  | { state: "quarantined"; at: string; why: string }
  | { state: "stuck"; why: string }
  | { state: "other" };

interface Word {
  icon: string;
  tone: string;
  words: string;
}

function wordOf(send: SendState): Word | null {
  switch (send.state) {
    case "pending":
      return { icon: phone, tone: "note", words: t("ui.state.pending") };
    case "sent":
      return { icon: check, tone: "calm", words: t("ui.state.sent", { time: time(send.at) }) };
    case "quarantined":
      return { icon: clock, tone: "note", words: t("ui.state.quarantined") };
    case "stuck":
      return { icon: warning, tone: "danger", words: t("ui.state.stuck") };
    case "other":
      return null;
  }
}

/** The state of a record in words, with a shape beside: never a colour alone. */
export function StateWord({ send }: { send: SendState }) {
  const word = wordOf(send);
  if (!word) return null;
  return (
    <span class={`state ${word.tone}`}>
      <Icon svg={word.icon} />
      {word.words}
    </span>
  );
}
