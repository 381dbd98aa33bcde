import warning from "lucide-static/icons/triangle-alert.svg?raw";
import { tr } from "../text/review";
import { Icon } from "../ui";
import { minute_ms } from "./desk-state";
import type { Phone } from "./types";
import { clockWords, phoneTroubles, phoneWords } from "./words";

const isTold = (phone: Phone) => clockWords(phone) !== null || phone.emptied_at !== null;

/** Each phone of a shift: what it sent and holds, when it was heard, and whether its store and clock can be trusted. */
export function Phones({ phones }: { phones: readonly Phone[] }) {
  if (phones.length === 0) return null;
  return (
    <details class="phones" open={phones.some(isTold)}>
      <summary>{tr("phones", { n: phones.length })}</summary>
      <ul>
        {phones.map((phone) => (
          <li key={phone.install}>
            <strong>{phone.label || tr("a_phone")}</strong>
            <span>{phoneWords(phone, minute_ms.value)}</span>
            {phoneTroubles(phone, minute_ms.value).map((trouble) => (
              <span key={trouble} class="overdue-word">
                <Icon svg={warning} />
                {trouble}
              </span>
            ))}
          </li>
        ))}
      </ul>
    </details>
  );
}
