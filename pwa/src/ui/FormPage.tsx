import x from "lucide-static/icons/x.svg?raw";
import type { ComponentChildren } from "preact";
import { useLayoutEffect } from "preact/hooks";
import { t } from "../text";
import { Banner } from "./Banner";
import { Button } from "./Button";
import { Icon } from "./Icon";
import { useHeading } from "./useHeading";

interface Props {
  title: string;
  /** One quiet line under the title. */
  about?: string | undefined;
  onClose: () => void;
  children: ComponentChildren;
  footer?: ComponentChildren;
}

/** A form that fills the screen: a cross above, contents, the act at the thumb. Escape is the cross. */
export function FormPage({ title, about, onClose, children, footer }: Props) {
  const heading = useHeading(title);
  useLayoutEffect(() => {
    document.title = `${title} · Lykta`;
  }, [title]);
  useLayoutEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === "Escape" && !document.querySelector("dialog[open]")) onClose();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [onClose]);
  return (
    <>
      <main class="page form-page">
        <header class="page-head">
          <button type="button" class="button quiet only-icon" aria-label={t("ui.close")} onClick={onClose}>
            <Icon svg={x} />
          </button>
          <div class="page-title">
            <h1 ref={heading} tabIndex={-1}>
              {title}
            </h1>
            {about ? <p class="quiet-words">{about}</p> : null}
          </div>
        </header>
        {children}
      </main>
      {footer ? <footer class="page-foot">{footer}</footer> : null}
    </>
  );
}

interface SaveProps {
  label: string;
  onSave: () => void;
  isSealing: boolean;
  /** The save failed: the words say that it is not saved, and the form stays. */
  hasFailed: boolean;
  /** The draft could not be kept either. */
  isNotKept: boolean;
  /** What is missing, in words. */
  lack?: string | undefined;
  large?: boolean;
  children?: ComponentChildren;
}

/** The foot of every form: the truth about saving, and the act. */
export function SaveFoot({
  label,
  onSave,
  isSealing,
  hasFailed,
  isNotKept,
  lack,
  large,
  children,
}: SaveProps) {
  return (
    <div class="stack">
      {hasFailed ? <Banner tone="danger">{t("ui.save.failed")}</Banner> : null}
      {isNotKept && !hasFailed ? <Banner tone="danger">{t("ui.save.notKept")}</Banner> : null}
      {lack ? (
        <p class="field-error" role="alert">
          {lack}
        </p>
      ) : null}
      <div class="row equal">
        {children}
        <Button tone="main" large={large ?? false} wide busy={isSealing} onPress={onSave}>
          {label}
        </Button>
      </div>
    </div>
  );
}
