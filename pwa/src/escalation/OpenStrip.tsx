import phone from "lucide-static/icons/phone-call.svg?raw";
import { t, time } from "../text";
import { Icon } from "../ui";
import { CALL, call } from "../ui/routes";
import { standing } from "./EscalationCard";
import { openEscalations, serviceName } from "./state";

/** The call for help that goes on, at the top of every screen, to its end. Of several the newest, and how many more. */
export function OpenStrip() {
  const [newest, ...others] = openEscalations.value;
  if (!newest) return null;
  return (
    <ul class="open-strip" aria-label={t("call.open")}>
      <li>
        <a href={call(newest.id)}>
          <Icon svg={phone} />
          <span>
            {time(newest.statedAt)} {serviceName(newest.service)}
          </span>
          <small>{standing(newest)}</small>
        </a>
      </li>
      {others.length === 0 ? null : (
        <li>
          <a class="open-more" href={CALL}>
            {t("call.open.more", { n: others.length })}
          </a>
        </li>
      )}
    </ul>
  );
}
