import { saveSettings, settings } from "../store/state";
import { t } from "../text";
import { Chips } from "../ui";

/** Each language in its own name. */
export function LanguageChips() {
  return (
    <Chips
      legend={t("settings.language")}
      choices={[
        { value: "sv", label: "Svenska" },
        { value: "en", label: "English" },
      ]}
      value={settings.value.language}
      onChange={(language) => {
        if (language === "sv" || language === "en") void saveSettings({ language }).catch(() => undefined);
      }}
    />
  );
}
