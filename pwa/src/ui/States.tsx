import type { ComponentChildren } from "preact";
import { t } from "../text/index";
import { Banner } from "./Banner";
import { Button } from "./Button";
import { Icon } from "./Icon";

/** Nothing here, and what would put something here. */
export function Empty({
  icon,
  title,
  children,
}: {
  icon?: string;
  title: string;
  children?: ComponentChildren;
}) {
  return (
    <div class="empty">
      {icon ? <Icon svg={icon} /> : null}
      <p class="empty-title">{title}</p>
      {children}
    </div>
  );
}

export function Loading({ what }: { what?: string }) {
  return (
    <p class="loading" role="status">
      {what ?? t("ui.loading")}
    </p>
  );
}

/** What failed in words, and a way on. */
export function ErrorView({ children, onRetry }: { children: ComponentChildren; onRetry?: () => void }) {
  return (
    <Banner tone="danger" action={onRetry ? <Button onPress={onRetry}>{t("ui.retry")}</Button> : undefined}>
      {children}
    </Banner>
  );
}
