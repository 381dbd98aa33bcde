import lock from "lucide-static/icons/lock.svg?raw";
import phone from "lucide-static/icons/phone.svg?raw";
import siren from "lucide-static/icons/siren.svg?raw";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { newId } from "../../outbox";
import { type Unlocked, unlock, unlockByPasskey, waitLeft_ms } from "../../outbox/lock";
import { unsentPhotos } from "../../store/photos";
import { me, unsentCount } from "../../store/state";
import { currentLock } from "../../store/vault";
import { syncState } from "../../sync";
import { t } from "../../text";
import { tk } from "../../text/lock";
import { Banner, Button, Icon, LinkButton, Section, SubmitButton, TextField } from "../../ui";
import { ADVICE, ALARM, speakingCard } from "../../ui/routes";
import { useHeading } from "../../ui/useHeading";
import { coverageWords } from "../Frame";
import { StorageNotice } from "../Notices";
import { useOrganisation } from "../organisation";
import { ForgotPin } from "./ForgotPin";
import { useCountdown } from "./useCountdown";
import "./lock.css";

type Trouble = Exclude<Unlocked["is"], "open" | "wait"> | "failed" | "no-passkey";

const SAID: Record<Trouble, () => string> = {
  wrong: () => tk("lock.wrong"),
  damaged: () => tk("lock.damaged"),
  failed: () => tk("lock.failed"),
  "no-passkey": () => tk("lock.noPasskey"),
};

/** What became of a try, and how long the next one must wait. */
function useUnlocking() {
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [wait_s, setWait] = useCountdown();
  useEffect(() => {
    void waitLeft_ms().then((left_ms) => setWait(Math.ceil(left_ms / 1000)));
  }, []);
  const attempt = async (work: () => Promise<Unlocked | null>) => {
    setBusy(true);
    setTrouble(null);
    const told = await work().catch((): "failed" => "failed");
    setBusy(false);
    if (told === null) setTrouble("no-passkey");
    else if (told === "failed") setTrouble("failed");
    else if (told.is !== "open") {
      if ("wait_ms" in told) setWait(Math.ceil(told.wait_ms / 1000));
      if (told.is !== "wait") setTrouble(told.is);
    }
  };
  return { trouble, isBusy, wait_s, attempt };
}

function PinForm() {
  const [pin, setPin] = useState("");
  const form = useRef<HTMLFormElement>(null);
  const { trouble, isBusy, wait_s, attempt } = useUnlocking();
  const submit = async () => {
    if (isBusy || wait_s > 0 || pin === "") return;
    await attempt(() => unlock(pin));
    setPin("");
    form.current?.querySelector("input")?.focus();
  };
  return (
    <form
      ref={form}
      class="stack"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <TextField
        label={tk("lock.pin")}
        name="pin"
        type="password"
        inputMode="numeric"
        verbatim
        value={pin}
        onInput={setPin}
      />
      {wait_s > 0 ? <Banner tone="danger">{tk("lock.wait", { n: wait_s })}</Banner> : null}
      {wait_s === 0 && trouble ? <Banner tone="danger">{SAID[trouble]()}</Banner> : null}
      <SubmitButton tone="main" large wide busy={isBusy || wait_s > 0}>
        {isBusy ? tk("lock.opening") : tk("lock.open")}
      </SubmitButton>
      {currentLock()?.passkey ? (
        <Button wide busy={isBusy} onPress={() => void attempt(unlockByPasskey)}>
          {tk("lock.passkey")}
        </Button>
      ) : null}
    </form>
  );
}

/** I22: what waits, and what it waits for. */
export function Waiting() {
  const { problem, online } = syncState.value;
  const trouble = problem === "signin" ? tk("lock.signin") : coverageWords(online ? problem : "offline");
  const n = unsentCount.value;
  const photos = unsentPhotos.value;
  return (
    <div class="lock-waiting" role="status">
      <p>{n > 0 ? tk("lock.unsent", { n }) : tk("lock.sent")}</p>
      {photos > 0 ? <p>{tk("lock.photos", { n: photos })}</p> : null}
      {trouble ? <p>{trouble}</p> : null}
    </div>
  );
}

/** Nothing of what was written is on it, and what calls for help is. */
export function LockScreen() {
  const [hasForgotten, setForgotten] = useState(false);
  const [card] = useState(newId);
  const organisation = useOrganisation();
  const heading = useHeading(hasForgotten);
  useLayoutEffect(() => {
    document.title = `${tk("lock.title")} · Lykta`;
  }, [hasForgotten]);
  return (
    <main class="page lock">
      <header class="lock-head">
        <Icon svg={lock} />
        <h1 ref={heading} tabIndex={-1}>
          {hasForgotten ? tk("lock.forgot") : tk("lock.title")}
        </h1>
      </header>
      {organisation ? <p class="organisation">{organisation}</p> : null}
      <StorageNotice />
      {hasForgotten ? <ForgotPin /> : <PinForm />}
      {hasForgotten ? null : <Waiting />}
      <Button tone="quiet" wide onPress={() => setForgotten(!hasForgotten)}>
        {hasForgotten ? tk("lock.back") : tk("lock.forgot")}
      </Button>
      <Section title={tk("lock.without")}>
        <LinkButton tone="danger" large wide icon={siren} href={ALARM}>
          {tk("lock.help")}
        </LinkButton>
        {me.value === null ? null : (
          <>
            <LinkButton large wide icon={phone} href={speakingCard(card)}>
              {tk("lock.call")}
            </LinkButton>
            <LinkButton tone="quiet" wide href={ADVICE}>
              {t("home.advice")}
            </LinkButton>
          </>
        )}
      </Section>
    </main>
  );
}
