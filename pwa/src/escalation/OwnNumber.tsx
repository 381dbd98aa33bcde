import { useState } from "preact/hooks";
import { saveSettings, settings } from "../store/state";
import { t } from "../text";
import { th } from "../text/help";
import { Button, TextField } from "../ui";

const LENGTH_MAX = 24;

/** The field in itself: kept with each stroke, on this phone alone. */
export function OwnNumberField() {
  return (
    <TextField
      label={th("number_label")}
      hint={th("number_hint")}
      value={settings.value.ownNumber}
      inputMode="tel"
      maxLength={LENGTH_MAX}
      verbatim
      onInput={(ownNumber) => void saveSettings({ ownNumber }).catch(() => undefined)}
    />
  );
}

/** As it is read aloud; without it the host is told which number is meant. */
export function OwnNumber() {
  const [isOpen, setOpen] = useState(false);
  const number = settings.value.ownNumber.trim();
  if (isOpen)
    return (
      <>
        <OwnNumberField />
        <Button onPress={() => setOpen(false)}>{t("ui.done")}</Button>
      </>
    );
  return (
    <p class="row card-number">
      {number === "" ? (
        <span>{th("number_unknown")}</span>
      ) : (
        <span>
          <strong class="card-words">{number}</strong> <small>({th("number_mine")})</small>
        </span>
      )}
      <Button tone="quiet" onPress={() => setOpen(true)}>
        {number === "" ? th("number_add") : t("ui.change")}
      </Button>
    </p>
  );
}
