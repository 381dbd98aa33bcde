import pencil from "lucide-static/icons/notebook-pen.svg?raw";
import { held } from "../checkin/undo";
import { isDialed } from "../escalation/dialed";
import { type Draft, drafts } from "../outbox";
import { isObject } from "../parse";
import { t, timeNear } from "../text";
import { Icon, Section } from "../ui";
import { now_ms } from "../ui/now";
import { checkin, endShift, newAttempt, newCall, observation, speakingCard, startShift } from "../ui/routes";

/** What is begun on the desk goes on there. */
type HostForm = Exclude<Draft["form"], "desk">;

const NAMES: Record<HostForm, () => string> = {
  observation: () => t("begun.observation"),
  checkin: () => t("begun.checkin"),
  escalation: () => t("begun.escalation"),
  shift: () => t("begun.shift"),
  "shift-end": () => t("begun.shiftEnd"),
  attempt: () => t("begun.attempt"),
  dial: () => t("begun.dial"),
};

/** Where a form goes on. */
export function resumeHref({ id, form, shift, fields }: Draft & { form: HostForm }): string {
  const word = (name: string) => {
    const found = isObject(fields) ? fields[name] : null;
    return typeof found === "string" ? found : "";
  };
  switch (form) {
    case "observation":
      return observation(id);
    case "checkin":
      return checkin(id, word("kind") || "ok");
    case "escalation":
      return newCall(id, word("service"));
    case "attempt":
      return newAttempt(id, word("target"));
    case "dial":
      return speakingCard(id);
    case "shift":
      return startShift(id);
    case "shift-end":
      return `${endShift(id)}?pass=${shift ?? ""}`;
  }
}

/** Forms begun and not saved: never sent by themselves, never lost. */
export function Begun() {
  // A card whose number was tapped asks for itself, at the top of the screen.
  const open = drafts.value.filter(
    (draft): draft is Draft & { form: HostForm } =>
      draft.form !== "desk" && draft.id !== held.value?.id && !isDialed(draft),
  );
  if (open.length === 0) return null;
  return (
    <Section title={t("begun.title")}>
      {open.map((draft) => (
        <a key={draft.id} class="card begun" href={resumeHref(draft)}>
          <Icon svg={pencil} />
          <span>
            {t("begun.line", { what: NAMES[draft.form](), time: timeNear(draft.at, now_ms.value) })}
          </span>
        </a>
      ))}
    </Section>
  );
}
