import info from "lucide-static/icons/info.svg?raw";
import warning from "lucide-static/icons/triangle-alert.svg?raw";
import type { ComponentChildren } from "preact";
import { Icon } from "./Icon";

interface Props {
  tone: "calm" | "note" | "danger";
  icon?: string;
  children: ComponentChildren;
  action?: ComponentChildren;
}

/** Something to know now, said where it is. Danger interrupts a screen reader, the rest waits. */
export function Banner({ tone, icon, children, action }: Props) {
  return (
    <div class={`banner ${tone}`} role={tone === "danger" ? "alert" : "status"}>
      <Icon svg={icon ?? (tone === "danger" ? warning : info)} />
      <div class="banner-words">{children}</div>
      {action ? <div class="banner-act">{action}</div> : null}
    </div>
  );
}
