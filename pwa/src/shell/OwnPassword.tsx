import { useState } from "preact/hooks";
import { t } from "../text";
import { Button, PartFailed } from "../ui";

type Part = typeof import("./ChangePassword");

/** The act, and its sheet, which no start waits for. */
export function OwnPassword() {
  const [part, setPart] = useState<Part | "failed" | null>(null);
  const [isOpen, setOpen] = useState(false);
  const open = () => {
    setOpen(true);
    import("./ChangePassword").then(setPart, () => setPart("failed"));
  };
  const close = () => setOpen(false);
  return (
    <>
      <Button tone="quiet" busy={isOpen && part === null} onPress={open}>
        {t("settings.password")}
      </Button>
      {isOpen && part === "failed" ? <PartFailed onRetry={open}>{t("app.failed")}</PartFailed> : null}
      {isOpen && part !== null && part !== "failed" ? <part.default onClose={close} /> : null}
    </>
  );
}
