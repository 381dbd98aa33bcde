import message from "lucide-static/icons/message-square.svg?raw";
import phone from "lucide-static/icons/phone.svg?raw";
import { telHref } from "../escalation/services";
import { positionWords } from "../place/PositionLine";
import { contacts, me } from "../store/state";
import type { Position } from "../store/types";
import { t, time } from "../text";
import { tl } from "../text/alarm";
import { LinkButton } from "../ui";
import { now_ms } from "../ui/now";
import { degrees, reachable, smsHref, takesText } from "./rules";

/** "Position 56.16120, 14.86540 (±9 m · 4 s sedan)." */
export function whereWords(position: Position | null): string {
  if (position === null) return tl("nowhere");
  return tl("where", { degrees: degrees(position), words: positionWords(position) });
}

function smsWords(position: Position | null): string {
  const where = position
    ? tl("sms_at", { degrees: degrees(position), words: positionWords(position) })
    : tl("sms_nowhere");
  const at = time(new Date(now_ms.value).toISOString());
  return tl("sms", { name: me.value?.name || tl("someone"), time: at, where });
}

/** The ways that need no Lykta: 112 first, then the organisation's own people, by voice and by text. */
export function Reach({ position }: { position: Position | null }) {
  const people = reachable(contacts.value);
  return (
    <div class="stack">
      <LinkButton tone="main" large wide icon={phone} href={telHref("112")}>
        {tl("call_112")}
      </LinkButton>
      {people.map(({ id, name, number }) => (
        <div class="reach" key={id}>
          <span>{name}</span>
          <LinkButton icon={phone} href={telHref(number)} name={tl("call_name", { name })}>
            {t("nav.call")}
          </LinkButton>
          {takesText(number) ? (
            <LinkButton
              icon={message}
              href={smsHref(number, smsWords(position))}
              name={tl("text_name", { name })}
            >
              {tl("text")}
            </LinkButton>
          ) : null}
        </div>
      ))}
      {people.length === 0 ? <p class="quiet-words">{tl("no_number")}</p> : null}
    </div>
  );
}
