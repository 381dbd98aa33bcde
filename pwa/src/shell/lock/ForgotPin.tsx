import { useState } from "preact/hooks";
import { me } from "../../store/state";
import { tk } from "../../text/lock";
import { Banner, SubmitButton } from "../../ui";
import { Credentials } from "../Credentials";
import { refusalWords } from "../refusals";
import type { Refusal } from "../session";
import { SaveCopy } from "../status/SaveCopy";
import { NewPin, useNewPin } from "./NewPin";
import { type Recovered, recoverBySignIn } from "./recover";

type Trouble = Exclude<Recovered, "ok">;

function words(trouble: Trouble): string {
  switch (trouble) {
    case "refused":
      return tk("forgot.refused");
    case "revoked":
      return tk("forgot.revoked");
    case "mismatch":
      return tk("forgot.mismatch");
    case "failed":
      return tk("forgot.failed");
    default:
      return refusalWords(trouble satisfies Refusal);
  }
}

/** Somebody who uses this phone types the password instead: the organisation's key opens it. */
export function ForgotPin() {
  const [username, setUsername] = useState(me.value?.username ?? "");
  const [password, setPassword] = useState("");
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const [isBusy, setBusy] = useState(false);
  const pin = useNewPin();
  const submit = async () => {
    if (isBusy || !pin.isGood()) return;
    if (username.trim() === "" || password === "") return setTrouble({ why: "wrong" });
    setBusy(true);
    setTrouble(null);
    const outcome = await recoverBySignIn(username, password, pin.value).catch((): Recovered => "failed");
    setBusy(false);
    if (outcome !== "ok") setTrouble(outcome);
  };
  return (
    <>
      <p>{tk("forgot.about")}</p>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <Credentials
          username={username}
          password={password}
          onUsername={setUsername}
          onPassword={setPassword}
        />
        <NewPin label={tk("forgot.pin")} pin={pin} />
        {trouble ? <Banner tone="danger">{words(trouble)}</Banner> : null}
        <SubmitButton tone="main" large wide busy={isBusy}>
          {isBusy ? tk("forgot.busy") : tk("forgot.act")}
        </SubmitButton>
      </form>
      <SaveCopy />
    </>
  );
}
