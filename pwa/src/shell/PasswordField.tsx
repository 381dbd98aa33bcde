import { useState } from "preact/hooks";
import { t } from "../text";
import { Button, TextField } from "../ui";

interface Props {
  label: string;
  value: string;
  autocomplete: "current-password" | "new-password";
  onInput: (value: string) => void;
  hint?: string;
  error?: string | undefined;
}

/** A password that can be looked at: typed outdoors, with gloves, it is mistyped often. */
export function PasswordField({ label, value, autocomplete, onInput, hint, error }: Props) {
  const [isShown, setShown] = useState(false);
  return (
    <div class="password">
      <TextField
        label={label}
        name={autocomplete}
        type={isShown ? "text" : "password"}
        autocomplete={autocomplete}
        verbatim
        value={value}
        onInput={onInput}
        hint={hint}
        error={error}
      />
      <Button tone="quiet" pressed={isShown} onPress={() => setShown(!isShown)}>
        {isShown ? t("signin.hide") : t("signin.show")}
      </Button>
    </div>
  );
}
