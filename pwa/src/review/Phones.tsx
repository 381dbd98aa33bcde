import warning from "lucide-static/icons/triangle-alert.svg?raw";
import { tr } from "../text/review";
import { Icon } from "../ui";
import { minute_ms } from "./desk-state";
import type { Phone } from "./types";
import { clockWords, phoneWords } from "./words";

/** Each phone of a shift: what it sent and holds, when it was heard, and whether its clock can be trusted. */
export function Phones({ phones }: { phones: readonly Phone[] }) {
  if (phones.length === 0) return null;
  return (
    <details class="phones" open={phones.some((phone) => clockWords(phone) !== null)}>
      <summary>{tr("phones", { n: phones.length })}</summary>
      <ul>
        {phones.map((phone) => {
          const clock = clockWords(phone);
          return (
            <li key={phone.install}>
              <strong>{phone.label || tr("a_phone")}</strong>
              <span>{phoneWords(phone, minute_ms.value)}</span>
              {clock === null ? null : (
                <span class="overdue-word">
                  <Icon svg={warning} />
                  {clock}
                </span>
              )}
            </li>
          );
        })}
      </ul>
    </details>
  );
}
