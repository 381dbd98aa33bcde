import { newId } from "../outbox";
import { minute_ms } from "../review/desk-state";
import { tw } from "../text/follow";
import { Banner, Button, TextArea } from "../ui";
import type { Whole } from "./answers";
import { ask } from "./ask";
import type { Say } from "./Closing";
import { Copy } from "./Copy";
import { theirWords } from "./Fields";
import { sentWords } from "./words";

interface Props {
  whole: Whole;
  text: string;
  theirs: string | undefined;
  onInput: (text: string) => void;
  say: Say;
  busy: boolean;
}

/** Opens the reader's own program: the words go through an address of this device, never over the network. */
function mailto(to: string | null, text: string): string {
  return `mailto:${to ?? ""}?subject=${encodeURIComponent(tw("fault_report"))}&body=${encodeURIComponent(text)}`;
}

function Channels({ whole, say, busy }: Pick<Props, "whole" | "say" | "busy">) {
  const { followup, channels } = whole;
  const send = (channel: string) =>
    say(() => ask.send(followup.id, { id: newId(), based_on: followup.version, channel }));
  return (
    <>
      {channels.includes("webhook") ? (
        <Button busy={busy} onPress={() => void send("webhook")}>
          {tw("send_webhook")}
        </Button>
      ) : null}
      {channels.includes("email") ? (
        <Button busy={busy} onPress={() => void send("email")}>
          {tw("send_email")}
        </Button>
      ) : null}
    </>
  );
}

function faultWords(faults: readonly string[]): string {
  const words = { "host-name": tw("not_sent_name"), words: tw("not_sent_words") };
  return faults.map((code) => (code in words ? words[code as keyof typeof words] : "")).join(" ");
}

/** What leaves the unit: suggested from the record, read and changed by a person, then copied or sent. */
export function Draft({ whole, text, theirs, onInput, say, busy }: Props) {
  const { followup, drafted, left_out, mail_to } = whole;
  if (drafted === null) return <Banner tone="note">{tw("draft_restricted")}</Banner>;
  const isSaved = text === (followup.draft ?? "");
  return (
    <>
      <TextArea
        label={tw("draft")}
        hint={tw("draft_hint")}
        rows={8}
        value={text}
        error={theirWords(theirs)}
        onInput={onInput}
      />
      {text === "" ? (
        <>
          <Button onPress={() => onInput(drafted)}>{tw("draft_suggest")}</Button>
          {left_out ? <p class="quiet-words">{tw("draft_left_out")}</p> : null}
        </>
      ) : (
        <>
          {isSaved && whole.faults.length > 0 ? (
            <Banner tone="danger">{faultWords(whole.faults)}</Banner>
          ) : null}
          <div class="row">
            <Copy text={text} />
            <a class="button" href={mailto(mail_to, text)}>
              {tw("mailto")}
            </a>
            {isSaved && followup.status === "open" && whole.faults.length === 0 ? (
              <Channels whole={whole} say={say} busy={busy} />
            ) : null}
          </div>
          {!isSaved && whole.channels.length > 0 ? <p class="quiet-words">{tw("save_first")}</p> : null}
        </>
      )}
      {followup.sent.length > 0 ? (
        <ul class="sent-list">
          {followup.sent.map((one) => (
            <li key={one.id}>{sentWords(one, minute_ms.value)}</li>
          ))}
        </ul>
      ) : null}
    </>
  );
}
