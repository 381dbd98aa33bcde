import { OwnNumberField } from "../escalation/OwnNumber";
import { saveSettings, settings } from "../store/state";
import { t } from "../text";
import { tn } from "../text/notify";
import { Chips, LinkButton, Page, Section } from "../ui";
import { HOME, NOTICES } from "../ui/routes";
import { Account } from "./Account";
import { LanguageChips } from "./LanguageChips";

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
    </Page>
  );
}
