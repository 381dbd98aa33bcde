import { t } from "../text";
import { PasswordField } from "./PasswordField";
import { PASSWORD_MIN } from "./session";

interface Props {
  password: string;
  again: string;
  onPassword: (password: string) => void;
  onAgain: (again: string) => void;
  /** What is wrong with it. */
  error?: string | undefined;
  /** Where the two are not the same. */
  againError?: string | undefined;
}

/** A password that is being chosen, twice. */
export function NewPassword({ password, again, onPassword, onAgain, error, againError }: Props) {
  return (
    <>
      <PasswordField
        label={t("welcome.password")}
        hint={t("welcome.hint", { n: PASSWORD_MIN })}
        autocomplete="new-password"
        value={password}
        onInput={onPassword}
        error={error}
      />
      <PasswordField
        label={t("welcome.again")}
        autocomplete="new-password"
        value={again}
        onInput={onAgain}
        error={againError}
      />
    </>
  );
}
