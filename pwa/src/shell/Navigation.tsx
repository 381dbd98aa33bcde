import shift from "lucide-static/icons/lamp.svg?raw";
import desk from "lucide-static/icons/layout-dashboard.svg?raw";
import log from "lucide-static/icons/list.svg?raw";
import map from "lucide-static/icons/map.svg?raw";
import phone from "lucide-static/icons/phone.svg?raw";
import siren from "lucide-static/icons/siren.svg?raw";
import { t } from "../text";
import { Icon } from "../ui";
import { ALARM, CALL, DESK, HOME, LOG, MAP } from "../ui/routes";

interface Props {
  current: string;
  /** A supervisor's way back to the desk. */
  hasDesk: boolean;
}

export function Navigation({ current, hasDesk }: Props) {
  const tabs = [
    { href: HOME, icon: shift, words: t("nav.shift") },
    { href: LOG, icon: log, words: t("nav.log") },
    { href: MAP, icon: map, words: t("nav.map") },
    { href: CALL, icon: phone, words: t("nav.call") },
    { href: ALARM, icon: siren, words: t("nav.alarm") },
    ...(hasDesk ? [{ href: DESK, icon: desk, words: t("nav.desk") }] : []),
  ];
  return (
    <nav class="tabbar" aria-label={t("nav.label")}>
      <ul>
        {tabs.map((tab) => (
          <li key={tab.href}>
            <a href={tab.href} aria-current={tab.href === current ? "page" : undefined}>
              <Icon svg={tab.icon} />
              <span>{tab.words}</span>
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
