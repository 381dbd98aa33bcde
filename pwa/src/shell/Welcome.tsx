import { useState } from "preact/hooks";
import { t } from "../text";
import { Banner, LinkButton, SubmitButton } from "../ui";
import { SIGN_IN } from "../ui/routes";
import { NewPassword } from "./NewPassword";
import { useOrganisation } from "./organisation";
import { refusalWords } from "./refusals";
import { acceptInvitation, type InvitationOutcome, PASSWORD_MIN } from "./session";

function outcomeWords(outcome: InvitationOutcome): string {
  if (outcome.why === "ok") return t("welcome.done");
  if (outcome.why === "used") return t("welcome.used");
  if (outcome.why === "short") return t("welcome.short", { n: PASSWORD_MIN });
  return refusalWords(outcome);
}

/** The first thing a newcomer sees: the one-time link, and a password to choose. */
export default function Welcome({ code }: { code: string }) {
  const organisation = useOrganisation();
  const [password, setPassword] = useState("");
  const [again, setAgain] = useState("");
  const [isBusy, setBusy] = useState(false);
  const [outcome, setOutcome] = useState<InvitationOutcome | null>(null);
  const [isDifferent, setDifferent] = useState(false);
  const submit = async () => {
    if (isBusy) return;
    setDifferent(password !== again);
    if (password !== again) return;
    setBusy(true);
    setOutcome(await acceptInvitation(code, password));
    setBusy(false);
  };
  return (
    <main class="page sign-in">
      <header class="sign-in-head">
        <img src="/icons/lykta.svg" alt="" width="56" height="56" />
        <h1>{t("welcome.title")}</h1>
        {organisation ? <p class="organisation">{organisation}</p> : null}
        <p class="quiet-words">{t("welcome.about")}</p>
      </header>
      {outcome ? (
        <Banner tone={outcome.why === "ok" ? "calm" : "danger"}>{outcomeWords(outcome)}</Banner>
      ) : null}
      {outcome?.why === "ok" ? (
        <LinkButton tone="main" large wide href={SIGN_IN}>
          {t("signin.act")}
        </LinkButton>
      ) : (
        <form
          class="stack"
          onSubmit={(event) => {
            event.preventDefault();
            void submit();
          }}
        >
          <NewPassword
            password={password}
            again={again}
            onPassword={setPassword}
            onAgain={setAgain}
            againError={isDifferent ? t("welcome.different") : undefined}
          />
          <SubmitButton tone="main" large wide busy={isBusy}>
            {t("welcome.act")}
          </SubmitButton>
        </form>
      )}
    </main>
  );
}
