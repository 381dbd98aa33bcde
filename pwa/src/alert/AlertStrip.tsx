import siren from "lucide-static/icons/siren.svg?raw";
import { t } from "../text";
import { Icon, route } from "../ui";
import { alarm } from "../ui/routes";
import { isOwn, nameOf, namesOf, openAlerts, raiseOp } from "./state";
import { type AlertView, type Stage, stageOf } from "./view";

const OWN: Record<Stage["is"], (names: string) => string> = {
  queued: () => t("alarm.queued"),
  stuck: () => t("alarm.stuck"),
  held: () => t("alarm.held"),
  delivered: () => t("alarm.delivered"),
  seen: (names) => t("alarm.seen", { names }),
};

/** One line: whose it is, and who has seen it. */
export function stripWords(view: AlertView): string {
  const name = nameOf(view.hostId);
  const names = namesOf(view.acknowledged);
  if (isOwn(view) && view.kind === "overdue")
    return names ? t("alarm.late.seen", { names }) : t("alarm.late");
  if (isOwn(view)) {
    return OWN[stageOf(view, raiseOp(view.id)).is](names);
  }
  if (view.kind === "overdue") return t("alarm.other.late", { name });
  return t(view.kind === "threat" ? "alarm.other.threat" : "alarm.other", { name });
}

/** Alarms that are not over, on every screen above all else; but for the one whose own screen this is. */
export function AlertStrip() {
  const [first, shown] = route.value.path;
  const open = openAlerts.value.filter(({ id }) => first !== "larm" || id !== shown);
  if (open.length === 0) return null;
  return (
    <ul class="open-strip alarm-strip" aria-label={t("alarm.open")}>
      {open.map((view) => (
        <li key={view.id}>
          <div role={isOwn(view) ? undefined : "alert"}>
            <a href={alarm(view.id)} class={view.acknowledged.length > 0 ? "seen" : undefined}>
              <Icon svg={siren} />
              <span>{stripWords(view)}</span>
            </a>
          </div>
        </li>
      ))}
    </ul>
  );
}
