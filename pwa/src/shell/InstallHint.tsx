import { t } from "../text";
import { Banner, Button } from "../ui";
import { dismissInstall, install, installHint } from "./install";

/** Said once: on the home screen the app opens without network and keeps what is written. */
export function InstallHint() {
  const kind = installHint();
  if (kind === null) return null;
  return (
    <Banner
      tone="calm"
      action={
        <>
          {kind === "prompt" ? <Button onPress={() => void install()}>{t("install.act")}</Button> : null}
          <Button tone="quiet" onPress={dismissInstall}>
            {t("install.later")}
          </Button>
        </>
      }
    >
      {kind === "ios" ? t("install.ios") : t("install.about")}
    </Banner>
  );
}
