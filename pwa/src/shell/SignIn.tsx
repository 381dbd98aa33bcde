import { useEffect, useState } from "preact/hooks";
import { readMeta } from "../store/meta";
import { me, unsentCount } from "../store/state";
import { t } from "../text";
import { Banner, Button, go, LinkButton, route, SubmitButton } from "../ui";
import { ALARM, HOME } from "../ui/routes";
import { Credentials } from "./Credentials";
import { LanguageChips } from "./LanguageChips";
import { StorageNotice } from "./Notices";
import { useOrganisation } from "./organisation";
import { refusalWords } from "./refusals";
import { type Refusal, signIn, signOut } from "./session";

/** Counts a slowed sign-in down to nought, a second at a time. */
function useCountdown(): [number, (seconds: number) => void] {
  const [left_s, setLeft] = useState(0);
  useEffect(() => {
    if (left_s <= 0) return;
    const timer = setTimeout(() => setLeft(left_s - 1), 1000);
    return () => clearTimeout(timer);
  }, [left_s]);
  return [left_s, setLeft];
}

const isWayIn = () => route.value.path[0] === "logga-in";

function SignInForm({ known }: { known: string }) {
  const [username, setUsername] = useState(known);
  const [password, setPassword] = useState("");
  const [isBusy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [wait_s, setWait] = useCountdown();
  const submit = async () => {
    if (isBusy || wait_s > 0) return;
    if (username.trim() === "" || password === "") return setRefusal({ why: "wrong" });
    setBusy(true);
    setRefusal(null);
    const outcome = await signIn(username, password);
    setBusy(false);
    // Whoever came by a link, or has tapped one already, is where they want to be.
    if (outcome.why === "ok") return isWayIn() ? go("#/", { replace: true }) : undefined;
    if (outcome.why === "slowed") setWait(outcome.retry_s);
    setRefusal(outcome);
  };
  const shown: Refusal | null = refusal?.why === "slowed" ? { why: "slowed", retry_s: wait_s } : refusal;
  const isOver = refusal?.why === "slowed" && wait_s === 0;
  return (
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
      {shown && !isOver ? (
        <Banner tone={shown.why === "offline" ? "note" : "danger"}>{refusalWords(shown)}</Banner>
      ) : null}
      <SubmitButton tone="main" large wide busy={isBusy || wait_s > 0}>
        {isBusy ? t("signin.busy") : t("signin.act")}
      </SubmitButton>
    </form>
  );
}

/** Who is it? Also shown over a running app when the sign-in has expired: recording goes on without it. */
export function SignIn() {
  const user = me.value;
  const organisation = useOrganisation();
  const [isWiped, setWiped] = useState(false);
  useEffect(() => {
    void readMeta("wiped").then(
      (wiped) => setWiped(wiped !== null),
      () => undefined,
    );
  }, []);
  return (
    <main class="page sign-in">
      <header class="sign-in-head">
        <img src="/icons/lykta.svg" alt="" width="56" height="56" />
        <h1>Lykta</h1>
        {organisation ? <p class="organisation">{organisation}</p> : null}
        <p class="quiet-words">{t("signin.about")}</p>
      </header>
      <StorageNotice />
      {user ? <Banner tone="note">{t("signin.known", { name: user.name })}</Banner> : null}
      {isWiped ? <Banner tone="note">{t("signin.wiped")}</Banner> : null}
      {unsentCount.value > 0 ? (
        <Banner tone="calm">{t("signin.unsent", { n: unsentCount.value })}</Banner>
      ) : null}
      <SignInForm key={user?.id ?? ""} known={user?.username ?? ""} />
      {user ? (
        <div class="row equal">
          <LinkButton href={HOME}>{t("signin.later")}</LinkButton>
          <Button onPress={() => void signOut()}>{t("signin.other")}</Button>
        </div>
      ) : (
        <p class="quiet-words">{t("signin.help")}</p>
      )}
      <LinkButton tone="quiet" href={ALARM}>
        {t("signin.alarm")}
      </LinkButton>
      <LanguageChips />
    </main>
  );
}
