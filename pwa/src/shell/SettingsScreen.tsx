import { tone } from "../device/attention";
import { OwnNumberField } from "../escalation/OwnNumber";
import { saveSettings, settings } from "../store/state";
import { t } from "../text";
import { tl } from "../text/alarm";
import { tn } from "../text/notify";
import { Chips, LinkButton, Page, Section } from "../ui";
import { HOME, NOTICES } from "../ui/routes";
import { Account } from "./Account";
import { LanguageChips } from "./LanguageChips";
import { Lazy } from "./Lazy";
import { LockSettings } from "./lock/LockSettings";

const loadCalendar = () => import("../plan/MyCalendar");

export default function SettingsScreen() {
  return (
    <Page title={t("settings.title")} back={HOME}>
      <Section title={t("settings.account")}>
        <Account />
      </Section>
      <Section title={tn("title")}>
        <p class="quiet-words">{tn("about")}</p>
        <LinkButton wide href={NOTICES}>
          {tn("open")}
        </LinkButton>
      </Section>
      <Lazy load={loadCalendar} props={{}} loading="" failed="" quiet />
      <LockSettings />
      <LanguageChips />
      <Chips
        legend={t("settings.theme")}
        choices={[
          { value: "system", label: t("settings.theme.system") },
          { value: "dark", label: t("settings.theme.dark") },
          { value: "light", label: t("settings.theme.light") },
          { value: "red", label: t("settings.theme.red") },
        ]}
        value={settings.value.theme}
        onChange={(theme) => {
          if (theme === "system" || theme === "dark" || theme === "light" || theme === "red")
            void saveSettings({ theme }).catch(() => undefined);
        }}
      />
      <p class="quiet-words">{t("settings.theme.about")}</p>
      <OwnNumberField />
      <Chips
        legend={tl("sound")}
        choices={[
          { value: "on", label: tl("on") },
          { value: "off", label: tl("off") },
        ]}
        value={settings.value.sound ? "on" : "off"}
        onChange={(chosen) => {
          if (chosen === null) return;
          void saveSettings({ sound: chosen === "on" }).catch(() => undefined);
          if (chosen === "on") void tone(1);
        }}
      />
      <p class="quiet-words">{tl("sound_about")}</p>
    </Page>
  );
}
