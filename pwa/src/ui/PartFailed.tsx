import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import { applyUpdate, checkForUpdate, updateReady } from "../device/update";
import { t } from "../text/index";
import { Banner } from "./Banner";
import { Button } from "./Button";
import { ErrorView } from "./States";

/**
 * A part of the app that was not kept and could not be fetched. The server may have gone on to a version in which it
 * has another name: trying again never helps then, and the new version does.
 */
export function PartFailed({ children, onRetry }: { children: ComponentChildren; onRetry: () => void }) {
  useEffect(() => void checkForUpdate(), []);
  if (!updateReady.value) return <ErrorView onRetry={onRetry}>{children}</ErrorView>;
  // Not while a form is open somewhere: then it is tried again instead.
  const act = <Button onPress={() => applyUpdate() || onRetry()}>{t("update.act")}</Button>;
  return (
    <Banner tone="danger" action={act}>
      {children} {t("update.ready")}
    </Banner>
  );
}
