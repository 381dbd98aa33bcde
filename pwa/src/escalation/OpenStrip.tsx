import phone from "lucide-static/icons/phone-call.svg?raw";
import { t, time } from "../text";
import { Icon } from "../ui";
import { call } from "../ui/routes";
import { standing } from "./EscalationCard";
import { openEscalations, serviceName } from "./state";

/** Calls for help that are not ended, at the top of every screen. */
export function OpenStrip() {
  const open = openEscalations.value;
  if (open.length === 0) return null;
  return (
    <ul class="open-strip" aria-label={t("call.open")}>
      {open.map((view) => (
        <li key={view.id}>
          <a href={call(view.id)}>
            <Icon svg={phone} />
            <span>
              {time(view.statedAt)} {serviceName(view.service)}
            </span>
            <small>{standing(view)}</small>
          </a>
        </li>
      ))}
    </ul>
  );
}
