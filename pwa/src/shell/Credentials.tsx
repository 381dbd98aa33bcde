import { t } from "../text";
import { TextField } from "../ui";
import { PasswordField } from "./PasswordField";

interface Props {
  username: string;
  password: string;
  onUsername: (username: string) => void;
  onPassword: (password: string) => void;
}

/** Who one is, as a password manager knows how to fill it. */
export function Credentials({ username, password, onUsername, onPassword }: Props) {
  return (
    <>
      <TextField
        label={t("signin.username")}
        name="username"
        autocomplete="username"
        verbatim
        value={username}
        onInput={onUsername}
      />
      <PasswordField
        label={t("signin.password")}
        autocomplete="current-password"
        value={password}
        onInput={onPassword}
      />
    </>
  );
}
