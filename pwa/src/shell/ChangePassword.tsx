import { useState } from "preact/hooks";
import { me } from "../store/state";
import { t } from "../text";
import { tpw } from "../text/password";
import { Banner, Button, Sheet, SubmitButton } from "../ui";
import { NewPassword } from "./NewPassword";
import { type Changed, changePassword } from "./own-password";
import { PasswordField } from "./PasswordField";
import { refusalWords } from "./refusals";
import { PASSWORD_MIN } from "./session";

/** What stands at one of the fields. */
type Fault = { at: "current" | "password" | "again"; words: string };

function faultOf(current: string, password: string, again: string): Fault | null {
  if (password.length < PASSWORD_MIN) return { at: "password", words: tpw("length", { n: PASSWORD_MIN }) };
  if (password === current) return { at: "password", words: tpw("same") };
  return password === again ? null : { at: "again", words: t("welcome.different") };
}

function told(changed: Exclude<Changed, { why: "ok" }>): Fault | string {
  switch (changed.why) {
    case "wrong":
      return { at: "current", words: tpw("wrong") };
    case "length":
      return { at: "password", words: tpw("length", { n: PASSWORD_MIN }) };
    case "slowed":
      return refusalWords(changed);
    case "session":
    case "offline":
      return tpw(changed.why);
    default:
      return tpw("failed");
  }
}

/** What is being changed, and what came of it. */
function useChange() {
  const [fields, setFields] = useState({ current: "", password: "", again: "" });
  const [isBusy, setBusy] = useState(false);
  const [isDone, setDone] = useState(false);
  const [trouble, setTrouble] = useState<Fault | string | null>(null);
  const save = async () => {
    if (isBusy) return;
    const fault = faultOf(fields.current, fields.password, fields.again);
    setTrouble(fault);
    if (fault) return;
    setBusy(true);
    const changed = await changePassword(fields.current, fields.password);
    setBusy(false);
    if (changed.why === "ok") setDone(true);
    else setTrouble(told(changed));
  };
  const put = (name: keyof typeof fields) => (value: string) => setFields({ ...fields, [name]: value });
  const faultAt = (at: Fault["at"]) =>
    typeof trouble === "object" && trouble?.at === at ? trouble.words : undefined;
  return { fields, put, faultAt, trouble, isBusy, isDone, save };
}

/** The old password once more, and a new one twice. */
export default function ChangePassword({ onClose }: { onClose: () => void }) {
  const { fields, put, faultAt, trouble, isBusy, isDone, save } = useChange();
  return (
    <Sheet title={tpw("title")} onClose={onClose}>
      {isDone ? (
        <>
          <Banner tone="calm">{tpw("done")}</Banner>
          <Button wide onPress={onClose}>
            {t("ui.close")}
          </Button>
        </>
      ) : (
        <form
          class="stack"
          onSubmit={(event) => {
            event.preventDefault();
            void save();
          }}
        >
          <p class="quiet-words">{tpw("about")}</p>
          {/* Whose it is, for a password manager. */}
          <input type="text" autocomplete="username" value={me.value?.username ?? ""} readOnly hidden />
          <PasswordField
            label={tpw("current")}
            autocomplete="current-password"
            value={fields.current}
            onInput={put("current")}
            error={faultAt("current")}
          />
          <NewPassword
            password={fields.password}
            again={fields.again}
            onPassword={put("password")}
            onAgain={put("again")}
            error={faultAt("password")}
            againError={faultAt("again")}
          />
          {typeof trouble === "string" ? <Banner tone="danger">{trouble}</Banner> : null}
          <SubmitButton tone="main" wide busy={isBusy}>
            {t("welcome.act")}
          </SubmitButton>
        </form>
      )}
    </Sheet>
  );
}
