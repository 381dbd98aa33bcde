import x from "lucide-static/icons/x.svg?raw";
import type { ComponentChildren } from "preact";
import { useId, useLayoutEffect, useRef } from "preact/hooks";
import { t } from "../text/index";
import { rescueFocus } from "./FocusAfter";
import { Icon } from "./Icon";

interface Props {
  title: string;
  /** Escape, the cross and a tap beside the sheet all end here. */
  onClose: () => void;
  children: ComponentChildren;
  footer?: ComponentChildren;
}

/** A modal sheet from the bottom (a dialog in the middle on a wide screen). Open while mounted. */
export function Sheet({ title, onClose, children, footer }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  // Before it is seen: a key that is pressed meanwhile would go to the screen under it.
  useLayoutEffect(() => {
    const opener = document.activeElement;
    const shown = dialog.current;
    shown?.showModal();
    return () => {
      // What is under an open one takes no focus; and it leaves with its component, so the browser gives none back.
      shown?.close();
      if (opener instanceof HTMLElement && opener.isConnected) opener.focus();
      // What it was opened from may be gone by now, or go with it.
      rescueFocus();
    };
  }, []);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape is the dialog's own key; this is the tap beside it
    <dialog
      ref={dialog}
      class="sheet"
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => {
        if (event.target === dialog.current) onClose();
      }}
    >
      <div class="sheet-body">
        <header class="sheet-head">
          <h2 id={titleId}>{title}</h2>
          <button type="button" class="button quiet only-icon" aria-label={t("ui.close")} onClick={onClose}>
            <Icon svg={x} />
          </button>
        </header>
        <div class="sheet-content">{children}</div>
        {footer ? <footer class="sheet-foot">{footer}</footer> : null}
      </div>
    </dialog>
  );
}
